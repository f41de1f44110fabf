#include "app/demo/api/admission.h"

#include <algorithm>

#include <fmt/format.h>

namespace quarterdeck::demo {
namespace {

void setDefault(Json& object, const char* key, Json value) {
    if (!object.contains(key) || object[key].is_null()) {
        object[key] = std::move(value);
    }
}

void defaultPodSpec(Json& spec) {
    setDefault(spec, "restartPolicy", "Always");
    setDefault(spec, "dnsPolicy", "ClusterFirst");
    setDefault(spec, "terminationGracePeriodSeconds", 30);
    setDefault(spec, "schedulerName", "default-scheduler");
    setDefault(spec, "securityContext", Json::object());
    for (const char* list : {"containers", "initContainers"}) {
        if (!spec.contains(list) || !spec[list].is_array()) {
            continue;
        }
        for (Json& container : spec[list]) {
            const std::string image = text(container, {"image"});
            const bool latest = image.find(':') == std::string::npos || image.ends_with(":latest");
            setDefault(container, "imagePullPolicy", latest ? "Always" : "IfNotPresent");
            setDefault(container, "terminationMessagePath", "/dev/termination-log");
            setDefault(container, "terminationMessagePolicy", "File");
            setDefault(container, "resources", Json::object());
            if (container.contains("ports") && container["ports"].is_array()) {
                for (Json& port : container["ports"]) {
                    setDefault(port, "protocol", "TCP");
                }
            }
        }
    }
}

bool isName(const std::string& name) {
    return !name.empty() && name.size() <= 253 && name.front() != '-' && name.back() != '-' &&
           std::all_of(name.begin(), name.end(), [](unsigned char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':';
           });
}

}  // namespace

void applyDefaults(const ResourceType& type, Json& object) {
    Json& spec = object["spec"];
    if (!spec.is_object()) {
        object.erase("spec");
        return;
    }
    const std::string& kind = type.plural;
    if (kind == "deployments" || kind == "statefulsets" || kind == "replicasets") {
        setDefault(spec, "replicas", 1);
    }
    if (kind == "deployments") {
        setDefault(spec, "revisionHistoryLimit", 10);
        setDefault(spec, "progressDeadlineSeconds", 600);
        setDefault(spec, "strategy", Json::object());
        setDefault(spec["strategy"], "type", "RollingUpdate");
        if (text(spec, {"strategy", "type"}) == "RollingUpdate") {
            setDefault(spec["strategy"], "rollingUpdate", Json::object());
            setDefault(spec["strategy"]["rollingUpdate"], "maxSurge", "25%");
            setDefault(spec["strategy"]["rollingUpdate"], "maxUnavailable", "25%");
        }
    }
    if (kind == "statefulsets") {
        setDefault(spec, "podManagementPolicy", "OrderedReady");
        setDefault(spec, "revisionHistoryLimit", 10);
        setDefault(spec, "updateStrategy", {{"type", "RollingUpdate"}, {"rollingUpdate", Json{{"partition", 0}}}});
    }
    if (kind == "daemonsets") {
        setDefault(spec, "revisionHistoryLimit", 10);
        setDefault(spec, "updateStrategy",
                   {{"type", "RollingUpdate"}, {"rollingUpdate", {{"maxUnavailable", 1}, {"maxSurge", 0}}}});
    }
    if (kind == "jobs") {
        setDefault(spec, "parallelism", 1);
        setDefault(spec, "completions", 1);
        setDefault(spec, "backoffLimit", 6);
        setDefault(spec, "suspend", false);
        const std::string uid = uidOf(object);
        if (!spec.contains("selector") && !uid.empty()) {
            spec["selector"] = {{"matchLabels", {{"batch.kubernetes.io/controller-uid", uid}}}};
            spec["template"]["metadata"]["labels"]["batch.kubernetes.io/controller-uid"] = uid;
            spec["template"]["metadata"]["labels"]["batch.kubernetes.io/job-name"] = nameOf(object);
            spec["template"]["metadata"]["labels"]["job-name"] = nameOf(object);
        }
    }
    if (kind == "cronjobs") {
        setDefault(spec, "concurrencyPolicy", "Allow");
        setDefault(spec, "suspend", false);
        setDefault(spec, "successfulJobsHistoryLimit", 3);
        setDefault(spec, "failedJobsHistoryLimit", 1);
    }
    if (kind == "services") {
        setDefault(spec, "type", "ClusterIP");
        setDefault(spec, "sessionAffinity", "None");
        if (!spec.contains("clusterIP")) {
            spec["clusterIP"] = fmt::format("10.152.183.{}", 2 + std::hash<std::string>()(nameOf(object)) % 250);
        }
    }
    if (kind == "pods") {
        defaultPodSpec(spec);
    } else if (spec.contains("template") && spec["template"].is_object()) {
        defaultPodSpec(spec["template"]["spec"]);
    } else if (kind == "cronjobs" && at(spec, {"jobTemplate", "spec", "template"}).is_object()) {
        defaultPodSpec(spec["jobTemplate"]["spec"]["template"]["spec"]);
    }
}

Answer<void> validate(const ResourceType& type, const Json& object, const Json* before) {
    const std::string name = nameOf(object);
    const auto wrong = [&](const std::string& field, const std::string& why) {
        return refuse(invalid(type, name, field, why));
    };
    if (!isName(name)) {
        return wrong("metadata.name", fmt::format("\"{}\": a lowercase RFC 1123 subdomain must consist of lower case "
                                                  "alphanumeric characters, '-' or '.'",
                                                  name));
    }
    if (number(object, {"spec", "replicas"}) < 0) {
        return wrong("spec.replicas",
                     fmt::format("{}: must be greater than or equal to 0", number(object, {"spec", "replicas"})));
    }
    const bool workload = type.plural == "deployments" || type.plural == "replicasets" ||
                          type.plural == "statefulsets" || type.plural == "daemonsets";
    if (workload) {
        const Json& podTemplate = at(object, {"spec", "template"});
        if (before != nullptr && at(*before, {"spec", "selector"}) != at(object, {"spec", "selector"})) {
            return wrong("spec.selector", "field is immutable");
        }
        if (at(object, {"spec", "selector"}).empty() ||
            !matchesSelector(podTemplate, at(object, {"spec", "selector"}))) {
            return wrong("spec.template.metadata.labels", "`selector` does not match template `labels`");
        }
    }
    const Json& podSpec = type.plural == "pods" ? at(object, {"spec"}) : at(object, {"spec", "template", "spec"});
    if ((workload || type.plural == "pods" || type.plural == "jobs") && at(podSpec, {"containers"}).empty()) {
        return wrong("spec.template.spec.containers", "at least one container is required");
    }
    for (const Json& container : at(podSpec, {"containers"})) {
        if (text(container, {"name"}).empty() || text(container, {"image"}).empty()) {
            return wrong("spec.template.spec.containers", "every container needs a name and an image");
        }
    }
    if (type.plural == "jobs" && before != nullptr &&
        at(*before, {"spec", "template"}) != at(object, {"spec", "template"})) {
        return wrong("spec.template", "field is immutable");
    }
    if (type.plural == "horizontalpodautoscalers" &&
        number(object, {"spec", "minReplicas"}, 1) > number(object, {"spec", "maxReplicas"})) {
        return wrong("spec.maxReplicas", "must be greater than or equal to `minReplicas`");
    }
    return {};
}

}  // namespace quarterdeck::demo
