#pragma once

#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/http/channel.h"
#include "app/kube/kind_descriptor.h"
#include "app/kube/namespace_directory.h"

namespace quarterdeck::kube {

struct ListProbe {
    int status = 0;  ///< 0: no answer came
    std::string version;
};
/// Lists one object of a collection to see whether that is allowed. `nameSpace` empty: of the whole cluster. Blocks.
[[nodiscard]] ListProbe probeList(http::Channel& channel, const ResourceType& type, const std::string& nameSpace,
                                  std::stop_token stop);
/// Opens a cluster-wide watch from that version for a moment to see whether that is allowed. Blocks.
[[nodiscard]] bool probeWatch(http::Channel& channel, const ResourceType& type, const std::string& version,
                              std::stop_token stop);

/// In which namespaces one kind may be listed. For one thread.
class NamespaceRights {
public:
    NamespaceRights(std::shared_ptr<http::Channel> channel, const KindDescriptor& kind,
                    std::shared_ptr<NamespaceDirectory> directory, std::shared_ptr<const Clock> clock)
        : channel_(std::move(channel)),
          type_(kind.type),
          verbs_(kind.watched ? std::vector<std::string>{"list", "watch"} : std::vector<std::string>{"list"}),
          directory_(std::move(directory)),
          clock_(std::move(clock)) {}

    /// The verbs that are missing for the kind to be shown in a namespace; none where it may be listed, or where the
    /// rules that the server tells leave that open. `thorough`: what they leave open is found out by a list. Blocks.
    [[nodiscard]] std::vector<std::string> missing(const std::string& nameSpace, bool thorough, std::stop_token stop);
    /// Lists that were refused are tried again next time.
    void forget() { refusedAt_.clear(); }

private:
    const std::shared_ptr<http::Channel> channel_;
    const ResourceType type_;
    const std::vector<std::string> verbs_;
    const std::shared_ptr<NamespaceDirectory> directory_;
    const std::shared_ptr<const Clock> clock_;
    std::map<std::string, std::chrono::milliseconds> refusedAt_;  ///< monotonic
};

}  // namespace quarterdeck::kube
