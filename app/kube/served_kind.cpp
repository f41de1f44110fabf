#include "app/kube/served_kind.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace quarterdeck::kube {

namespace {

/// Two resources of the same text are the same.
std::string fingerprint(const ServedKind& kind) {
    const ServedResource& resource = kind.resource;
    std::string text = fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}", resource.type.version, resource.type.kind,
                                   resource.type.namespaced, resource.singular, fmt::join(resource.shortNames, " "),
                                   fmt::join(resource.categories, " "), fmt::join(resource.verbs, " "), kind.stale);
    for (const Subresource& sub : resource.subresources) {
        text += fmt::format("\n/{} {}", sub.name, fmt::join(sub.verbs, " "));
    }
    for (const ContextId& context : kind.contexts) {
        text += '\n';
        text += context;
    }
    return text;
}

}  // namespace

const KindDescriptor& servedKinds() {
    static const KindDescriptor kind{
        {"apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", false}};
    return kind;
}

std::shared_ptr<const ServedKind> makeServedKind(ServedResource resource, std::vector<ContextId> contexts, bool stale) {
    auto kind = std::make_shared<ServedKind>();
    kind->resource = std::move(resource);
    kind->contexts = std::move(contexts);
    kind->stale = stale;
    kind->health = stale ? Health::Unknown : Health::Good;
    kind->meta.name = qualifiedName(kind->resource.type);
    kind->meta.uid = kind->meta.name;
    kind->meta.resourceVersion = fingerprint(*kind);
    return kind;
}

std::vector<ObjectPtr> KindLedger::take(const Discovery& discovery) {
    std::map<std::string, Entry> now;
    for (const ServedResource& resource : discovery.resources) {
        now.insert_or_assign(qualifiedName(resource.type), Entry{resource, false});
    }
    inDoubt_ = false;
    std::map<std::string, bool> stale;
    for (auto& [name, entry] : entries_) {
        if (now.contains(name)) {
            continue;
        }
        if (discovery.isStale(entry.resource.type.group)) {
            stale.emplace(name, true);
            now.emplace(name, std::move(entry));
        } else if (!entry.missed) {
            entry.missed = true;
            inDoubt_ = true;
            now.emplace(name, std::move(entry));
        }
    }
    entries_ = std::move(now);
    std::vector<ObjectPtr> objects;
    objects.reserve(entries_.size());
    for (const auto& [name, entry] : entries_) {
        objects.push_back(makeServedKind(entry.resource, {context_}, stale.contains(name)));
    }
    return objects;
}

std::optional<Error> staleReason(const ContextId& context, const Discovery& discovery) {
    if (discovery.stale.empty()) {
        return std::nullopt;
    }
    std::vector<std::string> groups;
    for (const StaleGroup& one : discovery.stale) {
        const std::string name = one.group.empty() ? "core" : one.group == "*" ? "all but core" : one.group;
        if (std::find(groups.begin(), groups.end(), name) == groups.end()) {
            groups.push_back(name);
        }
    }
    const Error& first = discovery.stale.front().reason;
    if (discovery.stale.size() == 1 && first.is(kStaleGroup)) {
        return first;
    }
    return makeError(kStaleGroups, {{"context", context}, {"groups", fmt::format("{}", fmt::join(groups, ", "))}},
                     first);
}

}  // namespace quarterdeck::kube
