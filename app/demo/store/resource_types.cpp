#include "app/demo/store/resource_types.h"

#include <algorithm>
#include <stdexcept>

namespace quarterdeck::demo {
namespace {

ResourceType customType(std::string group, std::string version, std::string plural, std::string singular,
                        std::string kind, std::vector<std::string> shortNames, std::vector<std::string> categories,
                        bool namespaced = true) {
    ResourceType type{std::move(group), std::move(version),    std::move(plural), std::move(singular),
                      std::move(kind),  std::move(shortNames), namespaced,        true};
    type.custom = true;
    type.categories = std::move(categories);
    return type;
}

}  // namespace

const std::vector<ResourceType>& resourceTypes() {
    static const std::vector<ResourceType> types = {
        {"", "v1", "configmaps", "configmap", "ConfigMap", {"cm"}},
        {"", "v1", "events", "event", "Event", {"ev"}},
        {"", "v1", "namespaces", "namespace", "Namespace", {"ns"}, false, true},
        {"", "v1", "nodes", "node", "Node", {"no"}, false, true},
        {"", "v1", "persistentvolumeclaims", "persistentvolumeclaim", "PersistentVolumeClaim", {"pvc"}, true, true},
        {"", "v1", "pods", "pod", "Pod", {"po"}, true, true, false, true},
        {"", "v1", "resourcequotas", "resourcequota", "ResourceQuota", {"quota"}, true, true},
        {"", "v1", "secrets", "secret", "Secret", {}},
        {"", "v1", "serviceaccounts", "serviceaccount", "ServiceAccount", {"sa"}},
        {"", "v1", "services", "service", "Service", {"svc"}, true, true, false, true},
        {"apiextensions.k8s.io",
         "v1",
         "customresourcedefinitions",
         "customresourcedefinition",
         "CustomResourceDefinition",
         {"crd", "crds"},
         false,
         true},
        {"apps", "v1", "controllerrevisions", "controllerrevision", "ControllerRevision", {}},
        {"apps", "v1", "daemonsets", "daemonset", "DaemonSet", {"ds"}, true, true, false, true},
        {"apps", "v1", "deployments", "deployment", "Deployment", {"deploy"}, true, true, true, true},
        {"apps", "v1", "replicasets", "replicaset", "ReplicaSet", {"rs"}, true, true, true, true},
        {"apps", "v1", "statefulsets", "statefulset", "StatefulSet", {"sts"}, true, true, true, true},
        {"autoscaling",
         "v2",
         "horizontalpodautoscalers",
         "horizontalpodautoscaler",
         "HorizontalPodAutoscaler",
         {"hpa"},
         true,
         true,
         false,
         true},
        {"batch", "v1", "cronjobs", "cronjob", "CronJob", {"cj"}, true, true, false, true},
        {"batch", "v1", "jobs", "job", "Job", {}, true, true, false, true},
        customType("cert-manager.io", "v1", "certificates", "certificate", "Certificate", {"cert", "certs"},
                   {"cert-manager"}),
        customType("cert-manager.io", "v1", "clusterissuers", "clusterissuer", "ClusterIssuer", {}, {"cert-manager"},
                   false),
        customType("kustomize.toolkit.fluxcd.io", "v1", "kustomizations", "kustomization", "Kustomization", {"ks"}, {}),
        {"networking.k8s.io", "v1", "ingresses", "ingress", "Ingress", {"ing"}, true, true},
        {"networking.k8s.io", "v1", "networkpolicies", "networkpolicy", "NetworkPolicy", {"netpol"}},
        {"policy", "v1", "poddisruptionbudgets", "poddisruptionbudget", "PodDisruptionBudget", {"pdb"}, true, true},
        {"rbac.authorization.k8s.io", "v1", "rolebindings", "rolebinding", "RoleBinding", {}},
        {"rbac.authorization.k8s.io", "v1", "roles", "role", "Role", {}},
        customType("source.toolkit.fluxcd.io", "v1", "gitrepositories", "gitrepository", "GitRepository", {"gitrepo"},
                   {}),
        customType("tekton.dev", "v1", "pipelines", "pipeline", "Pipeline", {}, {"tekton", "tekton-pipelines"}),
        customType("tekton.dev", "v1", "pipelineruns", "pipelinerun", "PipelineRun", {"pr", "prs"},
                   {"tekton", "tekton-pipelines"}),
        customType("tekton.dev", "v1", "tasks", "task", "Task", {}, {"tekton", "tekton-pipelines"}),
        customType("tekton.dev", "v1", "taskruns", "taskrun", "TaskRun", {"tr", "trs"}, {"tekton", "tekton-pipelines"}),
        customType("triggers.tekton.dev", "v1beta1", "eventlisteners", "eventlistener", "EventListener", {"el"},
                   {"tekton", "tekton-triggers"}),
        customType("triggers.tekton.dev", "v1beta1", "triggerbindings", "triggerbinding", "TriggerBinding", {"tb"},
                   {"tekton", "tekton-triggers"}),
        customType("triggers.tekton.dev", "v1beta1", "triggertemplates", "triggertemplate", "TriggerTemplate", {"tt"},
                   {"tekton", "tekton-triggers"}),
    };
    return types;
}

const ResourceType* findResource(std::string_view group, std::string_view plural) {
    const auto& all = resourceTypes();
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const ResourceType& type) { return type.group == group && type.plural == plural; });
    return found == all.end() ? nullptr : &*found;
}

const ResourceType& resource(std::string_view plural) {
    const auto& all = resourceTypes();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const ResourceType& type) { return type.plural == plural; });
    if (found == all.end()) {
        throw std::logic_error("unknown resource");
    }
    return *found;
}

const ResourceType* findKind(std::string_view apiVersion, std::string_view kind) {
    const auto& all = resourceTypes();
    const auto found = std::find_if(all.begin(), all.end(), [&](const ResourceType& type) {
        return type.kind == kind && type.apiVersion() == apiVersion;
    });
    return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> servedVersions(std::string_view group) {
    if (group == "autoscaling") {
        return {"v2", "v1"};
    }
    // Reviews only: nothing of these groups is stored.
    if (group == "authorization.k8s.io" || group == "authentication.k8s.io") {
        return {"v1"};
    }
    std::vector<std::string> versions;
    for (const ResourceType& type : resourceTypes()) {
        if (type.group == group && std::find(versions.begin(), versions.end(), type.version) == versions.end()) {
            versions.push_back(type.version);
        }
    }
    return versions;
}

std::vector<std::string> servedGroups() {
    return {"apiextensions.k8s.io", "apps",        "authentication.k8s.io",
            "authorization.k8s.io", "autoscaling", "batch",
            "networking.k8s.io",    "policy",      "rbac.authorization.k8s.io"};
}

bool isServedIn(const ResourceType& type, std::string_view version) {
    const auto versions = servedVersions(type.group);
    return std::find(versions.begin(), versions.end(), version) != versions.end();
}

}  // namespace quarterdeck::demo
