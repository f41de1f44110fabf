#pragma once

#include <vector>

#include "app/kube/freshness.h"
#include "app/kube/object.h"

namespace quarterdeck::kube {

/// Where a reflector puts what it sees: a store, or one namespace's part of it. One reflector, one thread.
class StoreWriter {
public:
    virtual ~StoreWriter() = default;
    /// Replaces all that this writer's reflector is responsible for.
    virtual void replaceAll(std::vector<ObjectPtr> objects, Freshness freshness) = 0;
    virtual void upsert(ObjectPtr object, Freshness freshness) = 0;
    virtual void remove(const Uid& uid, Freshness freshness) = 0;
    virtual void setFreshness(Freshness freshness) = 0;
    /// As it was set last.
    [[nodiscard]] virtual Freshness freshness() const = 0;
};

}  // namespace quarterdeck::kube
