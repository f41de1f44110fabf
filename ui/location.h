#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "ui/time_range.h"

namespace quarterdeck::ui {

/// An object somebody looks at, by identity; the uid tells a recreated object of the same name apart.
struct ObjectReference {
    std::string context;
    std::string nameSpace;  ///< empty for cluster-scoped objects
    std::string name;
    std::string uid;  ///< empty where only the name is known
    friend bool operator==(const ObjectReference&, const ObjectReference&) = default;
};

struct SortOrder {
    std::string column;
    bool descending = false;
    friend bool operator==(const SortOrder&, const SortOrder&) = default;
};

/// A place in the window, as a value: history, links, saved views and the command line speak of places this way.
struct Location {
    /// Id of the page; empty = home.
    std::string page;
    /// Contexts shown; empty = all that are open.
    std::vector<std::string> contexts;
    /// Namespaces shown; empty = all.
    std::vector<std::string> namespaces;
    std::optional<ObjectReference> object;
    /// Text of the filter line.
    std::string filter;
    /// Nothing = the page's own order.
    std::optional<SortOrder> sort;
    /// What is shown over time; nothing = all there is, or kUsualRange where all would be too much.
    std::optional<TimeRange> range = std::nullopt;
    /// Which kind the page "kind" shows: "certificates.cert-manager.io", "configmaps". Empty on other pages.
    std::string resource = {};
    friend bool operator==(const Location&, const Location&) = default;
};

/// "quarterdeck://pods?context=bakery-ia-prod&namespace=bakery-ia&filter=is%3Aunhealthy&sort=-restarts"
[[nodiscard]] std::string formatLocation(const Location& location);

/// Reads what formatLocation() writes. Unknown query names are skipped, so that newer links still open.
[[nodiscard]] Result<Location> parseLocation(std::string_view text);

inline constexpr ErrorCode kBadLocation{
    "location.bad", QT_TRANSLATE_NOOP("Error",
                                      "“{text}” is not a Quarterdeck link: {reason}. A link looks like "
                                      "quarterdeck://pods?context=NAME&namespace=NAME&filter=TEXT&sort=-age.")};

}  // namespace quarterdeck::ui
