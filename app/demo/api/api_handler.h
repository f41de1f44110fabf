#pragma once

#include <variant>

#include "app/demo/api/discovery.h"
#include "app/demo/api/request.h"
#include "app/demo/api/watch_stream.h"
#include "app/demo/control/cluster_state.h"

namespace quarterdeck::demo {

/// Answers requests to one API server: health, version, discovery, self reviews and all served resources.
/// Any thread; takes the cluster's lock by itself.
class ApiHandler {
public:
    explicit ApiHandler(ClusterState& cluster) : cluster_(cluster) {}

    /// An answer, or a watch that the connection has to serve.
    [[nodiscard]] std::variant<ApiResponse, WatchRequest> handle(const ApiRequest& request);

private:
    using Outcome = Answer<std::variant<ApiResponse, WatchRequest>>;
    /// Takes the cluster's lock.
    [[nodiscard]] ServedTypes servedTypes();
    [[nodiscard]] Outcome route(const ApiRequest& request);
    [[nodiscard]] Outcome resources(const ApiRequest& request);
    [[nodiscard]] Outcome read(const ApiTarget& target, const ApiRequest& request);
    [[nodiscard]] Outcome list(const ApiTarget& target, const ApiRequest& request, const Representation& representation,
                               const Selection& selection);
    [[nodiscard]] Outcome watch(const ApiTarget& target, const ApiRequest& request,
                                const Representation& representation, const Selection& selection);

    ClusterState& cluster_;
};

}  // namespace quarterdeck::demo
