#include "ui/windows/main_window.h"

#include <QCloseEvent>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "app/session/cluster_session.h"
#include "app/session/session_hub.h"
#include "ui/actions/action_registry.h"
#include "ui/pages/hub_access.h"
#include "ui/pages/kinds/kind_place.h"
#include "ui/pages/page_catalog.h"
#include "ui/pages/view_scope.h"
#include "ui/palette/key_help.h"
#include "ui/palette/palette.h"
#include "ui/text/error_text.h"
#include "ui/windows/connection_facts.h"
#include "ui/windows/connection_panel.h"
#include "ui/windows/context_chips.h"
#include "ui/windows/desk.h"
#include "ui/windows/lock_button.h"
#include "ui/windows/rail_badges.h"
#include "ui/windows/settings_menu.h"
#include "ui/windows/top_bar.h"
#include "ui/windows/window_dock.h"
#include "widgets/navigation_rail.h"
#include "widgets/style.h"
#include "widgets/toast.h"

namespace quarterdeck::ui {

namespace {

constexpr int kNarrowWindow = 1280;  ///< up to this width, at text scale 1, the rail collapses by itself
constexpr int kRailWidth = 184;
constexpr QLatin1String kSettingsItem("settings");
constexpr const char* kRailPart = "rail";
constexpr const char* kCollapsed = "collapsed";

}  // namespace

MainWindow::MainWindow(session::SessionHub& hub, Options options, QWidget* parent)
    : QWidget(parent), hub_(hub), clock_(std::move(options.clock)) {
    setObjectName(QStringLiteral("window"));
    setMinimumSize(800, 480);
    actions_ = new ActionRegistry(windowActions(), this);
    access_ = new HubAccess(hub_, this);
    scope_ = new ViewScope(*access_, this);
    scope_->setAwaited(options.awaited);
    scope_->setZone(options.utcTimes ? ZoneChoice::Utc : ZoneChoice::Local);
    memory_ = options.memory != nullptr ? options.memory : &forgetful_;
    if (options.desk == nullptr) {
        ownDesk_ = std::make_unique<Desk>(hub_, Desk::Options{clock_, nullptr, {}});
    }
    desk_ = options.desk != nullptr ? options.desk : ownDesk_.get();
    build(options);
    const auto open = [this](const kube::ContextId& id) { return hub_.open(id) != nullptr; };
    palette_ = new Palette({*this, *access_, *actions_, *memory_, [this] { return location(); }, open}, this);
    keyHelp_ = new KeyHelp(*this, *actions_, this);
    badges_ = new RailBadges(hub_, *access_, *scope_, *rail_, this);
    bindActions();
    setAppearance(options.appearance);
    if (const std::string rail = memory_->get(kRailPart); !rail.empty()) {
        railByHand_ = true;
        rail_->setCollapsed(rail == kCollapsed);
    }
    ticker_.setInterval(1000);
    connect(&ticker_, &QTimer::timeout, this, &MainWindow::refreshFreshness);
    connect(&ticker_, &QTimer::timeout, badges_, &RailBadges::look);
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
    toasts_ = new widgets::ToastHost(stack_);
    dock_ = new WindowDock(*desk_, *actions_, *memory_, this);
    right->addWidget(dock_);
    middle->addLayout(right, 1);
    layout->addLayout(middle, 1);

    connect(rail_, &widgets::NavigationRail::activated, this, [this](const QString& id) {
        if (id == kSettingsItem) {
            const PageEntry* entry = findPage(page_->id());  // the settings are no page
            rail_->setCurrent(QString::fromUtf8(entry->inRail ? entry->id : entry->section));
            actions_->action("app.settings")->trigger();
            return;
        }
        step([&](Location& next) { next.page = id.toStdString(); });
    });
    connect(rail_, &widgets::NavigationRail::collapsedChanged, this, [this](bool collapsed) {
        if (!arranging_) {
            railByHand_ = true;
            memory_->put(kRailPart, collapsed ? kCollapsed : "open");
        }
        actions_->action("view.rail")->setChecked(collapsed);
        bar_->setBrandWidth(collapsed ? 48 : kRailWidth, !collapsed);
    });
    connect(bar_, &TopBar::contextsChosen, this, [this](const std::vector<std::string>& contexts) {
        step([&](Location& next) { next.contexts = contexts; });
    });
    connect(bar_, &TopBar::namespacesChosen, this, [this](const std::vector<std::string>& namespaces) {
        step([&](Location& next) { next.namespaces = namespaces; });
    });
    buildTools();
    connect(bar_, &TopBar::rangeChosen, this,
            [this](const std::optional<TimeRange>& range) { step([&](Location& next) { next.range = range; }); });
    bar_->chips().setStateSource([this](const kube::ContextId& id) -> ContextChips::State {
        const session::ClusterSession* session = hub_.session(id);
        return session == nullptr ? ContextChips::State{}
                                  : ContextChips::State{connectionTone(session->status().state),
                                                        connectionWord(session->status().state)};
    });
    const auto watch = [this](const QString& id) {
        if (session::ClusterSession* session = hub_.session(id.toStdString())) {
            connect(session, &session::ClusterSession::statusChanged, this, [this] { bar_->chips().refreshStates(); });
        }
    };
    connect(&hub_, &session::SessionHub::sessionOpened, this, watch);
    for (const session::ClusterSession* session : hub_.sessions()) {
        watch(fromUtf8(session->contextId()));
    }
    connect(scope_, &ViewScope::shownChanged, this, &MainWindow::refreshFreshness);
    bar_->setBrandWidth(kRailWidth, true);
}

void MainWindow::buildTools() {
    lock_ = new LockButton(hub_, bar_);
    bar_->addTool(lock_);
    connect(bar_, &TopBar::compactChanged, lock_, &LockButton::setCompact);
    connections_ = new ConnectionPanel(hub_, clock_, this);
    connect(connections_, &ConnectionPanel::closeRequested, this, &MainWindow::closeContext);
    connect(&bar_->chips(), &ContextChips::menuRequested, this, &MainWindow::openContextMenu);
    settings_ = new SettingsMenu(*actions_, this);
    connect(settings_, &SettingsMenu::appearanceChosen, this, &MainWindow::appearanceChosen);
}

void MainWindow::fillRail() {
    QVector<widgets::RailItem> items;
    for (const PageEntry& entry : pageCatalog()) {
        if (!entry.inRail) {
            continue;
        }
        items.push_back({QString::fromUtf8(entry.id), QCoreApplication::translate("Rail", entry.title),
                         QString::fromUtf8(entry.icon), QString::fromUtf8(entry.section), false});
    }
    items.push_back({QString(kSettingsItem), tr("Settings"), QStringLiteral("settings"), {}, true});
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
        if (entry.make != nullptr && entry.inRail) {
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
    bind("edit.undo", [this] { toasts_->runNewestAction(); });
    bind("data.retry", [this] { page_->retry(); });
    bind("table.copy", [this] { page_->copy(); });
    bind("table.copyName", [this] { page_->copyName(); });
    bind("table.csv", [this] { page_->exportCsv(); });
    bind("palette.open", [this] { palette_->toggle(); });
    bind("view.save", [this] { palette_->askToSaveView(); });
    bind("help.keys", [this] { keyHelp_->toggle(*page_); });
    connect(palette_, &Palette::goRequested, this, &MainWindow::go);
    connect(palette_, &Palette::windowRequested, this, &MainWindow::newWindowRequested);
    connect(palette_, &Palette::said, this, &MainWindow::say);
    bind("app.quit", [this] { emit quitRequested(); });
    bind("view.connections", [this] { connections_->popUpBelow(bar_->freshnessAnchor(), scope_->zone()); });
    bind("app.settings", [this] {
        const QAbstractButton* entry = rail_->button(QString(kSettingsItem));
        settings_->popup(entry->mapToGlobal(QPoint(entry->width() + 4, 0)));
    });
    bind("window.new", [this] { emit newWindowRequested(location()); });
    bind("window.close", [this] { close(); });
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
        next.resource.clear();
    }
    go(next);
}

bool MainWindow::go(const Location& location) {
    Location place = resolvedPlace(location);
    if (place.page.empty()) {
        place.page = pageCatalog().front().id;
    }
    if (findPage(place.page) == nullptr) {
        return false;
    }
    navigator_.push(place);
    palette_->noteVisit(place);
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
            setWindowTitle(tr("%1 — Quarterdeck").arg(page_->title()));  // a kind learns its name later
            refreshFreshness();
            emit pageStateChanged();
        }
    });
    connect(page, &Page::done, this, &MainWindow::tell);
    connect(page, &Page::placeEdited, this, [this] {
        navigator_.replace(this->location());
        refreshHistory();
    });
    // Queued: what asks to leave may be gone on arrival. The time range goes along to other pages.
    connect(
        page, &Page::goRequested, this,
        [this, from = page->id()](Location where) {
            if (!where.range && where.page != from) {
                where.range = scope_->range();
            }
            go(where);
        },
        Qt::QueuedConnection);
    return page;
}

