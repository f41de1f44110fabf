#pragma once

#include "app/kubeconfig/model.h"
#include "app/kubeconfig/yaml_tree.h"

namespace quarterdeck::kubeconfig {

/// What one file says, before merging.
struct FileContent {
    std::map<std::string, Cluster> clusters;
    std::map<std::string, User> users;
    std::map<std::string, Context> contexts;
    std::string currentContext;
    std::map<std::string, std::vector<Error>> clusterFaults;
    std::map<std::string, std::vector<Error>> userFaults;
    std::map<std::string, std::vector<Error>> contextFaults;
};

/// Reads a v1 Config. A field of one entry that cannot be decoded is a fault of that entry; what concerns the whole
/// file (another kind, duplicate names, lists that are none) fails. Pure.
[[nodiscard]] OrReason<FileContent> decodeConfig(const YamlNode& root, const Origin& origin);

}  // namespace quarterdeck::kubeconfig
