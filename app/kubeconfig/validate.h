#pragma once

#include <string>
#include <vector>

#include "app/kubeconfig/model.h"

namespace quarterdeck::kubeconfig {

/// Every reason why a context cannot be used, of its cluster, its user and itself; empty = usable. Reads the files that
/// the entries name. An empty name means current-context.
[[nodiscard]] std::vector<Error> validateContext(const Kubeconfig& config, const std::string& contextName);

/// Every fault of every entry, used or not, and of current-context.
[[nodiscard]] std::vector<Error> validateAll(const Kubeconfig& config);

/// Parts of the above.
[[nodiscard]] std::vector<Error> validateCluster(const Kubeconfig& config, const Cluster& cluster);
[[nodiscard]] std::vector<Error> validateUser(const Kubeconfig& config, const User& user);

}  // namespace quarterdeck::kubeconfig
