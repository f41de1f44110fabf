#include "ui/pages/fleet/fleet_page.h"

#include <algorithm>

#include <QGridLayout>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "app/kinds/event.h"
#include "app/kinds/node.h"
#include "app/kinds/pod.h"
#include "ui/pages/cluster_access.h"
#include "ui/pages/fleet/closed_row.h"
#include "ui/pages/fleet/context_card.h"
#include "ui/pages/view_scope.h"
#include "ui/text/error_text.h"
#include "widgets/banner.h"
#include "widgets/label.h"
#include "widgets/state_panel.h"

namespace quarterdeck::ui {

using session::SessionHub;
using widgets::Role;
using widgets::TextSize;

namespace {

constexpr int kMinCardWidth = 340;
constexpr int kMaxColumns = 4;
constexpr int kFewestColumns = 3;
/// Batches come ten times a second; nobody reads a card that fast.
constexpr int kRefreshMillis = 200;

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

const kube::Freshness& FleetPage::Member::freshness() const {
    const kube::Freshness* worst = &sets[Pods].freshness();
    for (const ObjectSet& set : sets) {
        const std::vector<ContextFreshness> pair{{{}, *worst, 0}, {{}, set.freshness(), 0}};
        if (worstOf(pair) != worst->state) {
            worst = &set.freshness();
        }
    }
    return *worst;
}

FleetPage::FleetPage(PageServices services, QWidget* parent) : Page(parent), services_(services) {
    setObjectName(QStringLiteral("page.fleet"));
    setAccessibleName(tr("Fleet"));
    build();
    refresh_.setSingleShot(true);
    refresh_.setInterval(kRefreshMillis);
    connect(&refresh_, &QTimer::timeout, this, &FleetPage::refreshCards);
    ticker_.setInterval(1000);
    connect(&ticker_, &QTimer::timeout, this, &FleetPage::refreshSoon);
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
    auto* scroll = new QScrollArea(this);
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
    auto* heading = new widgets::TextLabel(tr("Fleet"), TextSize::Title, Role::Text, QFont::DemiBold, content_);
    heading->setMinimumHeight(48);
    counts_ = new widgets::TextLabel({}, TextSize::Body, Role::TextMuted, QFont::Normal, content_);
    counts_->setObjectName(QStringLiteral("page.fleet.counts"));
    head->addWidget(heading);
    head->addWidget(counts_, 1);
    layout->addLayout(head);
    layout->setSpacing(0);
    faults_ = new QVBoxLayout;
    faults_->setSpacing(8);
    layout->addLayout(faults_);
    grid_ = new QGridLayout;
    grid_->setSpacing(16);
    layout->addLayout(grid_);
    closedTitle_ = widgets::makeSectionLabel(tr("Not connected"), content_);
    closedTitle_->setContentsMargins(0, 16, 0, 8);
    layout->addWidget(closedTitle_);
    closed_ = new QVBoxLayout;
    closed_->setSpacing(8);
    layout->addLayout(closed_);
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
        members_[context.id]->card->setProduction(context.production);
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
    rebuildClosed();
    columns_ = 0;
    arrange();
    refreshCards();
}

void FleetPage::rebuildClosed() {
    emptyLayout(closed_);
    int closed = 0;
    for (const session::ContextEntry& entry : services_.hub.contexts()) {
        if (services_.hub.session(entry.id) != nullptr) {
            continue;
        }
        auto* row = new ClosedRow(entry, content_);
        connect(row, &ClosedRow::openRequested, this, [this, id = entry.id] { services_.hub.open(id); });
        closed_->addWidget(row);
        ++closed;
    }
    closedTitle_->setVisible(closed > 0);
}

void FleetPage::addMember(const kube::ContextId& id) {
    auto member = std::make_unique<Member>();
    member->card = new ContextCard(fromUtf8(id), content_);
    const ContextCard* card = member->card;
    const auto go = [this, id](const char* page, const std::string& filter) {
        emit goRequested({page, {id}, {}, {}, filter, {}});
    };
    connect(card, &ContextCard::podsRequested, this, [go] { go("pods", {}); });
    connect(card, &ContextCard::podChosen, this, [go](const QString& name) { go("pods", name.toStdString()); });
    connect(card, &ContextCard::nodesRequested, this, [go] { go("nodes", {}); });
    connect(card, &ContextCard::warningsRequested, this, [go] { go("events", "is:unhealthy"); });
    // Queued: the card goes with its context.
    connect(
        card, &ContextCard::closeRequested, this, [this, id] { services_.hub.close(id); }, Qt::QueuedConnection);
    connect(card, &ContextCard::retryRequested, this, [this, id] { services_.access.retry(id); });
    connect(card, &ContextCard::signInRequested, this, [this, id] { services_.hub.signInAgain(id); });
    if (session::ClusterSession* session = services_.hub.session(id)) {
        connect(session, &session::ClusterSession::statusChanged, this, &FleetPage::refreshSoon);
    }
    if (isVisible()) {
        subscribe(id, *member);
    }
    members_.emplace(id, std::move(member));
}

void FleetPage::subscribe(const kube::ContextId& id, Member& member) {
    const std::array<const kube::KindDescriptor*, Member::kParts> kinds{&kinds::podKind(), &kinds::nodeKind(),
                                                                        &kinds::eventKind()};
    for (std::size_t part = 0; part < kinds.size(); ++part) {
        if (const auto store = services_.access.store(id, *kinds[part]); store && !member.subscriptions[part]) {
            member.subscriptions[part] = store->subscribe([this, set = &member.sets[part]](const kube::Batch& batch) {
                set->apply(batch);
                refreshSoon();
            });
        }
    }
}

void FleetPage::arrange() {
    const int width = this->width() - 32;  // of the page: the content may be wider than what is seen of it
    int widest = kMinCardWidth;
    for (const auto& [id, member] : members_) {
        widest = std::max(widest, member->card->minimumSizeHint().width());
    }
    const int count = static_cast<int>(members_.size());
    const int fitting = std::clamp((width + 16) / (widest + 16), 1, kMaxColumns);
    // One card alone does not stretch over the whole window.
    const int columns = count >= fitting ? fitting : std::max({1, count, std::min(fitting, kFewestColumns)});
    if (columns == columns_) {
        return;
    }
    columns_ = columns;
    while (QLayoutItem* item = grid_->takeAt(0)) {
        delete item;
    }
    for (int column = 0; column < kMaxColumns; ++column) {
        grid_->setColumnStretch(column, column < columns ? 1 : 0);
    }
    int place = 0;
    for (const ClusterAccess::OpenContext& context : services_.access.open()) {  // by name
        if (const auto member = members_.find(context.id); member != members_.end()) {
            grid_->addWidget(member->second->card, place / columns, place % columns);
            member->second->card->show();
            ++place;
        }
    }
}

void FleetPage::refreshSoon() {
    if (!refresh_.isActive() && isVisible()) {
        refresh_.start();
    }
}

void FleetPage::refreshCards() {
    int live = 0;
    for (const auto& [id, member] : members_) {
        const session::ClusterSession* session = services_.hub.session(id);
        if (session == nullptr) {
            continue;
        }
        const Instant now = session->serverNow();
        CardState state{session->status(), member->freshness(),
                        summariseContext(member->sets[Member::Pods], member->sets[Member::Nodes],
                                         member->sets[Member::Events], now),
                        now, services_.scope.zone()};
        member->card->setState(state);
        live += state.status.state == session::ConnectionState::Connected ? 1 : 0;
    }
    arrange();  // what a card says may need more room
    const int others = static_cast<int>(services_.hub.contexts().size()) - live;
    QString text = tr("%n contexts live", nullptr, live);
    if (others > 0) {
        text += QStringLiteral(" · ") + tr("%n not connected", nullptr, others);
    }
    counts_->setText(services_.hub.loaded() ? text : QString());
    emit stateChanged();
}

std::vector<ContextFreshness> FleetPage::freshness() const {
    std::vector<ContextFreshness> parts;
    for (const auto& [id, member] : members_) {
        kube::Freshness freshness = member->freshness();
        const session::ClusterSession* session = services_.hub.session(id);
        if (session != nullptr && session->status().state == session::ConnectionState::Connecting) {
            freshness.state = kube::FreshnessState::Loading;  // the card still lacks the version
        }
        parts.push_back({id, freshness, member->sets[Member::Pods].objects().size()});
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
    refreshCards();
}

void FleetPage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    ticker_.stop();
    for (const auto& [id, member] : members_) {
        for (auto& subscription : member->subscriptions) {
            subscription.reset();
        }
        for (ObjectSet& set : member->sets) {
            set.clear();
        }
    }
}

void FleetPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    arrange();
}

}  // namespace quarterdeck::ui
