#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "app/base/result.h"
#include "app/http/channel.h"
#include "app/kube/object.h"

namespace quarterdeck::kube {

/// GET /version of a server.
struct ServerVersion {
    std::string gitVersion;  ///< "v1.32.2"
    std::string platform;    ///< "linux/amd64"
};

/// Calls to one API server. Blocking, for worker threads; any thread, several at once.
class KubeClient {
public:
    /// `context` is the name used in messages.
    KubeClient(std::shared_ptr<http::Channel> channel, ContextId context);

    [[nodiscard]] Result<ServerVersion> version(std::stop_token stop);
    /// The full object; asks again where the server wishes it (see sendPatiently()). `nameSpace` is ignored for
    /// cluster-scoped types.
    [[nodiscard]] Result<nlohmann::json> get(const ResourceType& type, const std::string& nameSpace,
                                             const std::string& name, std::stop_token stop);
    /// A JSON object from below the server's URL. `what` stands in messages ("the API groups"); `accept` empty = JSON.
    [[nodiscard]] Result<nlohmann::json> getJson(const std::string& target, const std::string& what,
                                                 std::stop_token stop, const std::string& accept = {});
    [[nodiscard]] http::Channel& channel() { return *channel_; }
    [[nodiscard]] const ContextId& context() const { return context_; }

    /// "/apis/apps/v1/namespaces/ns/deployments/name"; empty namespace = all, empty name = the collection.
    [[nodiscard]] static std::string path(const ResourceType& type, const std::string& nameSpace = {},
                                          const std::string& name = {});

private:
    std::shared_ptr<http::Channel> channel_;
    ContextId context_;
};

}  // namespace quarterdeck::kube
