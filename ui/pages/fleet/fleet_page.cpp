#include "ui/pages/fleet/fleet_page.h"

#include <algorithm>
#include <utility>

#include <QGridLayout>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "app/kinds/event.h"
#include "app/kinds/node.h"
#include "app/kinds/pod.h"
#include "app/session/cluster_session.h"
#include "app/session/session_hub.h"
#include "ui/pages/cluster_access.h"
#include "ui/pages/fleet/context_card.h"
#include "ui/pages/fleet/idle_card.h"
#include "ui/pages/fleet/idle_state.h"
#include "ui/pages/view_scope.h"
#include "ui/text/error_text.h"
#include "widgets/banner.h"
#include "widgets/label.h"
#include "widgets/state_panel.h"
#include "widgets/style.h"

namespace quarterdeck::ui {

using session::SessionHub;
using widgets::Role;
using widgets::TextSize;

namespace {

/// Batches come ten times a second; nobody reads a card that fast.
constexpr int kRefreshMillis = 200;
constexpr int kTickMillis = 1000;
constexpr int kHeadHeight = 48;

bool isConnected(const session::ClusterSession& session) {
    const session::ConnectionState state = session.status().state;
    return state == session::ConnectionState::Connected || state == session::ConnectionState::Connecting;
}

void emptyLayout(QLayout* layout) {
    while (QLayoutItem* item = layout->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

}  // namespace

FleetPage::FleetPage(PageServices services, QWidget* parent) : Page(parent), services_(services) {
    setObjectName(QStringLiteral("page.fleet"));
    setAccessibleName(tr("Fleet"));
    build();
    refresh_.setSingleShot(true);
    refresh_.setInterval(kRefreshMillis);
    connect(&refresh_, &QTimer::timeout, this, &FleetPage::refreshCards);
    ticker_.setInterval(kTickMillis);
    connect(&ticker_, &QTimer::timeout, this, [this] {
        ticked_ = true;
        refreshSoon();
    });
    connect(&services_.hub, &SessionHub::contextsChanged, this, &FleetPage::rebuild);
    connect(&services_.access, &ClusterAccess::openChanged, this, &FleetPage::rebuild);
    connect(&services_.scope, &ViewScope::awaitedChanged, this, &FleetPage::rebuild);
    connect(&services_.access, &ClusterAccess::closing, this, [this](const QString& id) {
        if (const auto member = members_.find(id.toStdString()); member != members_.end()) {
            member->second->card->deleteLater();
            members_.erase(member);
        }
    });
    rebuild();
}

FleetPage::~FleetPage() = default;

void FleetPage::build() {
    stack_ = new QStackedLayout(this);
    scroll_ = new QScrollArea(this);
    QScrollArea* scroll = scroll_;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    scroll->setObjectName(QStringLiteral("page.fleet.scroll"));
    scroll->setAccessibleName(tr("Platforms"));
    scroll->setFocusPolicy(Qt::NoFocus);  // Tab goes to what is in it, and it scrolls along
    content_ = new QWidget(scroll);
    auto* layout = new QVBoxLayout(content_);
    layout->setContentsMargins(16, 0, 16, 16);
    layout->setSpacing(12);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(0, 0, 0, 0);
    head->setSpacing(12);
    heading_ = new widgets::TextLabel(tr("Fleet"), TextSize::Title, Role::Text, QFont::DemiBold, content_);
    heading_->setMinimumHeight(widgets::scaledPx(this, kHeadHeight));
    counts_ = new widgets::TextLabel({}, TextSize::Body, Role::TextMuted, QFont::Normal, content_);
    counts_->setObjectName(QStringLiteral("page.fleet.counts"));
    head->addWidget(heading_);
    head->addWidget(counts_, 1);
    layout->addLayout(head);
    layout->setSpacing(0);
    faults_ = new QVBoxLayout;
    faults_->setSpacing(8);
    layout->addLayout(faults_);
    grid_ = new QGridLayout;
    grid_->setSpacing(kFleetGap);
    layout->addLayout(grid_);
    idleTitle_ = widgets::makeSectionLabel(tr("Not connected"), content_);
    idleTitle_->setContentsMargins(0, 16, 0, 8);
    layout->addWidget(idleTitle_);
    idleGrid_ = new QGridLayout;
    idleGrid_->setHorizontalSpacing(kFleetGap);
    idleGrid_->setVerticalSpacing(8);
    layout->addLayout(idleGrid_);
    layout->addStretch(1);
    scroll->setWidget(content_);
    welcome_ = new widgets::StatePanel(this);
    welcome_->setObjectName(QStringLiteral("page.fleet.welcome"));
    connect(welcome_, &widgets::StatePanel::actionTriggered, &services_.hub, &SessionHub::reload);
    stack_->addWidget(scroll);
    stack_->addWidget(welcome_);
}

void FleetPage::showWelcome() {
    QStringList files;
    for (const std::string& file : services_.hub.kubeconfigFiles()) {
        files += fromUtf8(file);
    }
    QStringList problems;
    for (const Error& error : services_.hub.fileErrors()) {
        problems += errorText(error);
    }
    QString text = tr("No cluster context was found. Looked for: %1.").arg(files.join(QStringLiteral(", ")));
    const QString gap = QStringLiteral("\n\n");
    text += gap + (problems.isEmpty() ? tr("Put a kubeconfig there, or name one with KUBECONFIG or --kubeconfig.")
                                      : problems.join(QLatin1Char('\n')));
    text += gap + tr("A kubeconfig that appears is noticed at once. To look around without a cluster, start "
                     "quarterdeck --demo.");
    welcome_->showWelcome(tr("Welcome to Quarterdeck"), text, tr("Look again"));
}

void FleetPage::rebuild() {
    const SessionHub& hub = services_.hub;
    const QString awaited = hub.loaded() ? services_.scope.awaited() : tr("Reading the kubeconfig …");
    const bool nothing = hub.contexts().empty();
    stack_->setCurrentIndex(nothing ? 1 : 0);
    if (nothing && !awaited.isEmpty()) {
        welcome_->showLoading({}, awaited);
    } else if (nothing) {
        showWelcome();
    }
    for (const ClusterAccess::OpenContext& context : services_.access.open()) {
        if (!members_.contains(context.id)) {
            addMember(context.id);
        }
        ContextCard* card = members_[context.id]->card;
        card->setProduction(context.production);
        if (const session::ContextEntry* entry = hub.context(context.id)) {
            card->setPlace(fromUtf8(entry->server), fromUtf8(entry->nameSpace));
        }
    }
    emptyLayout(faults_);
    for (const Error& error : hub.fileErrors()) {
        auto* banner = new widgets::Banner(content_);
        banner->setTone(widgets::Tone::Warning);
        banner->setSentence(shortErrorText(error));
        banner->setReason(errorText(error) == shortErrorText(error) ? QString() : errorText(error));
        faults_->addWidget(banner);
    }
    faults_->setContentsMargins(0, 0, 0, hub.fileErrors().empty() ? 0 : 12);
    placed_.clear();
    columns_ = 0;
    ticked_ = true;
    refreshCards();
}

void FleetPage::addMember(const kube::ContextId& id) {
    auto member = std::make_unique<Member>();
    member->card = new ContextCard(fromUtf8(id), content_);
    const ContextCard* card = member->card;
    connect(card, &ContextCard::goRequested, this, &FleetPage::goRequested);
    // Queued: the card goes with its context.
    connect(
        card, &ContextCard::closeRequested, this, [this, id] { closeContext(id); }, Qt::QueuedConnection);
    connect(card, &ContextCard::retryRequested, this, [this, id] { services_.access.retry(id); });
    connect(card, &ContextCard::moveRequested, this, [this, id](int key) { moveFocus(id, key); });
    if (session::ClusterSession* session = services_.hub.session(id)) {
        connect(session, &session::ClusterSession::statusChanged, this, [this] {
            ticked_ = true;
            refreshSoon();
        });
    }
    if (isVisible()) {
        subscribe(id, *member);
    }
    members_.emplace(id, std::move(member));
}

void FleetPage::closeContext(const kube::ContextId& id) {
    services_.hub.close(id);
    emit done(
        {tr("%1 is closed.").arg(fromUtf8(id)), widgets::Tone::Good, [&hub = services_.hub, id] { hub.open(id); }});
}

void FleetPage::subscribe(const kube::ContextId& id, Member& member) {
    using Apply = void (ContextTally::*)(const kube::Batch&);
    const std::array<std::pair<const kube::KindDescriptor*, Apply>, Member::kParts> parts{
        {{&kinds::podKind(), &ContextTally::applyPods},
         {&kinds::nodeKind(), &ContextTally::applyNodes},
         {&kinds::eventKind(), &ContextTally::applyEvents}}};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (const auto store = services_.access.store(id, *parts[i].first); store && !member.subscriptions[i]) {
            member.subscriptions[i] =
                store->subscribe([this, to = &member, apply = parts[i].second](const kube::Batch& batch) {
                    (to->tally.*apply)(batch);
                    to->changed = true;
                    refreshSoon();
                });
        }
    }
}

void FleetPage::refreshSoon() {
    if (!refresh_.isActive() && isVisible()) {
        refresh_.start();
    }
}

void FleetPage::refreshMembers(bool all) {
    for (const auto& [id, member] : members_) {
        const session::ClusterSession* session = services_.hub.session(id);
        if (session == nullptr || !(all || member->changed)) {
            continue;
        }
        member->changed = false;
        const bool connected = isConnected(*session);
        member->connected = connected;
        if (connected) {
            const Instant now = session->serverNow();
            member->card->setState({session->status(), member->tally.freshness(), member->tally.summary(now), now,
                                    services_.scope.zone()});
        }
    }
}

void FleetPage::refreshCards() {
    refreshMembers(std::exchange(ticked_, false));
    refreshIdle();
    arrange();
    showCounts();
    emit stateChanged();
}

void FleetPage::refreshIdle() {
    std::map<kube::ContextId, IdleCard*> before;
    before.swap(idle_);
    for (const session::ContextEntry& entry : services_.hub.contexts()) {
        const session::ClusterSession* session = services_.hub.session(entry.id);
        if (session != nullptr && isConnected(*session)) {
            continue;
        }
        if (const auto known = before.find(entry.id); known != before.end()) {
            idle_.insert(before.extract(known));
        }
        showIdle(entry, session);
    }
    for (const auto& [id, card] : before) {
        card->hide();
        card->deleteLater();
    }
}

void FleetPage::showIdle(const session::ContextEntry& entry, const session::ClusterSession* session) {
    IdleCard*& card = idle_[entry.id];
    if (card == nullptr) {
        card = new IdleCard(fromUtf8(entry.id), content_);
        connect(card, &IdleCard::openRequested, this, [this, id = entry.id] { services_.hub.open(id); });
        connect(card, &IdleCard::retryRequested, this, [this, id = entry.id] { services_.access.retry(id); });
        connect(card, &IdleCard::signInRequested, this, [this, id = entry.id] { services_.hub.signInAgain(id); });
        connect(
            card, &IdleCard::closeRequested, this, [this, id = entry.id] { closeContext(id); }, Qt::QueuedConnection);
    }
    const IdleCard::State state = idleState(entry, session, services_.scope.zone());
    if (state != card->state()) {
        card->setState(state);
    }
}

void FleetPage::showCounts() {
    int connected = 0;
    int live = 0;
    for (const auto& [id, member] : members_) {
        const session::ClusterSession* session = services_.hub.session(id);
        if (session == nullptr || session->status().state != session::ConnectionState::Connected) {
            continue;
        }
        ++connected;
        const kube::FreshnessState state = member->tally.freshness().state;
        live += state == kube::FreshnessState::Live || state == kube::FreshnessState::Empty ? 1 : 0;
    }
    arrange();  // what a card says may need more room
    const int others = static_cast<int>(services_.hub.contexts().size()) - connected;
    QString text = tr("%n contexts live", nullptr, live);
    if (connected > live) {
        text += QStringLiteral(" · ") + tr("%n not live", nullptr, connected - live);
    }
    if (others > 0) {
        text += QStringLiteral(" · ") + tr("%n not connected", nullptr, others);
    }
    counts_->setText(services_.hub.loaded() ? text : QString());
}

std::vector<ContextFreshness> FleetPage::freshness() const {
    std::vector<ContextFreshness> parts;
    for (const auto& [id, member] : members_) {
        kube::Freshness freshness = member->tally.freshness();
        const session::ClusterSession* session = services_.hub.session(id);
        if (session != nullptr && session->status().state == session::ConnectionState::Connecting) {
            freshness.state = kube::FreshnessState::Loading;  // the card still lacks the version
        }
        parts.push_back({id, freshness, member->tally.podCount()});
    }
    return parts;
}

int FleetPage::rows() const {
    return static_cast<int>(members_.size());
}

void FleetPage::visit(const Location& /*location*/) {}

void FleetPage::describe(Location& /*location*/) const {}

void FleetPage::retry() {
    for (const auto& [id, member] : members_) {
        services_.access.retry(id);
    }
    services_.hub.reload();
}

void FleetPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    for (const auto& [id, member] : members_) {
        subscribe(id, *member);
    }
    ticker_.start();
    ticked_ = true;
    refreshCards();
}

void FleetPage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    ticker_.stop();
    for (const auto& [id, member] : members_) {
        for (auto& subscription : member->subscriptions) {
            subscription.reset();
        }
        member->tally.clear();
    }
}

void FleetPage::changeEvent(QEvent* event) {
    Page::changeEvent(event);
    if (event->type() == QEvent::StyleChange && heading_ != nullptr) {
        heading_->setMinimumHeight(widgets::scaledPx(this, kHeadHeight));
    }
}

void FleetPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    arrange();
}

}  // namespace quarterdeck::ui
