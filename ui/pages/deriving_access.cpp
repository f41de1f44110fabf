#include "ui/pages/deriving_access.h"

#include "ui/text/error_text.h"

namespace quarterdeck::ui {

DerivingAccess::DerivingAccess(ClusterAccess& inner, const kube::KindDescriptor& kind, Maker maker, QObject* parent)
    : ClusterAccess(parent), inner_(inner), kind_(kind), maker_(std::move(maker)) {
    connect(&inner_, &ClusterAccess::closing, this, [this](const QString& id) {
        derived_.erase(id.toStdString());
        emit closing(id);
    });
    connect(&inner_, &ClusterAccess::openChanged, this, &ClusterAccess::openChanged);
}

void DerivingAccess::setDeriving(bool on) {
    if (on == deriving_) {
        return;
    }
    deriving_ = on;
    derived_.clear();
    for (const OpenContext& context : inner_.open()) {
        emit closing(fromUtf8(context.id));
    }
    emit openChanged();
}

std::shared_ptr<kube::ObjectStore> DerivingAccess::store(const kube::ContextId& id, const kube::KindDescriptor& kind) {
    if (!deriving_ || &kind != &kind_) {
        return inner_.store(id, kind);
    }
    if (auto known = derived_[id].lock()) {
        return known;
    }
    auto made = maker_(inner_, id);
    derived_[id] = made;
    return made;
}

PageServices withAccess(const PageServices& services, ClusterAccess& access) {
    return {services.hub, access, services.scope, services.actions, services.memory};
}

}  // namespace quarterdeck::ui
