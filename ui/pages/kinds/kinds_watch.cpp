#include "ui/pages/kinds/kinds_watch.h"

#include <algorithm>

namespace quarterdeck::ui {

namespace {

/// A live table is more than one that is read now and then, and that is more than none.
int openness(const kube::ServedKind& kind) {
    return kind.resource.isWatchable() ? 2 : kind.resource.isListable() ? 1 : 0;
}

}  // namespace

KindsWatch::KindsWatch(ClusterAccess& access, QObject* parent) : QObject(parent), access_(access) {
    connect(&access_, &ClusterAccess::closing, this, [this](const QString& id) {
        if (std::erase_if(parts_, [&](const Part& part) { return part.id == id.toStdString(); }) > 0) {
            emit changed();
        }
    });
    connect(&access_, &ClusterAccess::openChanged, this, &KindsWatch::connectWanted);
}

KindsWatch::~KindsWatch() = default;

void KindsWatch::watch(std::vector<kube::ContextId> contexts) {
    wanted_ = std::move(contexts);
    connectWanted();
}

void KindsWatch::connectWanted() {
    const auto open = access_.open();
    std::vector<Part> parts;
    bool differs = false;
    for (const kube::ContextId& id : wanted_) {
        const auto known = std::find_if(parts_.begin(), parts_.end(), [&](const Part& one) { return one.id == id; });
        if (known != parts_.end()) {
            parts.push_back(std::move(*known));
            continue;
        }
        const bool isOpen = std::any_of(open.begin(), open.end(), [&](const auto& one) { return one.id == id; });
        const auto store = isOpen ? access_.store(id, kube::servedKinds()) : nullptr;
        if (store) {
            differs = true;
            parts.push_back({id, store->freshness(), {}, store->subscribe([this, id](const kube::Batch& batch) {
                                 receive(id, batch);
                             })});
            if (parts.back().freshness.state == kube::FreshnessState::Live) {
                parts.back().freshness.state = kube::FreshnessState::Loading;  // its kinds are on their way
            }
        }
    }
    differs = differs || parts.size() != parts_.size();
    parts_ = std::move(parts);
    if (differs) {
        emit changed();
    }
}

void KindsWatch::receive(const kube::ContextId& context, const kube::Batch& batch) {
    const auto part = std::find_if(parts_.begin(), parts_.end(), [&](const Part& one) { return one.id == context; });
    if (part == parts_.end()) {
        return;
    }
    part->freshness = batch.freshness;
    if (batch.snapshot) {
        part->kinds.clear();
    }
    for (const kube::Delta& delta : batch.deltas) {
        if (delta.object) {
            part->kinds.insert_or_assign(delta.uid, std::static_pointer_cast<const kube::ServedKind>(delta.object));
        } else {
            part->kinds.erase(delta.uid);
        }
    }
    emit changed();
}

const KindsWatch::Part* KindsWatch::part(const kube::ContextId& context) const {
    const auto found = std::find_if(parts_.begin(), parts_.end(), [&](const Part& one) { return one.id == context; });
    return found == parts_.end() ? nullptr : &*found;
}

std::vector<kube::ContextId> KindsWatch::contexts() const {
    std::vector<kube::ContextId> ids;
    ids.reserve(parts_.size());
    for (const Part& one : parts_) {
        ids.push_back(one.id);
    }
    return ids;
}

kube::Freshness KindsWatch::freshness(const kube::ContextId& context) const {
    const Part* found = part(context);
    return found == nullptr ? kube::Freshness{} : found->freshness;
}

KindsWatch::Kind KindsWatch::find(const kube::ContextId& context, const std::string& name) const {
    const Part* found = part(context);
    const auto kind = found == nullptr ? decltype(found->kinds.end()){} : found->kinds.find(name);
    return found == nullptr || kind == found->kinds.end() ? nullptr : kind->second;
}

std::vector<KindsWatch::Kind> KindsWatch::merged() const {
    struct Sum {
        Kind first;
        std::vector<kube::ContextId> contexts;
        bool stale = false;
    };
    std::map<std::string, Sum> sums;
    for (const Part& one : parts_) {
        for (const auto& [name, kind] : one.kinds) {
            Sum& sum = sums[name];
            // What can be opened somewhere is told as what can be opened.
            if (!sum.first || openness(*sum.first) < openness(*kind)) {
                sum.first = kind;
            }
            sum.contexts.push_back(one.id);
            sum.stale = sum.stale || kind->stale;
        }
    }
    std::vector<Kind> all;
    all.reserve(sums.size());
    for (auto& [name, sum] : sums) {
        all.push_back(kube::makeServedKind(sum.first->resource, std::move(sum.contexts), sum.stale));
    }
    return all;
}

}  // namespace quarterdeck::ui
