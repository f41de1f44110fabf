#pragma once

#include <string>

#include "app/demo/store/resource_types.h"

namespace quarterdeck::demo {

/// What a resource path names. An empty name means the collection.
struct ApiTarget {
    const ResourceType* type = nullptr;
    std::string version;
    std::string nameSpace;
    std::string name;
    std::string subresource;
};

}  // namespace quarterdeck::demo
