#pragma once

#include "app/kube/object_store.h"

namespace quarterdeck::ui {

/// What a store that is made from another begins with. Rows that the other has are on their way: Loading until then,
/// so that nobody sees an empty table first.
inline kube::Freshness firstFreshness(const kube::ObjectStore& source) {
    kube::Freshness first = source.freshness();
    if (first.state == kube::FreshnessState::Live) {
        first.state = kube::FreshnessState::Loading;
    }
    return first;
}

/// Writes a batch of objects that were made from others into the store that offers them. Removals are explicit: a
/// snapshot's deltas name what went away.
inline void writeBatch(kube::ObjectStore& store, kube::Batch batch) {
    if (batch.snapshot && store.size() == 0) {
        std::vector<kube::ObjectPtr> objects;
        objects.reserve(batch.deltas.size());
        for (kube::Delta& delta : batch.deltas) {
            if (delta.object) {
                objects.push_back(std::move(delta.object));
            }
        }
        store.replaceAll(std::move(objects), batch.freshness);
        return;
    }
    for (kube::Delta& delta : batch.deltas) {
        delta.object ? store.upsert(std::move(delta.object), batch.freshness)
                     : store.remove(delta.uid, batch.freshness);
    }
    if (batch.deltas.empty()) {
        store.setFreshness(batch.freshness);
    }
}

}  // namespace quarterdeck::ui
