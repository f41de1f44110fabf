#include "ui/windows/rail_badges.h"

#include <algorithm>
#include <array>

#include <QCoreApplication>

#include "app/kinds/node.h"
#include "app/kinds/pod.h"
#include "app/session/cluster_session.h"
#include "app/session/session_hub.h"
#include "ui/pages/cluster_access.h"
#include "ui/pages/page_catalog.h"
#include "ui/pages/view_scope.h"
#include "widgets/navigation_rail.h"

namespace quarterdeck::ui {

using widgets::Tone;

namespace {

constexpr int kMostShown = 999;
constexpr const char* kPods = "pods";
constexpr const char* kNodes = "nodes";

struct Counted {
    const char* page;
    const kube::KindDescriptor* kind;
};

std::array<Counted, 2> counted() {
    return {{{kPods, &kinds::podKind()}, {kNodes, &kinds::nodeKind()}}};
}

widgets::BadgeData badgeOf(int count, Tone tone) {
    if (count == 0) {
        return {};
    }
    return {count > kMostShown ? QString::number(kMostShown) + QLatin1Char('+') : QString::number(count), tone,
            QCoreApplication::translate("RailBadges", "%n need attention", nullptr, count)};
}

bool isKnown(const kube::Freshness& freshness) {
    using kube::FreshnessState;
    return freshness.state == FreshnessState::Live || freshness.state == FreshnessState::Empty ||
           freshness.state == FreshnessState::Stale;
}

}  // namespace

RailBadges::RailBadges(session::SessionHub& hub, ClusterAccess& access, ViewScope& scope, widgets::NavigationRail& rail,
                       QObject* parent)
    : QObject(parent), hub_(hub), access_(access), scope_(scope), rail_(rail) {
    connect(&access_, &ClusterAccess::closing, this, [this](const QString& id) {
        std::erase_if(sources_, [&](const Source& source) { return source.context == id.toStdString(); });
        show();
    });
    connect(&access_, &ClusterAccess::openChanged, this, &RailBadges::look);
    connect(&scope_, &ViewScope::shownChanged, this, &RailBadges::show);
    connect(&scope_, &ViewScope::namespacesChanged, this, &RailBadges::show);
    look();
}

RailBadges::~RailBadges() = default;

void RailBadges::look() {
    std::erase_if(sources_, [](const Source& source) { return source.subscription->ended(); });
    for (const ClusterAccess::OpenContext& context : access_.open()) {
        for (const Counted& one : counted()) {
            const bool followed = std::any_of(sources_.begin(), sources_.end(), [&](const Source& source) {
                return source.context == context.id && source.page == one.page;
            });
            const auto store = followed ? nullptr : access_.fedStore(context.id, *one.kind);
            if (store) {
                sources_.push_back({context.id,
                                    one.page,
                                    {},
                                    false,
                                    store->follow([this, id = context.id, page = one.page](const auto& batch) {
                                        take(id, page, batch);
                                    })});
            }
        }
    }
    show();
}

void RailBadges::take(const kube::ContextId& context, const char* page, const kube::Batch& batch) {
    const auto source = std::find_if(sources_.begin(), sources_.end(),
                                     [&](const Source& one) { return one.context == context && one.page == page; });
    if (source == sources_.end()) {
        return;
    }
    source->known = isKnown(batch.freshness);
    if (batch.snapshot) {
        source->critical.clear();
    }
    for (const kube::Delta& delta : batch.deltas) {
        if (delta.object != nullptr && delta.object->health == kube::Health::Critical) {
            source->critical.insert_or_assign(delta.uid, std::string(delta.object->meta.nameSpace));
        } else {
            source->critical.erase(delta.uid);
        }
    }
    show();
}

int RailBadges::countOn(const char* page) const {
    const auto& shown = scope_.shown();
    const auto& namespaces = scope_.namespaces();
    std::ptrdiff_t count = 0;
    for (const Source& source : sources_) {
        if (source.page != page || !source.known || std::none_of(shown.begin(), shown.end(), [&](const auto& context) {
                return context.id == source.context;
            })) {
            continue;
        }
        count += std::count_if(source.critical.begin(), source.critical.end(), [&](const auto& one) {
            return namespaces.empty() || one.second.empty() ||
                   std::find(namespaces.begin(), namespaces.end(), one.second) != namespaces.end();
        });
    }
    return static_cast<int>(count);
}

void RailBadges::show() {
    for (const Counted& one : counted()) {
        const widgets::BadgeData badge = badgeOf(countOn(one.page), Tone::Critical);
        rail_.setBadge(QString::fromUtf8(one.page), badge);
        // Alone in its section, what it counts is what the section counts.
        rail_.setBadge(QString::fromUtf8(findPage(one.page)->section), badge);
    }
    showContexts();
}

void RailBadges::showContexts() {
    int unreachable = 0;
    int signedOut = 0;
    for (const session::ClusterSession* session : hub_.sessions()) {
        unreachable += session->status().state == session::ConnectionState::Unreachable ? 1 : 0;
        signedOut += session->status().state == session::ConnectionState::SignedOut ? 1 : 0;
    }
    rail_.setBadge(QStringLiteral("fleet"),
                   badgeOf(unreachable + signedOut, unreachable > 0 ? Tone::Critical : Tone::Warning));
}

}  // namespace quarterdeck::ui
