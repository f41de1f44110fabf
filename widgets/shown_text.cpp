#include "widgets/shown_text.h"

#include <QChar>

#include <algorithm>

namespace quarterdeck::widgets {

namespace {

bool joinsEmoji(const QString& raw, qsizetype at) {
    // A zero-width joiner or variation selector that belongs to the glyph before it.
    return at > 0 && (raw[at - 1].isSurrogate() || raw[at - 1].unicode() >= 0x2000 || raw[at - 1].isMark());
}

bool needsEscape(const QString& raw, qsizetype at) {
    const QChar character = raw[at];
    const char16_t code = character.unicode();
    if (code == 0x200D || code == 0x200C) {
        return !joinsEmoji(raw, at) && !(at > 0 && raw[at - 1].isLetter() && code == 0x200C);
    }
    switch (character.category()) {
        case QChar::Other_Control:        // \n, ESC, DEL, C1
        case QChar::Other_Format:         // directions, soft hyphen, zero-width space, BOM
        case QChar::Separator_Line:       // U+2028
        case QChar::Separator_Paragraph:  // U+2029
            return true;
        default:
            // Fillers that draw nothing.
            return code == 0x115F || code == 0x1160 || code == 0x3164 || code == 0xFFA0 || code == 0x2800;
    }
}

QString escaped(char32_t code) {
    switch (code) {
        case U'\n':
            return QStringLiteral("\\n");
        case U'\r':
            return QStringLiteral("\\r");
        case U'\t':
            return QStringLiteral("\\t");
        default:
            return QStringLiteral("\\u") + QString::number(code, 16).toUpper().rightJustified(4, QLatin1Char('0'));
    }
}

bool plain(const QString& raw) {
    return std::all_of(raw.begin(), raw.end(), [](QChar character) {
        const char16_t code = character.unicode();
        return (code >= 0x20 && code < 0x7F) || (code > 0xAD && code < 0x0600);
    });
}

}  // namespace

QString shownText(const QString& raw, int maxLength) {
    return shownText(raw, Lines::One, maxLength);
}

QString shownText(const QString& raw, Lines lines, int maxLength) {
    if (raw.size() <= maxLength && plain(raw)) {
        return raw;
    }
    QString shown;
    shown.reserve(std::min<qsizetype>(raw.size(), maxLength) + 16);
    for (qsizetype at = 0; at < raw.size(); ++at) {
        if (shown.size() >= maxLength) {
            return shown + QChar(0x2026);
        }
        const QChar character = raw[at];
        if (!character.isSurrogate()) {
            const bool lineBreak = lines == Lines::Several && character == QLatin1Char('\n');
            if (!lineBreak && needsEscape(raw, at)) {
                shown += escaped(character.unicode());
            } else {
                shown += character;
            }
            continue;
        }
        if (!character.isHighSurrogate() || at + 1 == raw.size() || !raw[at + 1].isLowSurrogate()) {
            shown += QChar(QChar::ReplacementCharacter);
            continue;
        }
        const char32_t code = QChar::surrogateToUcs4(character, raw[at + 1]);
        // Tags (invisible letters beyond the basic plane) hide text.
        if (QChar::category(code) == QChar::Other_Format || QChar::category(code) == QChar::Other_Control) {
            shown += escaped(code);
        } else {
            shown += character;
            shown += raw[at + 1];
        }
        ++at;
    }
    return shown;
}

QString shownToolTip(const QString& raw) {
    if (raw.isEmpty()) {
        return {};
    }
    // Qt wraps tooltips only where it takes them for HTML, so ours is HTML that holds nothing but the text.
    return QStringLiteral("<div style=\"white-space:pre-wrap\">") +
           shownText(raw, Lines::Several, kToolTipLength).toHtmlEscaped() + QStringLiteral("</div>");
}

}  // namespace quarterdeck::widgets
