#include "ui/pages/table/table_feed.h"

#include <algorithm>

#include "ui/pages/view_scope.h"
#include "ui/tables/resource_table_model.h"

namespace quarterdeck::ui {

namespace {

constexpr int kForgetMillis = 30'000;

}  // namespace

TableFeed::TableFeed(ClusterAccess& access, ViewScope& scope, ResourceTableModel& model, QObject* parent)
    : QObject(parent), access_(access), scope_(scope), model_(model) {
    forget_.setSingleShot(true);
    forget_.setInterval(kForgetMillis);
    connect(&forget_, &QTimer::timeout, this, [this] {
        for (const Source& source : sources_) {
            model_.removeContext(source.id);
        }
        sources_.clear();
    });
    connect(&scope_, &ViewScope::shownChanged, this, &TableFeed::connectShown);
    connect(&access_, &ClusterAccess::closing, this, [this](const QString& id) { drop(id.toStdString()); });
    // A context that was closed and opened at once shows no change of its own.
    connect(&access_, &ClusterAccess::openChanged, this, &TableFeed::connectShown);
}

TableFeed::~TableFeed() = default;

void TableFeed::setActive(bool active) {
    if (active == active_) {
        return;
    }
    active_ = active;
    if (active_) {
        forget_.stop();
        connectShown();
        return;
    }
    for (Source& source : sources_) {
        source.subscription.reset();
    }
    forget_.start();
}

void TableFeed::drop(const kube::ContextId& id) {
    const auto found = std::find_if(sources_.begin(), sources_.end(), [&](const Source& s) { return s.id == id; });
    if (found != sources_.end()) {
        sources_.erase(found);
        model_.removeContext(id);
        emit freshnessChanged();
    }
}

void TableFeed::connectShown() {
    const auto& shown = scope_.shown();
    const auto isShown = [&](const kube::ContextId& id) {
        return std::any_of(shown.begin(), shown.end(), [&](const auto& context) { return context.id == id; });
    };
    std::vector<kube::ContextId> hidden;
    for (const Source& source : sources_) {
        if (!isShown(source.id)) {
            hidden.push_back(source.id);
        }
    }
    for (const kube::ContextId& id : hidden) {
        drop(id);
    }
    if (!active_) {
        return;
    }
    for (const ClusterAccess::OpenContext& context : shown) {
        auto source =
            std::find_if(sources_.begin(), sources_.end(), [&](const Source& s) { return s.id == context.id; });
        if (source != sources_.end() && source->subscription) {
            model_.setContext(context.id, context.production,
                              [this, id = context.id] { return access_.serverNow(id); });
            continue;
        }
        const auto store = access_.store(context.id, *model_.spec().kind);
        if (!store) {
            continue;
        }
        model_.setContext(context.id, context.production, [this, id = context.id] { return access_.serverNow(id); });
        if (source == sources_.end()) {
            source = sources_.insert(sources_.end(), Source{context.id, {}, nullptr});
        }
        source->freshness = store->freshness();
        source->subscription =
            store->subscribe([this, id = context.id](const kube::Batch& batch) { receive(id, batch); });
    }
    emit freshnessChanged();
}

void TableFeed::receive(const kube::ContextId& id, const kube::Batch& batch) {
    const auto source = std::find_if(sources_.begin(), sources_.end(), [&](const Source& s) { return s.id == id; });
    if (source == sources_.end()) {
        return;
    }
    source->freshness = batch.freshness;
    model_.setContextStale(id, batch.freshness.state == kube::FreshnessState::Stale);
    model_.applyBatch(id, batch);
    emit freshnessChanged();
}

std::vector<ContextFreshness> TableFeed::parts() const {
    std::vector<ContextFreshness> parts;
    for (const ClusterAccess::OpenContext& context : scope_.shown()) {
        const auto source =
            std::find_if(sources_.begin(), sources_.end(), [&](const Source& s) { return s.id == context.id; });
        parts.push_back(
            {context.id, source == sources_.end() ? kube::Freshness{} : source->freshness, model_.rowsOf(context.id)});
    }
    return parts;
}

void TableFeed::retry() {
    for (const ClusterAccess::OpenContext& context : scope_.shown()) {
        access_.retry(context.id);
    }
}

}  // namespace quarterdeck::ui
