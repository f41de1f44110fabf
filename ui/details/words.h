#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include <QCoreApplication>
#include <QString>

#include "app/base/clock.h"
#include "ui/location.h"
#include "ui/text/quantity_text.h"

namespace quarterdeck::ui {

/// Translation context of everything the drawer says.
class Details {
    Q_DECLARE_TR_FUNCTIONS(Details)
};

/// Text from a cluster, safe for one line: control characters and marks of direction are escaped, and what is longer
/// than `longest` bytes is cut.
[[nodiscard]] QString shownText(std::string_view text, std::size_t longest = 400);
/// As the clipboard takes it: whole, but for what goes beyond 64 KiB.
[[nodiscard]] QString copiedText(std::string_view text);

/// "20 s", "4 min", "3 h".
[[nodiscard]] QString roughDuration(std::chrono::seconds time);

/// Lucide name for a kind ("Pod", "Deployment", …).
[[nodiscard]] QString kindIcon(std::string_view kind);
/// Page that shows objects of a kind by itself; empty where there is none.
[[nodiscard]] std::string pageOfKind(std::string_view kind);
/// Where the objects of a kind are listed: its own page, or the table of the kind for those that every cluster knows.
/// An empty page where neither is known.
[[nodiscard]] Location placeOfKindName(std::string_view kind);
/// What PropertyView gives back when the row is chosen; empty where no page shows the kind.
[[nodiscard]] QString linkTo(std::string_view kind, const ObjectReference& object);

/// Link of rows that read the object again.
inline constexpr const char* kRetryLink = "action:retry";

}  // namespace quarterdeck::ui
