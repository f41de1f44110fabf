#include "ui/palette/palette_feed.h"

#include <algorithm>

#include "ui/palette/palette_worker.h"

namespace quarterdeck::ui {

namespace {

constexpr int kForgetMillis = 30'000;

}  // namespace

PaletteFeed::PaletteFeed(ClusterAccess& access, PaletteWorker& worker, QObject* parent)
    : QObject(parent), access_(access), worker_(worker) {
    forget_.setSingleShot(true);
    forget_.setInterval(kForgetMillis);
    connect(&forget_, &QTimer::timeout, this, [this] {
        wanted_ = false;
        sources_.clear();
        told_.clear();
        worker_.clear();
    });
    connect(&access_, &ClusterAccess::closing, this, [this](const QString& id) { drop(id.toStdString()); });
    connect(&access_, &ClusterAccess::openChanged, this, &PaletteFeed::connectOpen);
}

PaletteFeed::~PaletteFeed() = default;

void PaletteFeed::setActive(bool active) {
    if (!active) {
        if (wanted_) {
            forget_.start();
        }
        return;
    }
    forget_.stop();
    wanted_ = true;
    connectOpen();
}

void PaletteFeed::drop(const kube::ContextId& context) {
    std::erase_if(sources_, [&](const Source& source) { return source.context == context; });
    if (std::erase(told_, context) > 0) {
        worker_.setContexts(told_);
        emit awaitedChanged();
    }
}

void PaletteFeed::connectOpen() {
    if (!wanted_) {
        return;
    }
    std::vector<kube::ContextId> open;
    for (const ClusterAccess::OpenContext& context : access_.open()) {
        open.push_back(context.id);
    }
    std::erase_if(sources_, [&](const Source& source) {
        return std::find(open.begin(), open.end(), source.context) == open.end();
    });
    if (open != told_) {
        told_ = open;
        worker_.setContexts(open);
    }
    for (const kube::ContextId& id : open) {
        for (const kube::KindDescriptor* kind : paletteKinds()) {
            const bool known = std::any_of(sources_.begin(), sources_.end(), [&](const Source& source) {
                return source.context == id && source.kind == kind;
            });
            const auto store = known ? nullptr : access_.store(id, *kind);
            if (store) {
                sources_.push_back(
                    {id, kind, store->freshness().state == kube::FreshnessState::Loading,
                     store->subscribe([this, id, kind](const kube::Batch& batch) { receive(id, *kind, batch); })});
            }
        }
    }
    emit awaitedChanged();
}

void PaletteFeed::receive(const kube::ContextId& context, const kube::KindDescriptor& kind, const kube::Batch& batch) {
    const auto source = std::find_if(sources_.begin(), sources_.end(),
                                     [&](const Source& one) { return one.context == context && one.kind == &kind; });
    if (source == sources_.end()) {
        return;
    }
    const bool wasLoading = source->loading;
    source->loading = batch.freshness.state == kube::FreshnessState::Loading;
    if (batch.snapshot || !batch.deltas.empty()) {
        worker_.apply(context, kind, batch, wasLoading || batch.snapshot);
    }
    if (source->loading != wasLoading) {
        emit awaitedChanged();
    }
}

std::vector<kube::ContextId> PaletteFeed::awaited() const {
    std::vector<kube::ContextId> contexts;
    for (const Source& source : sources_) {
        if (source.loading && std::find(contexts.begin(), contexts.end(), source.context) == contexts.end()) {
            contexts.push_back(source.context);
        }
    }
    std::sort(contexts.begin(), contexts.end());
    return contexts;
}

}  // namespace quarterdeck::ui
