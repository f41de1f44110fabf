#pragma once

#include <cstdint>
#include <memory>

#include "app/base/result.h"
#include "app/demo/api/exchange.h"
#include "app/demo/control/cluster_state.h"

namespace quarterdeck::demo {

inline constexpr ErrorCode kCannotListen{
    "demo.cannot-listen",
    QT_TRANSLATE_NOOP("Error",
                      "The demo platform cannot listen on 127.0.0.1 for the context {context}: {reason}. Allow this "
                      "program to open local ports, then start the demo again.")};

/// The HTTP/1.1 server of one cluster on a free port of 127.0.0.1: a thread per connection, all joined on destruction.
class ApiServer {
public:
    /// Serves `cluster`, which must outlive the server.
    [[nodiscard]] static Result<std::unique_ptr<ApiServer>> start(ClusterState& cluster);
    ~ApiServer();
    ApiServer(const ApiServer&) = delete;
    ApiServer& operator=(const ApiServer&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /// Routes added first are asked first, all of them before the Kubernetes API.
    void add(std::shared_ptr<ExtraRoute> route);

private:
    struct Impl;
    explicit ApiServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace quarterdeck::demo
