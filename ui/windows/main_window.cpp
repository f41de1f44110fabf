#include "ui/windows/main_window.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "app/session/cluster_session.h"
#include "app/session/session_hub.h"
#include "ui/actions/action_registry.h"
#include "ui/pages/hub_access.h"
#include "ui/pages/page_catalog.h"
#include "ui/pages/view_scope.h"
#include "ui/text/error_text.h"
#include "ui/windows/context_chips.h"
#include "ui/windows/status_strip.h"
#include "ui/windows/top_bar.h"
#include "widgets/icon_set.h"
#include "widgets/navigation_rail.h"

namespace quarterdeck::ui {

namespace {

constexpr int kNarrowWindow = 1280;  ///< up to this width the rail collapses by itself
constexpr int kRailWidth = 184;

widgets::Tone connectionTone(const session::SessionHub& hub, const kube::ContextId& id) {
    const session::ClusterSession* session = hub.session(id);
    if (session == nullptr) {
        return widgets::Tone::Unknown;
    }
    switch (session->status().state) {
        case session::ConnectionState::Connecting:
            return widgets::Tone::Progress;
        case session::ConnectionState::Connected:
            return widgets::Tone::Good;
        case session::ConnectionState::SignedOut:
            return widgets::Tone::Warning;
        case session::ConnectionState::Unreachable:
            return widgets::Tone::Critical;
    }
    return widgets::Tone::Unknown;
}

}  // namespace

MainWindow::MainWindow(session::SessionHub& hub, Options options, QWidget* parent)
    : QWidget(parent), hub_(hub), clock_(std::move(options.clock)) {
    setObjectName(QStringLiteral("window"));
    setWindowIcon(widgets::applicationIcon());
    setMinimumSize(800, 480);
    actions_ = new ActionRegistry(windowActions(), this);
    access_ = new HubAccess(hub_, this);
    scope_ = new ViewScope(*access_, this);
    scope_->setZone(options.utcTimes ? ZoneChoice::Utc : ZoneChoice::Local);
    memory_ = options.memory != nullptr ? options.memory : &forgetful_;
    build(options);
    bindActions();
    setTheme(options.theme);
    ticker_.setInterval(1000);
    connect(&ticker_, &QTimer::timeout, this, &MainWindow::refreshFreshness);
    ticker_.start();
    if (!go(options.start)) {
        go({});
    }
}

MainWindow::~MainWindow() = default;

void MainWindow::build(const Options& options) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    bar_ = new TopBar(*access_, *scope_, *actions_, options.demo, this);
    layout->addWidget(bar_);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    rail_ = new widgets::NavigationRail(this);
    rail_->setObjectName(QStringLiteral("rail"));
    rail_->setAccessibleName(tr("Pages"));
    fillRail();
    middle->addWidget(rail_);
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    stack_ = new QStackedWidget(this);
    right->addWidget(stack_, 1);
    status_ = new StatusStrip(actions_->action("view.utc"), this);
    right->addWidget(status_);
    middle->addLayout(right, 1);
    layout->addLayout(middle, 1);

    connect(rail_, &widgets::NavigationRail::activated, this,
            [this](const QString& id) { step([&](Location& next) { next.page = id.toStdString(); }); });
    connect(rail_, &widgets::NavigationRail::collapsedChanged, this, [this](bool collapsed) {
        railByHand_ = true;  // arrangeRail() takes it back for what it did itself
        actions_->action("view.rail")->setChecked(collapsed);
        bar_->setBrandWidth(collapsed ? 48 : kRailWidth, !collapsed);
    });
    connect(bar_, &TopBar::contextsChosen, this, [this](const std::vector<std::string>& contexts) {
        step([&](Location& next) { next.contexts = contexts; });
    });
    connect(bar_, &TopBar::namespacesChosen, this, [this](const std::vector<std::string>& namespaces) {
        step([&](Location& next) { next.namespaces = namespaces; });
    });
    bar_->chips().setToneSource([this](const kube::ContextId& id) { return connectionTone(hub_, id); });
    const auto watch = [this](const QString& id) {
        if (session::ClusterSession* session = hub_.session(id.toStdString())) {
            connect(session, &session::ClusterSession::statusChanged, this, [this] { bar_->chips().refreshTones(); });
        }
    };
    connect(&hub_, &session::SessionHub::sessionOpened, this, watch);
    for (const session::ClusterSession* session : hub_.sessions()) {
        watch(fromUtf8(session->contextId()));
    }
    connect(scope_, &ViewScope::shownChanged, this, &MainWindow::refreshFreshness);
    bar_->setBrandWidth(kRailWidth, true);
}

void MainWindow::fillRail() {
    QVector<widgets::RailItem> items;
    for (const PageEntry& entry : pageCatalog()) {
        items.push_back({QString::fromUtf8(entry.id), QCoreApplication::translate("Rail", entry.title),
                         QString::fromUtf8(entry.icon), QString::fromUtf8(entry.section), false});
    }
    rail_->setItems(items);
}

