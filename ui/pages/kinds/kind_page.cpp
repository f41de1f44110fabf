#include "ui/pages/kinds/kind_page.h"

#include <utility>

#include <QStackedLayout>

#include "app/kinds/table_kind.h"
#include "ui/pages/deriving_access.h"
#include "ui/pages/kinds/kind_place.h"
#include "ui/pages/kinds/serving_access.h"
#include "ui/pages/table/table_page.h"
#include "ui/pages/table/table_words.h"
#include "ui/pages/view_scope.h"
#include "ui/text/error_text.h"
#include "widgets/state_panel.h"

namespace quarterdeck::ui {

using kube::FreshnessState;

KindPage::KindPage(const PageServices& services, QWidget* parent)
    : Page(parent),
      services_(services),
      watch_(new KindsWatch(services.access, this)),
      access_(new ServingAccess(services.access, this)),
      stack_(new QStackedLayout(this)),
      panel_(new widgets::StatePanel(this)) {
    setObjectName(QStringLiteral("page.kind"));
    setAccessibleName(tr("Objects of one kind"));
    panel_->setObjectName(QStringLiteral("page.kind.panel"));
    stack_->setContentsMargins(0, 0, 0, 0);
    stack_->addWidget(panel_);
    connect(panel_, &widgets::StatePanel::actionTriggered, this, [this] {
        if (panelAction_) {
            panelAction_();
        }
    });
    connect(watch_, &KindsWatch::changed, this, &KindPage::refresh);
    connect(&services_.scope, &ViewScope::shownChanged, this, &KindPage::watchShown);
    connect(&services_.scope, &ViewScope::awaitedChanged, this, &KindPage::refresh);
}

KindPage::~KindPage() {
    delete table_;  // before the spec that it refers to
}

std::string KindPage::id() const {
    return kKindPage;
}

QString KindPage::title() const {
    return lastType_ ? kindTitle(pluralTitle(*lastType_)) : fromUtf8(escapeForDisplay(resource_, 253));
}

std::vector<ContextFreshness> KindPage::freshness() const {
    if (table_ != nullptr) {
        return table_->freshness();
    }
    std::vector<ContextFreshness> parts;
    for (const ClusterAccess::OpenContext& context : services_.scope.shown()) {
        kube::Freshness freshness = watch_->freshness(context.id);
        if (freshness.state == FreshnessState::Live && sources_.contains(context.id)) {
            freshness.state = FreshnessState::Loading;
        } else if (freshness.state == FreshnessState::Live) {  // it answers, but has no such kind
            freshness.state = FreshnessState::Failed;
            freshness.reason = makeError(kKindNotServed, {{"context", context.id}, {"resource", resource_}});
        }
        parts.push_back({context.id, freshness, 0});
    }
    return parts;
}

int KindPage::rows() const {
    return table_ == nullptr ? 0 : table_->rows();
}

bool KindPage::isSettled() const {
    return table_ == nullptr || table_->isSettled();
}

QAction* KindPage::primaryAction() const {
    return table_ == nullptr ? nullptr : table_->primaryAction();
}

std::vector<PageKey> KindPage::keys() const {
    return table_ == nullptr ? std::vector<PageKey>() : table_->keys();
}

void KindPage::visit(const Location& location) {
    if (location.resource != resource_) {
        dropTable();
        sources_.clear();
        columns_.clear();
        shownColumns_.clear();
        lastType_.reset();
        wasServed_ = false;
        resource_ = location.resource;
        access_->setServings({});
    }
    wanted_ = location;
    if (table_ != nullptr) {
        table_->visit(location);
    }
    watchShown();
}

void KindPage::describe(Location& location) const {
    location.resource = resource_;
    if (table_ != nullptr) {
        table_->describe(location);
        return;
    }
    location.filter = wanted_.filter;
    location.sort = wanted_.sort;
    location.object = wanted_.object;
}

void KindPage::focusContent() {
    if (table_ != nullptr) {
        table_->focusContent();
    } else {
        setFocus(Qt::OtherFocusReason);
    }
}

void KindPage::focusFilter() {
    if (table_ != nullptr) {
        table_->focusFilter();
    }
}

void KindPage::copy() {
    if (table_ != nullptr) {
        table_->copy();
    }
}

void KindPage::copyName() {
    if (table_ != nullptr) {
        table_->copyName();
    }
}

void KindPage::exportCsv() {
    if (table_ != nullptr) {
        table_->exportCsv();
    }
}

void KindPage::toggleFaults() {
    if (table_ != nullptr && kind_->spec.hasHealth) {
        table_->toggleFaults();
    }
}

void KindPage::retry() {
    for (const ClusterAccess::OpenContext& context : services_.scope.shown()) {
        services_.access.retry(context.id);
    }
}

void KindPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    active_ = true;
    watchShown();
}

void KindPage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    active_ = false;
    sources_.clear();
    watch_->watch({});
}

void KindPage::watchShown() {
    if (!active_ || resource_.empty()) {
        return;
    }
    std::vector<kube::ContextId> shown;
    for (const ClusterAccess::OpenContext& context : services_.scope.shown()) {
        shown.push_back(context.id);
    }
    watch_->watch(std::move(shown));
    refresh();
}

