#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quarterdeck::http {

/// A request target taken apart the way an API server does: each path segment percent-decoded once.
struct GateTarget {
    /// Without the empty one after a trailing slash.
    std::vector<std::string> segments;
    /// In order, keys and values decoded. Empty where the query holds anything that servers read differently (';').
    std::vector<std::pair<std::string, std::string>> query;

    /// All values of a key.
    [[nodiscard]] std::vector<std::string_view> values(std::string_view key) const;
};

/// Nothing where two servers could read the path differently: empty or dot segments, an encoded slash or backslash,
/// double encoding, control characters or bytes beyond ASCII, a broken escape.
[[nodiscard]] std::optional<GateTarget> parseGateTarget(std::string_view target);

/// An API server's reading of a path below /api/v1 or /apis/GROUP/VERSION.
struct ApiPath {
    std::string group;  ///< empty for the core group
    std::string version;
    std::string resource;
    std::string name;
    std::string subresource;
    /// What follows the subresource (the path behind a proxy).
    std::vector<std::string> rest;
    /// The old /api/v1/proxy/… form.
    bool legacyProxy = false;
};

/// Nothing for paths outside /api and /apis.
[[nodiscard]] std::optional<ApiPath> parseApiPath(const std::vector<std::string>& segments);

}  // namespace quarterdeck::http
