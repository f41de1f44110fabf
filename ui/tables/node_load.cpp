#include "ui/tables/node_load.h"

#include "app/kinds/pod.h"
#include "app/kinds/pod_requests.h"
#include "ui/tables/derived_batch.h"
#include "ui/tables/derived_store.h"

namespace quarterdeck::ui {

std::set<std::string> NodeLoads::apply(const kube::Batch& pods) {
    std::set<std::string> changed;
    if (pods.snapshot) {
        for (const auto& [node, load] : loads_) {
            changed.insert(node);
        }
        shares_.clear();
        loads_.clear();
    }
    for (const kube::Delta& delta : pods.deltas) {
        Share next;
        if (delta.object) {
            const auto& pod = static_cast<const kinds::Pod&>(*delta.object);
            if (kinds::holdsRequests(pod)) {
                const kinds::PodRequests requests = kinds::requestsOf(pod);
                next = {pod.node.str(), {requests.cpuMilli, requests.memory, 1}};
            }
        }
        const auto known = shares_.find(delta.uid);
        if (known != shares_.end()) {
            if (known->second == next) {
                continue;
            }
            add(known->second, -1);
            changed.insert(known->second.node);
            shares_.erase(known);
        }
        if (!next.node.empty()) {
            add(next, 1);
            changed.insert(next.node);
            shares_.emplace(delta.uid, std::move(next));
        }
    }
    return changed;
}

void NodeLoads::add(const Share& share, int sign) {
    kinds::NodeLoad& load = loads_[share.node];
    load.cpuMilli += sign * share.load.cpuMilli;
    load.memory += sign * share.load.memory;
    load.pods += sign * share.load.pods;
    if (load.pods == 0) {
        loads_.erase(share.node);
    }
}

kinds::NodeLoad NodeLoads::of(const std::string& node) const {
    const auto found = loads_.find(node);
    return found == loads_.end() ? kinds::NodeLoad{} : found->second;
}

std::shared_ptr<LoadedNodeStore> LoadedNodeStore::over(const std::shared_ptr<kube::ObjectStore>& nodes,
                                                       const std::shared_ptr<kube::ObjectStore>& pods) {
    auto store = makeDerivedStore<LoadedNodeStore>();
    LoadedNodeStore* self = store.get();
    self->setFreshness(firstFreshness(*nodes));
    self->nodeSource_ = nodes->subscribe([self](const kube::Batch& batch) { self->takeNodes(batch); });
    self->podSource_ = pods->subscribe([self](const kube::Batch& batch) { self->takePods(batch); });
    return store;
}

kube::ObjectPtr LoadedNodeStore::withLoad(const NodePtr& node) const {
    if (!podsKnown_) {
        return node;
    }
    auto loaded = std::make_shared<kinds::Node>(*node);
    loaded->load = std::make_shared<const kinds::NodeLoad>(loads_.of(node->meta.name));
    return loaded;
}

void LoadedNodeStore::takeNodes(const kube::Batch& batch) {
    kube::Batch changes{batch.snapshot, {}, batch.freshness};
    if (batch.snapshot) {
        for (const auto& [uid, node] : nodes_) {
            changes.deltas.push_back({uid, nullptr});
        }
        nodes_.clear();
    }
    for (const kube::Delta& delta : batch.deltas) {
        if (!delta.object) {
            nodes_.erase(delta.uid);
            changes.deltas.push_back({delta.uid, nullptr});
            continue;
        }
        const auto node = std::static_pointer_cast<const kinds::Node>(delta.object);
        nodes_.insert_or_assign(delta.uid, node);
        changes.deltas.push_back({delta.uid, withLoad(node)});
    }
    writeBatch(*this, std::move(changes));
}

void LoadedNodeStore::takePods(const kube::Batch& batch) {
    using kube::FreshnessState;
    const std::set<std::string> changed = loads_.apply(batch);
    const FreshnessState state = batch.freshness.state;
    const bool known =
        state == FreshnessState::Live || state == FreshnessState::Empty || state == FreshnessState::Stale;
    const bool all = known != podsKnown_;
    podsKnown_ = known;
    const kube::Freshness own = freshness();
    for (const auto& [uid, node] : nodes_) {
        if (all || changed.contains(node->meta.name)) {
            upsert(withLoad(node), own);
        }
    }
}

}  // namespace quarterdeck::ui