void MainWindow::bindActions() {
    for (QAction* action : actions_->actions()) {
        addAction(action);
    }
    const auto bind = [this](const char* id, auto run) { actions_->bind(id, this, run); };
    bind("go.back", [this] { apply(navigator_.back()); });
    bind("go.forward", [this] { apply(navigator_.forward()); });
    for (const PageEntry& entry : pageCatalog()) {
        if (entry.make != nullptr) {
            const std::string id = entry.id;
            actions_->bind("go." + id, this, [this, id] { step([&](Location& next) { next.page = id; }); });
        }
    }
    bind("view.filter", [this] { page_->focusFilter(); });
    bind("view.faults", [this] { page_->toggleFaults(); });
    bind("view.group", [this] { page_->toggleGroups(); });
    bind("view.rail", [this] { rail_->setCollapsed(!rail_->isCollapsed()); });
    bind("view.utc", [this] {
        scope_->setZone(actions_->action("view.utc")->isChecked() ? ZoneChoice::Utc : ZoneChoice::Local);
        refreshFreshness();
    });
    bind("data.retry", [this] { page_->retry(); });
    bind("table.copy", [this] { page_->copy(); });
    bind("table.copyName", [this] { page_->copyName(); });
    bind("table.csv", [this] { page_->exportCsv(); });
    bind("app.quit", [this] { emit quitRequested(); });
    bind("theme.system", [this] { emit themeChosen(settings::Theme::System); });
    bind("theme.light", [this] { emit themeChosen(settings::Theme::Light); });
    bind("theme.dark", [this] { emit themeChosen(settings::Theme::Dark); });
    auto* themes = new QActionGroup(this);
    for (const char* id : {"theme.system", "theme.light", "theme.dark"}) {
        themes->addAction(actions_->action(id));
    }
    actions_->action("view.utc")->setChecked(scope_->zone() == ZoneChoice::Utc);
}

template <class Change>
void MainWindow::step(Change change) {
    Location next = location();
    const std::string before = next.page;
    change(next);
    if (next.page != before) {  // filter and sort belong to the page that is left
        next.filter.clear();
        next.sort.reset();
        next.object.reset();
    }
    go(next);
}

bool MainWindow::go(const Location& location) {
    Location place = location;
    if (place.page.empty()) {
        place.page = pageCatalog().front().id;
    }
    if (findPage(place.page) == nullptr) {
        return false;
    }
    navigator_.push(place);
    apply(place);
    return true;
}

Page* MainWindow::pageOf(const std::string& id) {
    if (const auto found = pages_.find(id); found != pages_.end()) {
        return found->second;
    }
    Page* page = findPage(id)->make(PageServices{hub_, *access_, *scope_, *actions_, *memory_}, stack_);
    pages_.emplace(id, page);
    stack_->addWidget(page);
    connect(page, &Page::stateChanged, this, [this, page] {
        if (page == page_) {
            refreshFreshness();
            emit pageStateChanged();
        }
    });
    connect(page, &Page::placeEdited, this, [this] {
        navigator_.replace(this->location());
        refreshHistory();
    });
    // Queued: what asks to leave may be gone on arrival.
    connect(
        page, &Page::goRequested, this, [this](const Location& where) { go(where); }, Qt::QueuedConnection);
    return page;
}

void MainWindow::apply(const Location& location) {
    page_ = pageOf(location.page);
    scope_->setContexts(location.contexts);
    scope_->setNamespaces(location.namespaces);
    page_->visit(location);
    stack_->setCurrentWidget(page_);
    rail_->setCurrent(fromUtf8(location.page));
    setWindowTitle(tr("%1 — Quarterdeck").arg(page_->title()));
    refreshHistory();
    refreshFreshness();
    emit pageStateChanged();
}

Location MainWindow::location() const {
    Location place;
    place.page = page_->id();
    place.contexts = scope_->contexts();
    place.namespaces = scope_->namespaces();
    page_->describe(place);
    return place;
}

bool MainWindow::utcTimes() const {
    return scope_->zone() == ZoneChoice::Utc;
}

void MainWindow::setTheme(settings::Theme theme) {
    const char* id = theme == settings::Theme::Light  ? "theme.light"
                     : theme == settings::Theme::Dark ? "theme.dark"
                                                      : "theme.system";
    actions_->action(id)->setChecked(true);
}

void MainWindow::say(const QString& message) {
    status_->say(message);
}

void MainWindow::setAwaited(const QString& awaited) {
    scope_->setAwaited(awaited);
}

void MainWindow::refreshFreshness() {
    const Instant now = clock_->now();
    status_->setTime(now, scope_->zone());
    if (page_ != nullptr) {
        bar_->setFreshness(page_->freshness(), now, scope_->zone());
    }
}

void MainWindow::refreshHistory() {
    actions_->action("go.back")->setEnabled(navigator_.canGoBack());
    actions_->action("go.forward")->setEnabled(navigator_.canGoForward());
}

void MainWindow::arrangeRail() {
    if (!railByHand_ && rail_->isCollapsed() != (width() <= kNarrowWindow)) {
        rail_->setCollapsed(width() <= kNarrowWindow);
        railByHand_ = false;
    }
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrangeRail();
}

}  // namespace quarterdeck::ui
