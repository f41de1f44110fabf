#include "ui/pages/kinds/serving_access.h"

#include "app/kinds/table_kind.h"
#include "ui/text/error_text.h"

namespace quarterdeck::ui {

namespace {

bool sameServing(const ServingAccess::Serving& left, const ServingAccess::Serving& right) {
    // What a context without the kind says of itself may change without the rows changing.
    return left.type == right.type && left.watched == right.watched &&
           (left.type || left.freshness.state == right.freshness.state);
}

}  // namespace

ServingAccess::ServingAccess(ClusterAccess& inner, QObject* parent) : ClusterAccess(parent), inner_(inner) {
    connect(&inner_, &ClusterAccess::closing, this, &ClusterAccess::closing);
    connect(&inner_, &ClusterAccess::openChanged, this, &ClusterAccess::openChanged);
}

void ServingAccess::setServings(Servings servings) {
    Servings before = std::exchange(servings_, std::move(servings));
    bool differs = false;
    for (const auto& [id, serving] : before) {
        const auto now = servings_.find(id);
        if (now == servings_.end() || !sameServing(serving, now->second)) {
            differs = true;
            emit closing(fromUtf8(id));
        }
    }
    if (differs || before.size() != servings_.size()) {
        emit openChanged();
    }
}

std::shared_ptr<kube::ObjectStore> ServingAccess::store(const kube::ContextId& id, const kube::KindDescriptor& kind) {
    if (!kind.isTable()) {
        return inner_.store(id, kind);
    }
    const auto serving = servings_.find(id);
    if (serving == servings_.end()) {
        return nullptr;
    }
    if (serving->second.type) {
        return inner_.store(id, kinds::tableKind(*serving->second.type, serving->second.watched));
    }
    auto empty = std::make_shared<kube::ObjectStore>();
    empty->setFreshness(serving->second.freshness);
    return empty;
}

kube::ResourceType ServingAccess::typeAt(const kube::ContextId& id, const kube::KindDescriptor& kind) const {
    const auto serving = servings_.find(id);
    return kind.isTable() && serving != servings_.end() && serving->second.type ? *serving->second.type : kind.type;
}

}  // namespace quarterdeck::ui
