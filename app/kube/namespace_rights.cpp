#include "app/kube/namespace_rights.h"

#include <nlohmann/json.hpp>

#include "app/kube/kube_client.h"

namespace quarterdeck::kube {

namespace {
constexpr std::chrono::seconds kWatchProbeLimit{30};
}

ListProbe probeList(http::Channel& channel, const ResourceType& type, const std::string& nameSpace,
                    std::stop_token stop) {
    http::Request request;
    request.target = KubeClient::path(type, nameSpace) + "?limit=1";
    request.headers.push_back(
        {"Accept", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json"});
    request.priority = http::Priority::Watch;
    const auto answer = channel.send(request, std::move(stop));
    if (!answer) {
        return {};
    }
    ListProbe probe{answer->head.status, {}};
    const auto list = nlohmann::json::parse(answer->body, nullptr, false);
    const nlohmann::json::json_pointer version("/metadata/resourceVersion");
    if (list.is_object() && list.contains(version) && list[version].is_string()) {
        probe.version = list[version].get<std::string>();
    }
    return probe;
}

bool probeWatch(http::Channel& channel, const ResourceType& type, const std::string& version, std::stop_token stop) {
    struct HeadOnly final : http::StreamSink {
        http::Flow onHead(const http::ResponseHead&) override { return http::Flow::Stop; }
        http::Flow onData(std::string_view) override { return http::Flow::Stop; }
    } sink;
    http::Request request;
    request.target =
        KubeClient::path(type) + "?watch=true&timeoutSeconds=1&resourceVersion=" + http::percentEncode(version);
    request.headers.push_back({"Accept", "application/json"});
    request.priority = http::Priority::Watch;
    request.timeout = kWatchProbeLimit;
    request.compressed = false;
    const auto head = channel.stream(request, sink, std::move(stop));
    return head && head->status == 200;
}

std::vector<std::string> NamespaceRights::missing(const std::string& nameSpace, bool thorough, std::stop_token stop) {
    if (const auto rules = directory_->rules(nameSpace, stop)) {
        if (rules->allows("list", type_)) {
            return {};
        }
        if (!rules->incomplete) {
            return rules->missing(verbs_, type_);
        }
    }
    if (!thorough) {
        return {};
    }
    const auto before = refusedAt_.find(nameSpace);
    const auto now = clock_->monotonic();
    if (before != refusedAt_.end() && now - before->second < answerHoldsFor(refusedAt_.size())) {
        return {"list"};
    }
    if (probeList(*channel_, type_, nameSpace, std::move(stop)).status != 403) {
        refusedAt_.erase(nameSpace);
        return {};
    }
    refusedAt_[nameSpace] = now;
    return {"list"};
}

}  // namespace quarterdeck::kube
