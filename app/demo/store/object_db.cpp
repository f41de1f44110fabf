#include "app/demo/store/object_db.h"

#include <algorithm>

namespace quarterdeck::demo {
namespace {

/// Kinds whose generation follows the spec.
bool hasGeneration(const ResourceType& type) {
    return type.hasStatus && !type.group.empty();
}

/// Equality of two states of an object, whatever their resourceVersions.
bool isSameState(const Json& a, const Json& b) {
    if (a.size() != b.size()) {
        return false;
    }
    for (const auto& [key, value] : a.items()) {
        const auto other = b.find(key);
        if (other == b.end()) {
            return false;
        }
        if (key != "metadata") {
            if (*other != value) {
                return false;
            }
            continue;
        }
        const auto counted = [](const Json& metadata) {
            return metadata.size() - (metadata.contains("resourceVersion") ? 1U : 0U);
        };
        if (counted(value) != counted(*other)) {
            return false;
        }
        for (const auto& [name, member] : value.items()) {
            const auto twin = other->find(name);
            if (name != "resourceVersion" && (twin == other->end() || *twin != member)) {
                return false;
            }
        }
    }
    return true;
}

}  // namespace

ObjectPtr ObjectDb::get(const ResourceType& type, const std::string& nameSpace, const std::string& name) const {
    const auto table = tables_.find(&type);
    if (table == tables_.end()) {
        return nullptr;
    }
    const auto found = table->second.find({type.namespaced ? nameSpace : std::string(), name});
    return found == table->second.end() ? nullptr : found->second;
}

std::vector<ObjectPtr> ObjectDb::list(const ResourceType& type, const std::string& nameSpace) const {
    std::vector<ObjectPtr> result;
    const auto table = tables_.find(&type);
    if (table == tables_.end()) {
        return result;
    }
    for (const auto& [key, object] : table->second) {
        if (nameSpace.empty() || key.first == nameSpace) {
            result.push_back(object);
        }
    }
    return result;
}

std::vector<ObjectPtr> ObjectDb::owned(const ResourceType& type, const std::string& ownerUid) const {
    std::vector<ObjectPtr> result;
    if (const auto found = byOwner_.find({&type, ownerUid}); found != byOwner_.end()) {
        for (const auto& [key, object] : found->second) {
            result.push_back(object);
        }
    }
    return result;
}

std::uint64_t ObjectDb::versionOf(const ResourceType& type) const {
    const auto found = versions_.find(&type);
    return found == versions_.end() ? 0 : found->second;
}

void ObjectDb::unlink(const ResourceType& type, const Json& object) {
    const auto index = byOwner_.find({&type, text(controllerRef(object), {"uid"})});
    if (index != byOwner_.end()) {
        index->second.erase({namespaceOf(object), nameOf(object)});
        if (index->second.empty()) {
            byOwner_.erase(index);
        }
    }
}

std::optional<std::vector<ObjectPtr>> ObjectDb::listAt(const ResourceType& type, const std::string& nameSpace,
                                                       std::uint64_t version) const {
    if (version < oldest_ || version > version_) {
        return std::nullopt;
    }
    const auto table = tables_.find(&type);
    Table then = table == tables_.end() ? Table() : table->second;
    for (auto change = history_.rbegin(); change != history_.rend() && change->version > version; ++change) {
        if (change->resource != &type) {
            continue;
        }
        const Key key{namespaceOf(*change->object), nameOf(*change->object)};
        if (change->previous) {
            then[key] = change->previous;
        } else {
            then.erase(key);
        }
    }
    std::vector<ObjectPtr> result;
    for (const auto& [key, object] : then) {
        if (nameSpace.empty() || key.first == nameSpace) {
            result.push_back(object);
        }
    }
    return result;
}

Json ObjectDb::complete(const ResourceType& type, Json object, Instant now) {
    object["apiVersion"] = type.apiVersion();
    object["kind"] = type.kind;
    Json& metadata = object["metadata"];
    if (type.namespaced) {
        if (namespaceOf(object).empty()) {
            metadata["namespace"] = "default";
        }
    } else {
        metadata.erase("namespace");
    }
    if (nameOf(object).empty()) {
        metadata["name"] = text(object, {"metadata", "generateName"}) + random_.suffix();
    }
    metadata.erase("managedFields");
    const ObjectPtr before = get(type, namespaceOf(object), nameOf(object));
    if (before) {
        metadata["uid"] = uidOf(*before);
        metadata["creationTimestamp"] = text(*before, {"metadata", "creationTimestamp"});
    } else {
        if (uidOf(object).empty()) {
            metadata["uid"] = random_.uuid();
        }
        if (text(object, {"metadata", "creationTimestamp"}).empty()) {
            metadata["creationTimestamp"] = stamp(now);
        }
    }
    if (hasGeneration(type)) {
        if (!before) {
            metadata["generation"] = std::max(1L, number(object, {"metadata", "generation"}));
        } else {
            const bool moved = at(*before, {"spec"}) != at(object, {"spec"});
            metadata["generation"] = number(*before, {"metadata", "generation"}, 1) + (moved ? 1 : 0);
        }
    }
    metadata["resourceVersion"] = std::to_string(version_ + 1);
    return object;
}

ObjectPtr ObjectDb::put(const ResourceType& type, Json object, Instant now) {
    if (ObjectPtr known = get(type, namespaceOf(object), nameOf(object)); known && isSameState(*known, object)) {
        return known;
    }
    Json completed = complete(type, std::move(object), now);
    ObjectPtr before = get(type, namespaceOf(completed), nameOf(completed));
    if (before && isSameState(*before, completed)) {
        return before;
    }
    auto stored = std::make_shared<const Json>(std::move(completed));
    const Key key{namespaceOf(*stored), nameOf(*stored)};
    tables_[&type][key] = stored;
    if (before) {
        unlink(type, *before);
    }
    if (const std::string owner = text(controllerRef(*stored), {"uid"}); !owner.empty()) {
        byOwner_[{&type, owner}][key] = stored;
    }
    record({version_ + 1, before ? Change::Type::Modified : Change::Type::Added, &type, stored, before});
    return stored;
}

ObjectPtr ObjectDb::remove(const ResourceType& type, const std::string& nameSpace, const std::string& name) {
    const ObjectPtr before = get(type, nameSpace, name);
    if (!before) {
        return nullptr;
    }
    Json last = *before;
    last["metadata"]["resourceVersion"] = std::to_string(version_ + 1);
    auto gone = std::make_shared<const Json>(std::move(last));
    unlink(type, *before);
    if (type.plural != "events") {
        lastDeletion_ = version_ + 1;
    }
    tables_[&type].erase({type.namespaced ? nameSpace : std::string(), name});
    record({version_ + 1, Change::Type::Deleted, &type, gone, before});
    return gone;
}

std::vector<Change> ObjectDb::changesAfter(std::uint64_t version, const ResourceType& type) const {
    std::vector<Change> result;
    auto first = std::partition_point(history_.begin(), history_.end(),
                                      [&](const Change& change) { return change.version <= version; });
    std::copy_if(first, history_.end(), std::back_inserter(result),
                 [&](const Change& change) { return change.resource == &type; });
    return result;
}

void ObjectDb::forgetHistory() {
    history_.clear();
    oldest_ = ++version_;
}

void ObjectDb::clear() {
    tables_.clear();
    byOwner_.clear();
    versions_.clear();
    version_ += 1000;
    forgetHistory();
}

void ObjectDb::record(Change change) {
    version_ = change.version;
    versions_[change.resource] = change.version;
    history_.push_back(std::move(change));
    if (history_.size() > kHistory) {
        oldest_ = history_.front().version;
        history_.pop_front();
    }
}

}  // namespace quarterdeck::demo
