#include "app/demo/api/representation.h"

#include <sstream>

namespace quarterdeck::demo {
namespace {

Json served(const Representation& representation, const Json& object) {
    return representation.version == "v1" && representation.type->group == "autoscaling" ? autoscalerToV1(object)
                                                                                         : object;
}

Json cpuMetric(const char* member, const Json& percentage) {
    Json value = {{"averageUtilization", percentage}};
    if (std::string(member) == "target") {
        value["type"] = "Utilization";
    }
    return {{"type", "Resource"}, {"resource", {{"name", "cpu"}, {member, value}}}};
}

Json cpuOf(const Json& metrics, const char* member) {
    for (const Json& metric : metrics) {
        if (text(metric, {"resource", "name"}) == "cpu") {
            return at(metric, {"resource", member, "averageUtilization"});
        }
    }
    return nullptr;
}

}  // namespace

Answer<Representation> Representation::of(const ApiRequest& request, const ResourceType& type,
                                          const std::string& version) {
    Representation result;
    result.type = &type;
    result.version = version;
    const std::string include = request.parameter("includeObject");
    result.include = include == "None"     ? IncludeObject::None
                     : include == "Object" ? IncludeObject::Object
                                           : IncludeObject::Metadata;
    const std::string accept = request.header("accept");
    if (accept.empty()) {
        return result;
    }
    std::stringstream choices(accept);
    for (std::string choice; std::getline(choices, choice, ',');) {
        const bool json = choice.find("application/json") != std::string::npos;
        if (json && choice.find("as=Table") != std::string::npos) {
            result.form = Form::Table;
            return result;
        }
        if (json && choice.find("as=PartialObjectMetadata") != std::string::npos) {
            result.form = Form::Metadata;
            return result;
        }
        if ((json && choice.find("as=") == std::string::npos) || choice.find("*/*") != std::string::npos ||
            choice.find("application/*") != std::string::npos) {
            return result;
        }
    }
    return refuse({406, "NotAcceptable",
                   "only the following media types are accepted: application/json, application/json;as=Table"});
}

Json Representation::one(const Json& object, Instant now) const {
    switch (form) {
        case Form::Table: {
            Json table = tableOf(*type, {object}, now, include);
            table["metadata"]["resourceVersion"] = text(object, {"metadata", "resourceVersion"});
            return table;
        }
        case Form::Metadata:
            return partialMetadata(object);
        case Form::Object:
            break;
    }
    return served(*this, object);
}

Json Representation::list(const std::vector<ObjectPtr>& objects, Json listMetadata, Instant now) const {
    if (form == Form::Table) {
        std::vector<Json> copies;
        copies.reserve(objects.size());
        for (const ObjectPtr& object : objects) {
            copies.push_back(*object);
        }
        Json table = tableOf(*type, copies, now, include);
        table["metadata"] = std::move(listMetadata);
        return table;
    }
    Json items = Json::array();
    for (const ObjectPtr& object : objects) {
        items.push_back(form == Form::Metadata ? partialMetadata(*object) : served(*this, *object));
        if (form == Form::Object) {  // as the API server, which names the type once
            items.back().erase("kind");
            items.back().erase("apiVersion");
        }
    }
    const std::string apiVersion = type->group.empty() ? version : type->group + "/" + version;
    return {{"kind", form == Form::Metadata ? "PartialObjectMetadataList" : type->kind + "List"},
            {"apiVersion", form == Form::Metadata ? "meta.k8s.io/v1" : apiVersion},
            {"metadata", std::move(listMetadata)},
            {"items", std::move(items)}};
}

Json Representation::bookmark(const std::string& resourceVersion, bool endOfInitialEvents) const {
    Json metadata = {{"resourceVersion", resourceVersion}, {"creationTimestamp", nullptr}};
    if (endOfInitialEvents) {
        metadata["annotations"] = {{"k8s.io/initial-events-end", "true"}};
    }
    if (form == Form::Metadata) {
        return {{"kind", "PartialObjectMetadata"}, {"apiVersion", "meta.k8s.io/v1"}, {"metadata", metadata}};
    }
    const std::string apiVersion = type->group.empty() ? version : type->group + "/" + version;
    Json object = {{"kind", type->kind}, {"apiVersion", apiVersion}, {"metadata", metadata}};
    if (form == Form::Table) {
        Json table = tableOf(*type, {}, Instant(), include, false);
        table["metadata"]["resourceVersion"] = resourceVersion;
        Json row = {{"cells", Json::array()}, {"object", partialMetadata(object)}};
        table["rows"].push_back(std::move(row));
        return table;
    }
    return object;
}

Json autoscalerToV1(Json stored) {
    stored["apiVersion"] = "autoscaling/v1";
    if (const Json cpu = cpuOf(at(stored, {"spec", "metrics"}), "target"); !cpu.is_null()) {
        stored["spec"]["targetCPUUtilizationPercentage"] = cpu;
    }
    if (const Json cpu = cpuOf(at(stored, {"status", "currentMetrics"}), "current"); !cpu.is_null()) {
        stored["status"]["currentCPUUtilizationPercentage"] = cpu;
    }
    stored["spec"].erase("metrics");
    stored["spec"].erase("behavior");
    stored["status"].erase("currentMetrics");
    stored["status"].erase("conditions");
    return stored;
}

Json autoscalerFromV1(Json given) {
    given["apiVersion"] = "autoscaling/v2";
    if (const Json cpu = at(given, {"spec", "targetCPUUtilizationPercentage"}); !cpu.is_null()) {
        given["spec"]["metrics"] = Json::array({cpuMetric("target", cpu)});
        given["spec"].erase("targetCPUUtilizationPercentage");
    }
    return given;
}

}  // namespace quarterdeck::demo
