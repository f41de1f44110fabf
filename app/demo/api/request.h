#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace quarterdeck::demo {

/// One HTTP request, its target taken apart.
struct ApiRequest {
    std::string method;                          ///< "GET"
    std::string path;                            ///< decoded, without the query
    std::vector<std::string> segments;           ///< of the path, decoded
    std::map<std::string, std::string> query;    ///< decoded; the last of several values
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string body;

    [[nodiscard]] std::string parameter(const std::string& name, const std::string& fallback = {}) const;
    [[nodiscard]] std::string header(const std::string& lowerName) const;
    /// True for "1" and "true".
    [[nodiscard]] bool flag(const std::string& name) const;
};

struct ApiResponse {
    int status = 200;
    std::string contentType = "application/json";
    std::string body;
};

/// Fills path, segments and query from an origin-form target.
void parseTarget(std::string_view target, ApiRequest& request);
[[nodiscard]] std::string percentDecode(std::string_view text, bool plusIsSpace);

}  // namespace quarterdeck::demo