void MainWindow::apply(const Location& location) {
    const Page* before = page_;
    page_ = pageOf(location.page);
    scope_->setContexts(location.contexts);
    scope_->setNamespaces(location.namespaces);
    scope_->setRange(location.range);
    bar_->setRangeUse(page_->rangeUse());
    page_->visit(location);
    stack_->setCurrentWidget(page_);
    if (page_ != before) {
        page_->focusContent();
    }
    const PageEntry* entry = findPage(location.page);
    rail_->setCurrent(QString::fromUtf8(entry->inRail ? entry->id : entry->section));
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
    place.range = scope_->range();
    page_->describe(place);
    return place;
}

bool MainWindow::utcTimes() const {
    return scope_->zone() == ZoneChoice::Utc;
}

void MainWindow::setAppearance(const Appearance& appearance) {
    settings_->setAppearance(appearance);
}

void MainWindow::say(const QString& message) {
    dock_->say(message);
}

void MainWindow::tell(const Deed& deed) {
    desk_->remember(deed.tone, deed.text);
    toasts_->show({deed.tone, deed.text, deed.undo ? tr("Undo") : QString(), deed.undo});
}

void MainWindow::setAwaited(const QString& awaited) {
    scope_->setAwaited(awaited);
}

void MainWindow::refreshFreshness() {
    const Instant now = clock_->now();
    dock_->setTime(now, scope_->zone());
    if (page_ != nullptr) {
        bar_->setFreshness(page_->freshness(), now, scope_->zone());
    }
}

