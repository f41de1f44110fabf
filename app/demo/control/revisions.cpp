#include "app/demo/control/revisions.h"

#include "app/demo/control/pods.h"

namespace quarterdeck::demo {

std::string ensureRevision(Pass& pass, const Json& owner) {
    const ResourceType& kind = resource("controllerrevisions");
    std::vector<ObjectPtr> owned = pass.cluster.db.owned(kind, uidOf(owner));
    std::stable_sort(owned.begin(), owned.end(), [](const ObjectPtr& a, const ObjectPtr& b) {
        return number(*a, {"revision"}) < number(*b, {"revision"});
    });
    Json podTemplate = withoutHash(at(owner, {"spec", "template"}));
    std::string name = nameOf(owner) + "-" + safeHash(podTemplate.dump());
    const long highest = owned.empty() ? 0 : number(*owned.back(), {"revision"});
    for (const ObjectPtr& revision : owned) {
        if (nameOf(*revision) == name) {
            if (number(*revision, {"revision"}) != highest) {
                Json next = *revision;
                next["revision"] = highest + 1;
                pass.cluster.put(kind, std::move(next));
            }
            return name;
        }
    }
    podTemplate["$patch"] = "replace";
    Json metadata = {{"name", name},
                     {"namespace", namespaceOf(owner)},
                     {"creationTimestamp", stamp(pass.now)},
                     {"labels", at(owner, {"spec", "template", "metadata", "labels"})},
                     {"ownerReferences", Json::array({ownerReference(owner)})}};
    metadata["labels"]["controller-revision-hash"] = name;
    if (const std::string cause = annotationOf(owner, "kubernetes.io/change-cause"); !cause.empty()) {
        metadata["annotations"] = {{"kubernetes.io/change-cause", cause}};
    }
    pass.cluster.put(kind, {{"metadata", std::move(metadata)},
                            {"revision", highest + 1},
                            {"data", {{"spec", {{"template", std::move(podTemplate)}}}}}});
    const auto limit = static_cast<std::size_t>(number(owner, {"spec", "revisionHistoryLimit"}, 10));
    for (std::size_t i = 0; i + limit < owned.size(); ++i) {
        pass.cluster.db.remove(kind, namespaceOf(*owned[i]), nameOf(*owned[i]));
    }
    return name;
}

std::string revisionOf(const Json& pod) {
    return labelOf(pod, "controller-revision-hash");
}

}  // namespace quarterdeck::demo
