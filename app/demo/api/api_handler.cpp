#include "app/demo/api/api_handler.h"

#include <algorithm>

#include "app/demo/api/resource_writer.h"
#include "app/demo/api/reviews.h"

namespace quarterdeck::demo {
namespace {

ApiResponse json(const Json& body, int status = 200) {
    return {status, "application/json", body.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"};
}

/// The discovery version that the client accepts ("v2", "v2beta1"), empty for plain discovery.
std::string aggregatedVersion(const ApiRequest& request) {
    const std::string accept = request.header("accept");
    if (accept.find("as=APIGroupDiscoveryList") == std::string::npos) {
        return {};
    }
    return accept.find("v=v2;") != std::string::npos       ? "v2"
           : accept.find("v=v2beta1") != std::string::npos ? "v2beta1"
                                                           : "";
}

ApiResponse aggregated(const ServedTypes& served, bool core, const std::string& version) {
    ApiResponse response = json(aggregatedDiscovery(served, core, version));
    response.contentType = "application/json;g=apidiscovery.k8s.io;v=" + version + ";as=APIGroupDiscoveryList";
    return response;
}

Answer<ApiTarget> targetOf(const ServedTypes& served, const ApiRequest& request) {
    const bool core = request.segments.front() == "api";
    ApiTarget target;
    target.version = request.segments.at(core ? 1 : 2);
    const std::string group = core ? "" : request.segments.at(1);
    std::vector<std::string> rest(request.segments.begin() + (core ? 2 : 3), request.segments.end());
    if (rest.size() > 2 && rest.front() == "namespaces" && served.find(group, rest[2]) != nullptr) {
        target.nameSpace = rest[1];
        rest.erase(rest.begin(), rest.begin() + 2);
    }
    target.type = served.find(group, rest.front());
    if (target.type == nullptr || !isServedIn(*target.type, target.version) || rest.size() > 3) {
        return refuse(noSuchPath());
    }
    target.name = rest.size() > 1 ? rest[1] : "";
    target.subresource = rest.size() > 2 ? rest[2] : "";
    const bool known = target.subresource.empty() || (target.subresource == "status" && target.type->hasStatus) ||
                       (target.subresource == "scale" && target.type->hasScale) ||
                       (target.subresource == "eviction" && target.type->plural == "pods");
    const bool placed = !target.type->namespaced || target.name.empty() || !target.nameSpace.empty();
    if (!known || !placed) {
        return refuse(noSuchPath());
    }
    return target;
}

}  // namespace

std::variant<ApiResponse, WatchRequest> ApiHandler::handle(const ApiRequest& request) {
    Outcome outcome = route(request);
    if (!outcome) {
        return json(statusObject(outcome.error()), outcome.error().code);
    }
    return std::move(*outcome);
}

ApiHandler::Outcome ApiHandler::route(const ApiRequest& request) {
    const auto& path = request.segments;
    const std::string root = path.empty() ? "" : path.front();
    if (root == "healthz" || root == "livez" || root == "readyz") {
        return ApiResponse{200, "text/plain; charset=utf-8", "ok"};
    }
    if (path.empty()) {
        return json({{"paths", {"/api", "/apis", "/healthz", "/livez", "/readyz", "/version"}}});
    }
    if (request.path == "/version") {
        return json(versionInfo(cluster_.serverVersion));
    }
    if (root != "api" && root != "apis") {
        return refuse(noSuchPath());
    }
    const bool core = root == "api";
    const ServedTypes served = servedTypes();
    const std::string discovery = aggregatedVersion(request);
    if (path.size() == 1) {
        if (!discovery.empty()) {
            return aggregated(served, core, discovery);
        }
        return json(core ? coreVersions(request.header("host")) : groupList(served));
    }
    if (!core && path.size() == 2) {
        const Answer<Json> info = groupInfo(served, path[1]);
        return info ? Outcome(json(*info)) : Outcome(refuse(info.error()));
    }
    if (path.size() == (core ? 2U : 3U)) {
        const Answer<Json> info = resourceList(served, core ? "" : path[1], core ? path[1] : path[2]);
        return info ? Outcome(json(*info)) : Outcome(refuse(info.error()));
    }
    if (request.method == "POST") {
        if (const std::optional<Json> review = selfReview(request)) {
            return json(*review, 201);
        }
    }
    return resources(request);
}

ServedTypes ApiHandler::servedTypes() {
    const std::unique_lock lock(cluster_.mutex);
    return ServedTypes(cluster_.db);
}

ApiHandler::Outcome ApiHandler::resources(const ApiRequest& request) {
    const Answer<ApiTarget> target = targetOf(servedTypes(), request);
    if (!target) {
        return refuse(target.error());
    }
    const std::unique_lock lock(cluster_.mutex);
    if (request.method == "GET" || request.method == "HEAD") {
        return read(*target, request);
    }
    if (target->type->namespaced && target->nameSpace.empty()) {
        return refuse(methodNotAllowed());
    }
    const Answer<Representation> form = Representation::of(request, *target->type, target->version);
    if (!form) {
        return refuse(form.error());
    }
    const std::uint64_t before = cluster_.db.version();
    ResourceWriter writer(cluster_);
    const Answer<Written> written = writer.write(*target, request);
    if (cluster_.db.version() != before) {
        cluster_.changed.notify_all();
    }
    if (!written) {
        return refuse(written.error());
    }
    return json(written->isStatus ? written->object : form->one(written->object, cluster_.now()), written->status);
}

}  // namespace quarterdeck::demo
