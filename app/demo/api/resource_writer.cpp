#include "app/demo/api/resource_writer.h"

#include <fmt/format.h>

#include "app/demo/api/admission.h"
#include "app/demo/api/patch.h"
#include "app/demo/api/representation.h"

namespace quarterdeck::demo {
namespace {

bool isDryRun(const ApiRequest& request) {
    return request.parameter("dryRun") == "All";
}

Answer<Json> bodyOf(const ApiRequest& request) {
    const std::string type = request.header("content-type");
    if (!type.empty() && type.find("json") == std::string::npos && type.find("*/*") == std::string::npos) {
        return refuse(unsupportedMediaType(type));
    }
    Json body = Json::parse(request.body, nullptr, false);
    if (!body.is_object()) {
        return refuse(badRequest("the body of the request is not a JSON object"));
    }
    return body;
}

bool isOldAutoscaler(const ApiTarget& target) {
    return target.type->group == "autoscaling" && target.version == "v1";
}

/// An autoscaling/v1 object over a stored one: what v1 cannot say stays as it is.
Json upgradeAutoscaler(Json given, const Json& before) {
    const Json cpu = at(given, {"spec", "targetCPUUtilizationPercentage"});
    given = autoscalerFromV1(std::move(given));
    Json metrics = at(given, {"spec", "metrics"}).is_array() ? given["spec"]["metrics"] : Json::array();
    for (const Json& metric : at(before, {"spec", "metrics"})) {
        if (text(metric, {"resource", "name"}) != "cpu") {
            metrics.push_back(metric);
        }
    }
    given["spec"]["metrics"] = std::move(metrics);
    if (const Json& behaviour = at(before, {"spec", "behavior"}); !behaviour.is_null()) {
        given["spec"]["behavior"] = behaviour;
    }
    given["status"] = at(before, {"status"});
    return given;
}

std::string selectorText(const Json& object) {
    std::string result;
    const Json& labels = at(object, {"spec", "selector", "matchLabels"});
    if (labels.is_object()) {
        for (const auto& [key, value] : labels.items()) {
            appendWord(result, fmt::format("{}={}", key, value.is_string() ? value.get<std::string>() : ""));
        }
    }
    return result;
}

}  // namespace

Json scaleOf(const Json& object) {
    return {{"kind", "Scale"},
            {"apiVersion", "autoscaling/v1"},
            {"metadata",
             {{"name", nameOf(object)},
              {"namespace", namespaceOf(object)},
              {"uid", uidOf(object)},
              {"resourceVersion", text(object, {"metadata", "resourceVersion"})},
              {"creationTimestamp", text(object, {"metadata", "creationTimestamp"})}}},
            {"spec", {{"replicas", number(object, {"spec", "replicas"}, 1)}}},
            {"status", {{"replicas", number(object, {"status", "replicas"})}, {"selector", selectorText(object)}}}};
}

Answer<Written> ResourceWriter::write(const ApiTarget& target, const ApiRequest& request) {
    if (request.method == "POST") {
        if (target.subresource == "eviction") {
            return evict(target, request);
        }
        if (!target.name.empty()) {
            return refuse(methodNotAllowed());
        }
        Answer<Json> body = bodyOf(request);
        if (!body) {
            return refuse(body.error());
        }
        return create(target, request, std::move(*body));
    }
    if (request.method == "DELETE") {
        return target.name.empty() ? removeAll(target, request) : remove(target, request);
    }
    if (target.name.empty()) {
        return refuse(methodNotAllowed());
    }
    if (request.method == "PUT") {
        return update(target, request);
    }
    if (request.method == "PATCH") {
        return patch(target, request);
    }
    return refuse(methodNotAllowed());
}

Answer<Written> ResourceWriter::create(const ApiTarget& target, const ApiRequest& request, Json object) {
    const ResourceType& type = *target.type;
    if (const std::string kind = text(object, {"kind"}); !kind.empty() && kind != type.kind) {
        return refuse(badRequest(fmt::format("{} in version \"{}\" cannot be handled as a {}", kind,
                                             text(object, {"apiVersion"}), type.kind)));
    }
    if (!object.contains("metadata") || !object["metadata"].is_object()) {
        object["metadata"] = Json::object();
    }
    if (type.namespaced) {
        if (!namespaceOf(object).empty() && namespaceOf(object) != target.nameSpace) {
            return refuse(
                badRequest("the namespace of the provided object does not match the namespace sent on the "
                           "request"));
        }
        object["metadata"]["namespace"] = target.nameSpace;
        if (!cluster_.db.get(resource("namespaces"), "", target.nameSpace)) {
            return refuse(notFound(resource("namespaces"), target.nameSpace));
        }
    }
    if (!text(object, {"metadata", "resourceVersion"}).empty()) {
        return refuse(badRequest("resourceVersion should not be set on objects to be created"));
    }
    for (const char* field : {"uid", "creationTimestamp", "generation", "deletionTimestamp", "selfLink"}) {
        object["metadata"].erase(field);
    }
    if (nameOf(object).empty() && text(object, {"metadata", "generateName"}).empty()) {
        return refuse(invalid(type, "", "metadata.name", "name or generateName is required"));
    }
    if (isOldAutoscaler(target)) {
        object = autoscalerFromV1(std::move(object));
    }
    if (type.hasStatus) {
        object["status"] = Json::object();
    }
    if (type.plural == "namespaces") {
        object["status"]["phase"] = "Active";
    } else if (type.plural == "pods") {
        object["status"]["phase"] = "Pending";
    }
    const std::string name = nameOf(object);
    if (!name.empty() && cluster_.db.get(type, target.nameSpace, name)) {
        return refuse(alreadyExists(type, name));
    }
    object = cluster_.db.complete(type, std::move(object), cluster_.now());
    applyDefaults(type, object);
    if (const auto valid = validate(type, object, nullptr); !valid) {
        return refuse(valid.error());
    }
    if (isDryRun(request)) {
        return Written{201, std::move(object)};
    }
    return Written{201, *cluster_.put(type, std::move(object))};
}

Answer<Written> ResourceWriter::update(const ApiTarget& target, const ApiRequest& request) {
    const ObjectPtr before = cluster_.db.get(*target.type, target.nameSpace, target.name);
    if (!before) {
        return refuse(notFound(*target.type, target.name));
    }
    if (target.subresource == "scale") {
        return scale(target, request, *before);
    }
    Answer<Json> body = bodyOf(request);
    if (!body) {
        return refuse(body.error());
    }
    if (isOldAutoscaler(target)) {
        body = upgradeAutoscaler(std::move(*body), *before);
    }
    return replace(target, request, *before, std::move(*body));
}

Answer<Written> ResourceWriter::patch(const ApiTarget& target, const ApiRequest& request) {
    const ObjectPtr before = cluster_.db.get(*target.type, target.nameSpace, target.name);
    const std::string type = request.header("content-type");
    if (!before) {
        if (type.rfind("application/apply-patch+yaml", 0) == 0 && target.subresource.empty()) {
            Json fresh = Json::parse(request.body, nullptr, false);
            if (!fresh.is_object()) {
                return refuse(badRequest("error decoding patch: the body is not JSON"));
            }
            fresh["metadata"]["name"] = target.name;
            return create(target, request, std::move(fresh));
        }
        return refuse(notFound(*target.type, target.name));
    }
    if (target.subresource == "scale") {
        return scale(target, request, *before);
    }
    const bool old = isOldAutoscaler(target);
    Answer<Json> patched = applyPatch(type, old ? autoscalerToV1(*before) : *before, request.body);
    if (!patched) {
        return refuse(patched.error());
    }
    return replace(target, request, *before, old ? upgradeAutoscaler(std::move(*patched), *before) : *patched);
}

Answer<Written> ResourceWriter::replace(const ApiTarget& target, const ApiRequest& request, const Json& before,
                                        Json object) {
    const ResourceType& type = *target.type;
    if (nameOf(object) != target.name) {
        return refuse(badRequest(fmt::format("the name of the object ({}) does not match the name on the URL ({})",
                                             nameOf(object), target.name)));
    }
    const std::string version = text(object, {"metadata", "resourceVersion"});
    if (!version.empty() && version != "0" && version != text(before, {"metadata", "resourceVersion"})) {
        return refuse(staleVersion(type, target.name));
    }
    if (!uidOf(object).empty() && uidOf(object) != uidOf(before)) {
        return refuse(conflict(type, target.name,
                               fmt::format("Precondition failed: UID in precondition: {}, UID in object meta: {}",
                                           uidOf(object), uidOf(before))));
    }
    if (target.subresource == "status") {
        Json next = before;
        next["status"] = at(object, {"status"});
        object = std::move(next);
    } else {
        if (type.hasStatus) {
            object["status"] = at(before, {"status"});
        }
        object["metadata"]["namespace"] = target.nameSpace;
        for (const char* kept : {"deletionTimestamp", "deletionGracePeriodSeconds", "generation"}) {
            const Json& value = at(before, {"metadata", kept});
            if (value.is_null()) {
                object["metadata"].erase(kept);
            } else {
                object["metadata"][kept] = value;
            }
        }
        applyDefaults(type, object);
        if (const auto valid = validate(type, object, &before); !valid) {
            return refuse(valid.error());
        }
    }
    if (isDryRun(request)) {
        return Written{200, cluster_.db.complete(type, std::move(object), cluster_.now())};
    }
    return Written{200, *cluster_.put(type, std::move(object))};
}

Answer<Written> ResourceWriter::scale(const ApiTarget& target, const ApiRequest& request, const Json& before) {
    const Json current = scaleOf(before);
    Answer<Json> wanted =
        request.method == "PUT" ? bodyOf(request) : applyPatch(request.header("content-type"), current, request.body);
    if (!wanted) {
        return refuse(wanted.error());
    }
    Json next = before;
    next["spec"]["replicas"] = number(*wanted, {"spec", "replicas"});
    next["metadata"]["resourceVersion"] = text(*wanted, {"metadata", "resourceVersion"});
    ApiTarget whole = target;
    whole.subresource.clear();
    Answer<Written> written = replace(whole, request, before, std::move(next));
    if (!written) {
        return written;
    }
    written->object = scaleOf(written->object);
    written->isStatus = true;
    return written;
}

}  // namespace quarterdeck::demo