std::optional<kube::ResourceType> KindPage::firstType() const {
    for (const kube::ContextId& context : watch_->contexts()) {
        const KindsWatch::Kind kind = watch_->find(context, resource_);
        if (kind && kind->resource.isListable()) {
            return kind->resource.type;
        }
    }
    return std::nullopt;
}

void KindPage::refresh() {
    if (!active_ || resource_.empty()) {
        return;
    }
    ServingAccess::Servings servings;
    std::vector<kube::ContextId> returned;
    bool awaited = false;
    for (const kube::ContextId& context : watch_->contexts()) {
        const KindsWatch::Kind kind = watch_->find(context, resource_);
        ServingAccess::Serving serving{std::nullopt, true, watch_->freshness(context)};
        awaited = awaited || serving.freshness.state == FreshnessState::Loading;
        if (kind && kind->resource.isListable()) {
            serving.type = kind->resource.type;
            serving.watched = kind->resource.isWatchable();
            const auto before = access_->servings().find(context);
            if (before != access_->servings().end() && !before->second.type &&
                before->second.freshness.state != FreshnessState::Loading) {
                returned.push_back(context);
            }
        } else if (serving.freshness.state == FreshnessState::Live) {
            serving.freshness.reason.reset();  // what other groups lack is not about this kind
        }
        servings.emplace(context, std::move(serving));
    }
    const auto type = firstType();
    if (!type && awaited && wasServed_) {
        return;  // contexts come back one after another: what is shown stays until they have spoken
    }
    access_->setServings(std::move(servings));
    connectSources();
    for (const kube::ContextId& context : returned) {
        services_.access.retry(context);  // who asked for the kind while it was away waits a minute
    }
    if (!type) {
        dropTable();
        showWhy();
    } else {
        wasServed_ = true;
        lastType_ = type;
        makeTable();
    }
    emit stateChanged();
}

void KindPage::connectSources() {
    std::erase_if(sources_, [this](const auto& entry) {
        const auto serving = access_->servings().find(entry.first);
        return serving == access_->servings().end() || serving->second.type != entry.second.type ||
               serving->second.watched != entry.second.watched;
    });
    for (const auto& [context, serving] : access_->servings()) {
        if (!serving.type || sources_.contains(context)) {
            continue;
        }
        const auto store = services_.access.store(context, kinds::tableKind(*serving.type, serving.watched));
        if (!store) {
            continue;
        }
        Source& source = sources_[context];
        source.type = *serving.type;
        source.watched = serving.watched;
        source.subscription = store->subscribe([this, context = context](const kube::Batch& batch) {
            Source& mine = sources_.at(context);
            const bool heard = std::exchange(mine.heard, batch.freshness.state != FreshnessState::Loading);
            auto& columns = columns_[context];
            const auto before = columns;
            for (const kube::Delta& delta : batch.deltas) {
                if (delta.object) {
                    columns = static_cast<const kube::TableRow&>(*delta.object).columns;
                }
            }
            if (mine.heard != heard || columns != before) {
                makeTable();
            }
        });
    }
}

void KindPage::dropTable() {
    if (table_ == nullptr) {
        return;
    }
    const QWidget* focus = window()->focusWidget();
    if (focus != nullptr && table_->isAncestorOf(focus)) {
        setFocus(Qt::OtherFocusReason);  // kept for the table that follows
    }
    wanted_ = {};
    table_->describe(wanted_);
    stack_->removeWidget(table_);
    delete std::exchange(table_, nullptr);
    kind_.reset();
}

void KindPage::makeTable() {
    if (!lastType_) {
        return;
    }
    ColumnSet sets;
    bool heard = false;
    for (const auto& [context, source] : sources_) {
        heard = heard || source.heard;
        const auto columns = columns_.find(context);
        if (columns != columns_.end() && columns->second) {
            sets.push_back(columns->second);
        }
    }
    const kube::TableColumns columns = unionOf(sets);
    if (!heard && table_ == nullptr) {
        panelText_ = tr("Waiting for %1 …").arg(title());
        panelAction_ = nullptr;
        panel_->showLoading({}, panelText_);
        stack_->setCurrentWidget(panel_);
        return;
    }
    const bool same = table_ != nullptr && kind_->kind.type.namespaced == lastType_->namespaced &&
                      kind_->kind.type.kind == lastType_->kind && (columns == shownColumns_ || columns.empty());
    if (same) {
        return;
    }
    const QWidget* focus = window()->focusWidget();
    const bool focused = focus != nullptr && (focus == this || isAncestorOf(focus));
    dropTable();
    kind_ = makeKindTable(*lastType_, sets);
    shownColumns_ = columns;
    table_ = new TablePage(kind_->spec, withAccess(services_, *access_), this);
    connect(table_, &Page::stateChanged, this, &Page::stateChanged);
    connect(table_, &Page::done, this, &Page::done);
    connect(table_, &Page::placeEdited, this, &Page::placeEdited);
    connect(table_, &Page::goRequested, this, [this](Location place) {
        if (place.page == kind_->spec.id) {  // it does not know that it is a part of this page
            place.page = kKindPage;
            place.resource = resource_;
        }
        emit goRequested(place);
    });
    stack_->addWidget(table_);
    table_->visit(wanted_);
    stack_->setCurrentWidget(table_);
    panelText_.clear();
    if (focused) {
        table_->focusContent();
    }
    emit stateChanged();
}

}  // namespace quarterdeck::ui
