#include "widgets/code_text.h"

#include <QCoreApplication>
#include <QHashFunctions>
#include <QLocale>
#include <algorithm>

namespace quarterdeck::widgets {

namespace {

// What is not seen, turns the direction of what follows, ends a line, or stands for something else in a QTextDocument.
bool isHidden(char16_t c) {
    return (c < 0x20 && c != u'\t') || (c >= 0x7F && c < 0xA0) || c == 0x00AD || c == 0x061C ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           c == 0xFEFF || (c >= 0xFDD0 && c <= 0xFDEF) || c == 0xFFFC || c >= 0xFFFE;
}

bool isPair(QStringView text, qsizetype at) {
    return text.at(at).isHighSurrogate() && at + 1 < text.size() && text.at(at + 1).isLowSurrogate();
}

QString escaped(char16_t c) {
    return c == u'\r' ? QStringLiteral("\\r")
                      : QStringLiteral("\\u%1").arg(static_cast<uint>(c), 4, 16, QLatin1Char('0'));
}

// The line up to the cut, and what is not as it was.
QString shownLine(QStringView line, QVector<CodeText::Mark>& marks) {
    qsizetype cut = std::min(line.size(), kShownLine);
    if (cut < line.size() && isPair(line, cut - 1)) {
        --cut;
    }
    QString shown;
    shown.reserve(cut);
    for (qsizetype at = 0; at < cut; ++at) {
        const QChar c = line.at(at);
        if (isPair(line, at)) {
            shown += c;
            shown += line.at(++at);
        } else if (c.isSurrogate() || isHidden(c.unicode())) {
            const QString instead = escaped(c.unicode());
            marks.append({shown.size(), instead.size(), at, 1});
            shown += instead;
        } else {
            shown += c;
        }
    }
    if (cut < line.size()) {
        const qsizetype rest = line.size() - cut;
        const QString note =
            QCoreApplication::translate("CodeView", "… %1 characters more").arg(QLocale().toString(rest));
        marks.append({shown.size(), note.size(), cut, rest});
        shown += note;
    }
    return shown;
}

bool isPlain(QStringView line) {
    return line.size() <= kShownLine &&
           std::none_of(line.begin(), line.end(), [](QChar c) { return c.isSurrogate() || isHidden(c.unicode()); });
}

}  // namespace

CodeText::CodeText(const QString& text) : text_(text) {
    const QStringView all(text_);
    qsizetype from = 0;
    while (true) {
        qsizetype to = all.indexOf(QLatin1Char('\n'), from);
        const bool last = to < 0;
        to = last ? all.size() : to;
        const bool twoCharacters = !last && to > from && all.at(to - 1) == QLatin1Char('\r');
        starts_.append(from);
        lengths_.append(to - from - (twoCharacters ? 1 : 0));
        addLine(all.mid(from, lengths_.last()));
        // The last line end ends the last line, and begins no other one.
        if (last || to + 1 == all.size()) {
            break;
        }
        from = to + 1;
    }
}

void CodeText::addLine(QStringView line) {
    if (isPlain(line)) {
        shown_.append(line.toString());
        return;
    }
    QVector<Mark> marks;
    const QString shown = shownLine(line, marks);
    if (!marks.isEmpty()) {
        marks_.insert(static_cast<int>(shown_.size()), marks);
    }
    shown_.append(shown);
}

const QVector<CodeText::Mark>& CodeText::marks(int line) const {
    static const QVector<Mark> none;
    const auto found = marks_.constFind(line);
    return found == marks_.constEnd() ? none : *found;
}

qsizetype CodeText::trueColumn(int line, qsizetype shownColumn, bool behind) const {
    qsizetype shift = 0;
    for (const Mark& mark : marks(line)) {
        if (shownColumn <= mark.shownStart) {
            break;
        }
        if (shownColumn < mark.shownStart + mark.shownLength) {
            return mark.trueStart + (behind ? mark.trueLength : 0);
        }
        shift = mark.trueStart + mark.trueLength - mark.shownStart - mark.shownLength;
    }
    return std::clamp<qsizetype>(shownColumn + shift, 0, lengths_.at(line));
}

qsizetype CodeText::shownColumn(int line, qsizetype trueColumn, bool behind) const {
    qsizetype shift = 0;
    for (const Mark& mark : marks(line)) {
        if (trueColumn <= mark.trueStart) {
            break;
        }
        if (trueColumn < mark.trueStart + mark.trueLength) {
            return mark.shownStart + (behind ? mark.shownLength : 0);
        }
        shift = mark.shownStart + mark.shownLength - mark.trueStart - mark.trueLength;
    }
    return std::clamp<qsizetype>(trueColumn + shift, 0, shown_.at(line).size());
}

QString CodeText::trueText(int fromLine, qsizetype fromColumn, int toLine, qsizetype toColumn) const {
    const qsizetype from = starts_.at(fromLine) + trueColumn(fromLine, fromColumn, false);
    const qsizetype to = starts_.at(toLine) + trueColumn(toLine, toColumn, true);
    return text_.mid(from, std::max<qsizetype>(0, to - from));
}

QVector<CodeText::Match> CodeText::find(const QString& needle, int most) const {
    QVector<Match> matches;
    if (needle.isEmpty()) {
        return matches;
    }
    const QStringView all(text_);
    int line = 0;
    qsizetype at = all.indexOf(needle, 0, Qt::CaseInsensitive);
    while (at >= 0 && matches.size() <= most) {
        const auto next = std::upper_bound(starts_.begin() + line, starts_.end(), at);
        line = static_cast<int>(next - starts_.begin()) - 1;
        const qsizetype column = at - starts_.at(line);
        if (column + needle.size() <= lengths_.at(line)) {
            const qsizetype from = shownColumn(line, column, false);
            const qsizetype to = shownColumn(line, column + needle.size(), true);
            const Match match{line, static_cast<int>(from), static_cast<int>(std::max<qsizetype>(1, to - from))};
            // All that is in the cut shows in one place.
            const bool again =
                !matches.isEmpty() && matches.last().line == line && matches.last().column == match.column;
            if (!again) {
                matches.append(match);
            }
        }
        at = all.indexOf(needle, at + needle.size(), Qt::CaseInsensitive);
    }
    return matches;
}

namespace {

struct LineShape {
    int depth = -1;        // -1: blank; else twice the indentation, and one more for a list item
    int blockColumn = -1;  // the line opens a block of text, whose lines are indented more than this
};

bool isItem(QStringView words) {
    return words == QLatin1String("-") || words.startsWith(QLatin1String("- "));
}

// "key: |", "- >-", "key: |2+"
bool opensBlock(QStringView words) {
    qsizetype last = words.size() - 1;
    const auto isTail = [](QChar c) { return c == QLatin1Char('-') || c == QLatin1Char('+') || c.isDigit(); };
    while (last > 0 && isTail(words.at(last))) {
        --last;
    }
    const bool sign = words.at(last) == QLatin1Char('|') || words.at(last) == QLatin1Char('>');
    return sign && (last == 0 || words.at(last - 1) == QLatin1Char(' ')) && !words.startsWith(QLatin1Char('#'));
}

LineShape shapeOf(const QString& line) {
    LineShape shape;
    const auto wordsFrom = [&line](qsizetype at) {
        while (at < line.size() && line.at(at) == QLatin1Char(' ')) {
            ++at;
        }
        return at;
    };
    qsizetype at = wordsFrom(0);
    if (at == line.size()) {
        return shape;
    }
    QStringView words = QStringView(line).mid(at);
    shape.depth = static_cast<int>(at) * 2 + (isItem(words) ? 1 : 0);
    if (!opensBlock(words)) {
        return shape;
    }
    shape.blockColumn = static_cast<int>(at);
    while (isItem(words)) {
        const qsizetype next = wordsFrom(at + 1);
        words = QStringView(line).mid(next);
        if (words.startsWith(QLatin1Char('|')) || words.startsWith(QLatin1Char('>'))) {
            break;
        }
        at = next;
        shape.blockColumn = static_cast<int>(at);
    }
    return shape;
}

// What a line is known by among its neighbours: the key, or the whole line.
QStringView nameOf(const QString& line) {
    const QStringView words = QStringView(line).trimmed();
    const qsizetype colon = words.indexOf(QLatin1String(":"));
    return words.startsWith(QLatin1String("- ")) || colon < 0 ? words.left(120) : words.left(colon);
}

}  // namespace

CodeFolds::CodeFolds(const CodeText& text) {
    const int count = text.lineCount();
    ends_.resize(count);
    parents_.fill(-1, count);
    blockText_.fill(false, count);
    paths_.fill(0, count);
    struct Open {
        int line;
        int depth;
    };
    QVector<Open> open;
    QHash<quint64, int> seen;
    int blockColumn = -1;  // what is indented more belongs to the block of text that is open
    int lastFull = -1;
    for (int line = 0; line < count; ++line) {
        ends_[line] = line;
        const LineShape shape = shapeOf(text.shown(line));
        if (shape.depth < 0) {
            blockText_[line] = blockColumn >= 0;
            continue;
        }
        // Inside of a block of text only the indentation counts.
        blockText_[line] = blockColumn >= 0 && shape.depth / 2 > blockColumn;
        if (!blockText_.at(line)) {
            blockColumn = shape.blockColumn;
        }
        const int own = blockText_.at(line) ? shape.depth / 2 * 2 : shape.depth;
        while (!open.isEmpty() && open.last().depth >= own) {
            ends_[open.takeLast().line] = lastFull;
        }
        parents_[line] = open.isEmpty() ? -1 : open.last().line;
        const quint64 above = open.isEmpty() ? 0 : paths_.at(open.last().line);
        const quint64 name = qHashMulti(above, nameOf(text.shown(line)));
        paths_[line] = qHashMulti(name, seen[name]++);
        open.append({line, own});
        lastFull = line;
    }
    for (const Open& each : open) {
        ends_[each.line] = lastFull;
    }
}

int CodeFolds::level(int line) const {
    int level = 1;
    for (int up = parents_.at(line); up >= 0; up = parents_.at(up)) {
        ++level;
    }
    return level;
}

}  // namespace quarterdeck::widgets
