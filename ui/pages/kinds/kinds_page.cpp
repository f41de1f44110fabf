#include "ui/pages/kinds/kinds_page.h"

#include "ui/pages/kinds/kind_place.h"
#include "ui/pages/view_scope.h"
#include "ui/tables/table_specs.h"
#include "ui/text/error_text.h"

namespace quarterdeck::ui {

KindsPage* KindsPage::make(const PageServices& services, QWidget* parent) {
    auto* page = new KindsPage(new DerivingAccess(services.access, kube::servedKinds(),
                                                  [](ClusterAccess&, const kube::ContextId&) {
                                                      return std::make_shared<kube::ObjectStore>();
                                                  }),
                               services, parent);
    return page;
}

KindsPage::KindsPage(DerivingAccess* merging, const PageServices& services, QWidget* parent)
    : TablePage(servedKindTable(), withAccess(services, *merging), parent),
      merging_(*merging),
      scope_(services.scope),
      watch_(new KindsWatch(services.access, this)) {
    merging->setParent(this);
    connect(watch_, &KindsWatch::changed, this, &KindsPage::merge);
    connect(&scope_, &ViewScope::shownChanged, this, &KindsPage::watchShown);
    openRowsBy([this](const QString& key) { return open(key); });
}

void KindsPage::showEvent(QShowEvent* event) {
    watching_ = true;
    TablePage::showEvent(event);
    watchShown();
}

void KindsPage::hideEvent(QHideEvent* event) {
    watching_ = false;
    watch_->watch({});
    TablePage::hideEvent(event);
}

void KindsPage::watchShown() {
    if (!watching_) {
        return;
    }
    std::vector<kube::ContextId> shown;
    for (const ClusterAccess::OpenContext& context : scope_.shown()) {
        shown.push_back(context.id);
    }
    watch_->watch(shown);
    merge();
}

void KindsPage::merge() {
    if (!watching_) {
        return;
    }
    std::map<kube::ContextId, std::vector<kube::ObjectPtr>> byContext;
    for (const KindsWatch::Kind& kind : watch_->merged()) {
        byContext[kind->contexts.front()].push_back(kind);
    }
    for (const kube::ContextId& context : watch_->contexts()) {
        const kube::Freshness freshness = watch_->freshness(context);
        const auto store = merging_.store(context, kube::servedKinds());
        if (freshness.state == kube::FreshnessState::Loading && store->size() > 0) {
            continue;  // seen before: it stays until the new is there
        }
        store->replaceAll(std::move(byContext[context]), freshness);
    }
}

bool KindsPage::open(const QString& key) {
    const auto object = std::static_pointer_cast<const kube::ServedKind>(model().objectOf(key));
    if (!object || !object->resource.isListable()) {
        return false;  // the drawer says why
    }
    Location place = placeOfKind(object->meta.name);
    place.contexts = scope_.contexts();
    place.namespaces = scope_.namespaces();
    emit goRequested(place);
    return true;
}

}  // namespace quarterdeck::ui
