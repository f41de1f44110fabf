#include "widgets/shown_text.h"

#include <algorithm>

namespace quarterdeck::widgets {

namespace {

bool isHidden(char16_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x00AD || c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

bool isPair(QStringView text, qsizetype at) {
    return text.at(at).isHighSurrogate() && at + 1 < text.size() && text.at(at + 1).isLowSurrogate();
}

QString escaped(char16_t c) {
    switch (c) {
        case u'\n':
            return QStringLiteral("\\n");
        case u'\t':
            return QStringLiteral("\\t");
        case u'\r':
            return QStringLiteral("\\r");
        default:
            return QStringLiteral("\\u%1").arg(static_cast<uint>(c), 4, 16, QLatin1Char('0'));
    }
}

}  // namespace

QString shownText(const QString& text, Lines lines, qsizetype longest) {
    const QStringView view(text);
    const qsizetype end = std::min(view.size(), longest);
    const auto stays = [&](qsizetype at) {
        const QChar c = view.at(at);
        return c.isSurrogate() ? isPair(view, at) || (at > 0 && isPair(view, at - 1))
                               : !isHidden(c.unicode()) || (lines == Lines::Several && c == QLatin1Char('\n'));
    };
    qsizetype at = 0;
    while (at < end && stays(at)) {
        ++at;
    }
    if (at == view.size()) {
        return text;
    }
    QString shown = text.left(at);
    for (; at < view.size() && shown.size() < longest; ++at) {
        if (stays(at)) {
            shown += view.at(at);
        } else {
            shown += escaped(view.at(at).unicode());
        }
    }
    if (at < view.size()) {
        if (!shown.isEmpty() && shown.back().isHighSurrogate()) {
            shown.chop(1);
        }
        shown += QChar(0x2026);
    }
    return shown;
}

QString shownToolTip(const QString& text) {
    if (text.isEmpty()) {
        return {};
    }
    // Qt wraps tooltips only where it takes them for HTML, so ours is HTML that holds nothing but the text.
    return QStringLiteral("<div style=\"white-space:pre-wrap\">") +
           shownText(text, Lines::Several, kToolTipLength).toHtmlEscaped() + QStringLiteral("</div>");
}

}  // namespace quarterdeck::widgets
