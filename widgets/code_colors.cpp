#include "widgets/code_colors.h"

#include <algorithm>

namespace quarterdeck::widgets {

namespace {

constexpr Role kKey = Role::Accent;
constexpr Role kString = Role::Text;
constexpr Role kQuoted = Role::Ok;
constexpr Role kNumber = Role::Series2;
constexpr Role kWord = Role::Production;  // true, false, null
constexpr Role kQuiet = Role::TextMuted;  // comments, dashes, signs

bool isSpace(QChar c) {
    return c == QLatin1Char(' ') || c == QLatin1Char('\t');
}

// Behind the closing quote, or the end of the line.
qsizetype quoteEnd(const QString& line, qsizetype from) {
    const QChar quote = line.at(from);
    for (qsizetype at = from + 1; at < line.size(); ++at) {
        if (quote == QLatin1Char('"') && line.at(at) == QLatin1Char('\\')) {
            ++at;
        } else if (line.at(at) == quote) {
            return at + 1;
        }
    }
    return line.size();
}

bool isQuote(QChar c) {
    return c == QLatin1Char('"') || c == QLatin1Char('\'');
}

// The colon that ends a key which starts here; -1 when none does.
qsizetype keyColon(const QString& line, qsizetype from) {
    qsizetype at = isQuote(line.at(from)) ? quoteEnd(line, from) : from;
    for (; at < line.size(); ++at) {
        const QChar c = line.at(at);
        if (c == QLatin1Char(':') && (at + 1 == line.size() || isSpace(line.at(at + 1)))) {
            return at;
        }
        if (c == QLatin1Char('#') && at > from && isSpace(line.at(at - 1))) {
            return -1;
        }
    }
    return -1;
}

bool isNumber(QStringView word) {
    bool digits = false;
    for (const QChar c : word) {
        if (c.isDigit()) {
            digits = true;
        } else if (c != QLatin1Char('.') && c != QLatin1Char('-') && c != QLatin1Char('+') && c != QLatin1Char('e')) {
            return false;
        }
    }
    return digits && (word.front().isDigit() || word.size() > 1) && !word.contains(QLatin1String("..")) &&
           word.indexOf(QLatin1Char('-'), 1) < 0 && word.count(QLatin1Char('.')) <= 1;
}

bool isConstant(QStringView word) {
    return word == QLatin1String("true") || word == QLatin1String("false") || word == QLatin1String("null") ||
           word == QLatin1String("~");
}

Role roleOf(QStringView value) {
    const QChar first = value.front();
    if (isQuote(first)) {
        return kQuoted;
    }
    if (isConstant(value)) {
        return kWord;
    }
    if (isNumber(value)) {
        return kNumber;
    }
    const bool sign = value == QLatin1String("{}") || value == QLatin1String("[]") || value == QLatin1String("---") ||
                      first == QLatin1Char('|') || first == QLatin1Char('>') || first == QLatin1Char('&') ||
                      first == QLatin1Char('*') || first == QLatin1Char('!');
    return sign ? kQuiet : kString;
}

// Where the comment starts, or the end of the line.
qsizetype commentStart(const QString& line, qsizetype from) {
    if (from < line.size() && isQuote(line.at(from))) {
        from = quoteEnd(line, from);
    }
    for (qsizetype at = from; at < line.size(); ++at) {
        if (line.at(at) == QLatin1Char('#') && (at == 0 || isSpace(line.at(at - 1)))) {
            return at;
        }
    }
    return line.size();
}

}  // namespace

QVector<CodeSpan> yamlSpans(const QString& line, bool blockText) {
    QVector<CodeSpan> spans;
    const auto add = [&spans](qsizetype from, qsizetype to, Role role) {
        if (to > from && role != kString) {
            spans.append({static_cast<int>(from), static_cast<int>(to - from), role});
        }
    };
    if (blockText) {
        add(0, line.size(), kQuoted);
        return spans;
    }
    qsizetype at = 0;
    const auto skip = [&] {
        while (at < line.size() && isSpace(line.at(at))) {
            ++at;
        }
    };
    skip();
    while (at < line.size() && line.at(at) == QLatin1Char('-') && (at + 1 == line.size() || isSpace(line.at(at + 1)))) {
        add(at, at + 1, kQuiet);
        ++at;
        skip();
    }
    if (at < line.size() && line.at(at) != QLatin1Char('#')) {
        const qsizetype colon = keyColon(line, at);
        if (colon >= 0) {
            add(at, colon, kKey);
            add(colon, colon + 1, kQuiet);
            at = colon + 1;
            skip();
        }
    }
    const qsizetype comment = commentStart(line, at);
    qsizetype end = comment;
    while (end > at && isSpace(line.at(end - 1))) {
        --end;
    }
    if (end > at) {
        add(at, end, roleOf(QStringView(line).mid(at, end - at)));
    }
    add(comment, line.size(), kQuiet);
    return spans;
}

}  // namespace quarterdeck::widgets
