#include <fmt/format.h>

#include "app/demo/api/resource_writer.h"
#include "app/demo/api/selectors.h"
#include "app/demo/control/controllers.h"

namespace quarterdeck::demo {
namespace {

/// DeleteOptions: from the body, or nothing.
Answer<Json> optionsOf(const ApiRequest& request) {
    if (request.body.empty()) {
        return Json::object();
    }
    Json options = Json::parse(request.body, nullptr, false);
    if (!options.is_object()) {
        return refuse(badRequest("the body of the request is not a JSON object"));
    }
    return options;
}

Answer<void> checkPreconditions(const ResourceType& type, const Json& object, const Json& options) {
    const std::string uid = text(options, {"preconditions", "uid"});
    if (!uid.empty() && uid != uidOf(object)) {
        return refuse(conflict(
            type, nameOf(object),
            fmt::format("Precondition failed: UID in precondition: {}, UID in object meta: {}", uid, uidOf(object))));
    }
    const std::string version = text(options, {"preconditions", "resourceVersion"});
    const std::string actual = text(object, {"metadata", "resourceVersion"});
    if (!version.empty() && version != actual) {
        return refuse(conflict(type, nameOf(object),
                               fmt::format("Precondition failed: ResourceVersion in precondition: {}, ResourceVersion "
                                           "in object meta: {}",
                                           version, actual)));
    }
    return {};
}

bool isDryRun(const ApiRequest& request, const Json& options) {
    const Json& listed = at(options, {"dryRun"});
    return request.parameter("dryRun") == "All" || std::find(listed.begin(), listed.end(), Json("All")) != listed.end();
}

}  // namespace

void ResourceWriter::erase(const ResourceType& type, const Json& object, const Json& options,
                           const ApiRequest& request) {
    const std::string grace = request.parameter("gracePeriodSeconds");
    std::optional<long> seconds;
    if (at(options, {"gracePeriodSeconds"}).is_number()) {
        seconds = number(options, {"gracePeriodSeconds"});
    } else if (!grace.empty()) {
        seconds = std::atol(grace.c_str());
    }
    const std::string policy = text(options, {"propagationPolicy"}, request.parameter("propagationPolicy"));
    if (policy == "Orphan" || flag(options, {"orphanDependents"})) {
        for (const ResourceType& each : resourceTypes()) {
            for (const ObjectPtr& dependent : cluster_.db.list(each, namespaceOf(object))) {
                if (isControlledBy(*dependent, uidOf(object))) {
                    Json freed = *dependent;
                    freed["metadata"].erase("ownerReferences");
                    cluster_.put(each, std::move(freed));
                }
            }
        }
    }
    if (type.plural == "pods") {
        deletePod(cluster_, object, seconds);
        return;
    }
    if (type.plural == "namespaces") {
        for (const ResourceType& each : resourceTypes()) {
            if (each.namespaced) {
                for (const ObjectPtr& inside : cluster_.db.list(each, nameOf(object))) {
                    cluster_.db.remove(each, namespaceOf(*inside), nameOf(*inside));
                }
            }
        }
    }
    if (type.plural == "customresourcedefinitions") {
        for (const ResourceType& each : resourceTypes()) {
            if (each.custom && each.qualified() == nameOf(object)) {
                for (const ObjectPtr& one : cluster_.db.list(each)) {
                    cluster_.db.remove(each, namespaceOf(*one), nameOf(*one));
                }
            }
        }
    }
    cluster_.db.remove(type, namespaceOf(object), nameOf(object));
}

Answer<Written> ResourceWriter::remove(const ApiTarget& target, const ApiRequest& request) {
    const ResourceType& type = *target.type;
    const ObjectPtr object = cluster_.db.get(type, target.nameSpace, target.name);
    if (!object) {
        return refuse(notFound(type, target.name));
    }
    const Answer<Json> options = optionsOf(request);
    if (!options) {
        return refuse(options.error());
    }
    if (const auto allowed = checkPreconditions(type, *object, *options); !allowed) {
        return refuse(allowed.error());
    }
    if (!isDryRun(request, *options)) {
        erase(type, *object, *options, request);
    }
    if (const ObjectPtr left = cluster_.db.get(type, target.nameSpace, target.name); left && isTerminating(*left)) {
        return Written{200, *left};
    }
    return Written{200, successStatus(type, *object), true};
}

Answer<Written> ResourceWriter::removeAll(const ApiTarget& target, const ApiRequest& request) {
    const Answer<Selection> selection =
        Selection::parse(*target.type, request.parameter("labelSelector"), request.parameter("fieldSelector"));
    const Answer<Json> options = optionsOf(request);
    if (!selection) {
        return refuse(selection.error());
    }
    if (!options) {
        return refuse(options.error());
    }
    Json items = Json::array();
    for (const ObjectPtr& object : cluster_.db.list(*target.type, target.nameSpace)) {
        if (selection->matches(*object)) {
            items.push_back(*object);
            if (!isDryRun(request, *options)) {
                erase(*target.type, *object, *options, request);
            }
        }
    }
    return Written{200,
                   {{"kind", target.type->kind + "List"},
                    {"apiVersion", target.type->apiVersion()},
                    {"metadata", {{"resourceVersion", std::to_string(cluster_.db.version())}}},
                    {"items", std::move(items)}},
                   true};
}

Answer<Written> ResourceWriter::evict(const ApiTarget& target, const ApiRequest& request) {
    const ObjectPtr pod = cluster_.db.get(*target.type, target.nameSpace, target.name);
    if (!pod) {
        return refuse(notFound(*target.type, target.name));
    }
    const Json body = Json::parse(request.body, nullptr, false);
    const Json options = at(body, {"deleteOptions"}).is_object() ? at(body, {"deleteOptions"}) : Json::object();
    if (const auto allowed = checkPreconditions(*target.type, *pod, options); !allowed) {
        return refuse(allowed.error());
    }
    for (const ObjectPtr& budget : cluster_.db.list(resource("poddisruptionbudgets"), target.nameSpace)) {
        if (!matchesSelector(*pod, at(*budget, {"spec", "selector"})) || isTerminating(*pod)) {
            continue;
        }
        if (number(*budget, {"status", "disruptionsAllowed"}) <= 0) {
            Json details = {
                {"causes", Json::array({Json{
                               {"reason", "DisruptionBudget"},
                               {"message", fmt::format("The disruption budget {} needs {} healthy pods "
                                                       "and has {} currently",
                                                       nameOf(*budget), number(*budget, {"status", "desiredHealthy"}),
                                                       number(*budget, {"status", "currentHealthy"}))}}})}};
            return refuse(
                {429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.", details});
        }
        if (!isDryRun(request, options)) {
            Json spent = *budget;
            spent["status"]["disruptionsAllowed"] = number(*budget, {"status", "disruptionsAllowed"}) - 1;
            cluster_.put(resource("poddisruptionbudgets"), std::move(spent));
        }
    }
    if (!isDryRun(request, options)) {
        erase(*target.type, *pod, options, request);
    }
    return Written{
        201, {{"kind", "Status"}, {"apiVersion", "v1"}, {"metadata", Json::object()}, {"status", "Success"}}, true};
}

}  // namespace quarterdeck::demo
