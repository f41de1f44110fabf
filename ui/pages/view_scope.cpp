#include "ui/pages/view_scope.h"

#include <algorithm>
#include <utility>

namespace quarterdeck::ui {

ViewScope::ViewScope(ClusterAccess& access, QObject* parent) : QObject(parent), access_(access) {
    connect(&access_, &ClusterAccess::openChanged, this, &ViewScope::refresh);
    refresh();
}

void ViewScope::refresh() {
    std::vector<ClusterAccess::OpenContext> shown = access_.open();
    if (!contexts_.empty()) {
        std::erase_if(shown, [this](const ClusterAccess::OpenContext& context) {
            return std::find(contexts_.begin(), contexts_.end(), context.id) == contexts_.end();
        });
    }
    if (shown != shown_) {
        shown_ = std::move(shown);
        seek();
        emit shownChanged();
    }
}

void ViewScope::seek() {
    for (const ClusterAccess::OpenContext& context : shown_) {
        access_.seekNamespaces(context.id, namespaces_);
    }
}

void ViewScope::setContexts(std::vector<std::string> contexts) {
    contexts_ = std::move(contexts);
    refresh();
}

void ViewScope::setNamespaces(std::vector<std::string> namespaces) {
    if (namespaces != namespaces_) {
        namespaces_ = std::move(namespaces);
        seek();
        emit namespacesChanged();
    }
}

void ViewScope::setAwaited(const QString& awaited) {
    if (awaited != awaited_) {
        awaited_ = awaited;
        emit awaitedChanged();
    }
}

void ViewScope::setRange(const std::optional<TimeRange>& range) {
    if (std::exchange(range_, range) != range) {
        emit rangeChanged();
    }
}

void ViewScope::setZone(ZoneChoice zone) {
    if (std::exchange(zone_, zone) != zone) {
        emit zoneChanged();
    }
}

}  // namespace quarterdeck::ui