void MainWindow::refreshHistory() {
    QAction* back = actions_->action("go.back");
    QAction* forward = actions_->action("go.forward");
    back->setEnabled(navigator_.canGoBack());
    back->setStatusTip(navigator_.canGoBack() ? QString() : tr("There is no earlier place"));
    forward->setEnabled(navigator_.canGoForward());
    forward->setStatusTip(navigator_.canGoForward() ? QString() : tr("There is no later place"));
}

void MainWindow::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange && rail_ != nullptr) {
        arrangeRail();
    }
}

void MainWindow::arrangeRail() {
    const bool narrow = width() <= widgets::scaledPx(this, kNarrowWindow);
    if (!railByHand_ && rail_->isCollapsed() != narrow) {
        arranging_ = true;
        rail_->setCollapsed(narrow);
        arranging_ = false;
    }
}

void MainWindow::openContextMenu(const std::string& context, const QPoint& place) {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("menu.context"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Connection…"), actions_->action("view.connections"), &QAction::trigger);
    menu->addAction(tr("Try again now"), this, [this, context] { access_->retry(context); });
    const session::ClusterSession* session = hub_.session(context);
    QAction* locked = menu->addAction(tr("Read-only"));
    locked->setCheckable(true);
    locked->setChecked(session != nullptr && session->locked());
    connect(locked, &QAction::triggered, this, [this, context](bool on) { lock_->setLocked(context, on); });
    const session::ContextEntry* entry = hub_.context(context);
    QAction* production = menu->addAction(tr("Production"));
    production->setCheckable(true);
    production->setChecked(entry != nullptr && entry->production);
    connect(production, &QAction::triggered, this, [this, context](bool on) { hub_.setProduction(context, on); });
    menu->addSeparator();
    menu->addAction(tr("Close"), this, [this, context] { closeContext(context); });
    menu->popup(place);
}

void MainWindow::closeContext(const std::string& context) {
    hub_.close(context);
    tell({tr("%1 is closed.").arg(fromUtf8(escapeForDisplay(context))), widgets::Tone::Good,
          [&hub = hub_, context] { hub.open(context); }});
}

void MainWindow::closeEvent(QCloseEvent* event) {
    event->accept();
    emit closed();
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrangeRail();
    dock_->setRoom(height() - bar_->height());
}

}  // namespace quarterdeck::ui
