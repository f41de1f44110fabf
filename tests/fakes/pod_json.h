#pragma once

#include <string>
#include <vector>

namespace quarterdeck::fakes {

/// A small running pod of the namespace shop, as an API server writes it; its uid is "uid-NAME".
inline std::string podJson(const std::string& name, int resourceVersion = 5) {
    return R"({"metadata":{"name":")" + name + R"(","namespace":"shop","uid":"uid-)" + name +
           R"(","resourceVersion":")" + std::to_string(resourceVersion) +
           R"("},"spec":{"containers":[]},"status":{"phase":"Running"}})";
}

/// A PodList of such pods at resource version 9.
inline std::string podListJson(const std::vector<std::string>& names) {
    std::string items;
    for (const std::string& name : names) {
        items += (items.empty() ? "" : ",") + podJson(name);
    }
    return R"({"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"9"},"items":[)" + items + "]}";
}

}  // namespace quarterdeck::fakes
