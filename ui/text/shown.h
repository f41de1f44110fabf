#pragma once

#include <string_view>

#include <QCoreApplication>
#include <QString>

#include "ui/text/error_text.h"
#include "widgets/shown_text.h"

namespace quarterdeck::ui {

/// A name or text that a cluster or a file gave, as it may stand in one line of a label, an accessible name or a
/// sentence: what hides, breaks or reorders text is escaped.
[[nodiscard]] inline QString shownUtf8(std::string_view text) {
    return widgets::shownText(fromUtf8(text));
}

/// The same for an entry of a menu, where an "&" would mark the next letter.
[[nodiscard]] inline QString menuText(const QString& raw) {
    return widgets::shownText(raw).replace(QLatin1Char('&'), QStringLiteral("&&"));
}

/// A context in a menu; production is said, as a chip shows it.
[[nodiscard]] inline QString contextMenuText(std::string_view context, bool production) {
    const QString name = menuText(fromUtf8(context));
    return production ? QCoreApplication::translate("ContextMenu", "%1 (production)").arg(name) : name;
}

}  // namespace quarterdeck::ui
