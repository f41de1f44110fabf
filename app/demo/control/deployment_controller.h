#pragma once

#include <map>
#include <string>

#include "app/demo/control/pass.h"

namespace quarterdeck::demo {

/// Rolls Deployments out. Looks again only at those of which something changed, or whose deadline has come.
class DeploymentController {
public:
    void reconcile(Pass& pass);
    void clear() { seen_.clear(); }

private:
    struct Seen {
        std::string state;  ///< versions of all that it depends on
        Instant due = Instant::min();
    };
    [[nodiscard]] static std::string fingerprint(const ClusterState& cluster, const Json& deployment);

    std::map<std::string, Seen> seen_;  ///< by uid
};

}  // namespace quarterdeck::demo
