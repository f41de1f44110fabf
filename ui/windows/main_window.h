#pragma once

#include <map>
#include <memory>

#include <QTimer>
#include <QWidget>

#include "ui/appearance.h"
#include "ui/deed.h"
#include "ui/location.h"
#include "ui/pages/page.h"
#include "ui/view_memory.h"
#include "ui/windows/demo_menu.h"
#include "ui/windows/navigator.h"

class QStackedWidget;

namespace quarterdeck::widgets {
class NavigationRail;
class ToastHost;
}  // namespace quarterdeck::widgets

namespace quarterdeck::ui {

class HubAccess;
class ConnectionPanel;
class Desk;
class LockButton;
class SettingsMenu;
class KeyHelp;
class Palette;
class RailBadges;
class TopBar;
class WindowDock;

/// The frame: rail, top bar, the page in front, dock, toasts. It turns wishes into Locations and Locations into what
/// is shown; everything else is the pages' and the bar's own.
class MainWindow : public QWidget {
    Q_OBJECT
public:
    struct Options {
        std::shared_ptr<const Clock> clock;
        /// Where to begin; nothing = home.
        Location start;
        bool utcTimes = false;
        Appearance appearance;
        DemoControl demo;
        /// See setAwaited().
        QString awaited;
        /// Outlives the window; null: nothing is remembered.
        ViewMemory* memory = nullptr;
        /// Outlives the window; null: one of its own.
        Desk* desk = nullptr;
    };
    /// The hub outlives the window.
    MainWindow(session::SessionHub& hub, Options options, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Goes somewhere, as a new step of the history. False where there is no such page.
    bool go(const Location& location);
    /// Where the window is.
    [[nodiscard]] Location location() const;
    /// The page in front.
    [[nodiscard]] Page* page() const { return page_; }
    [[nodiscard]] ActionRegistry& actions() { return *actions_; }
    [[nodiscard]] bool utcTimes() const;
    /// Shows what is chosen; the application applies it.
    void setAppearance(const Appearance& appearance);
    /// Stands in the strip until the next.
    void say(const QString& message);
    /// Something was done: a toast, kept in the dock.
    void tell(const Deed& deed);
    /// See ViewScope::awaited().
    void setAwaited(const QString& awaited);

signals:
    void appearanceChosen(const quarterdeck::ui::Appearance& appearance);
    void newWindowRequested(const quarterdeck::ui::Location& place);
    void closed();
    void quitRequested();
    /// The page in front is another, or its state changed.
    void pageStateChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void build(const Options& options);
    void buildTools();
    void fillRail();
    void bindActions();
    void apply(const Location& location);
    /// A step that keeps everything but what `change` changes.
    template <class Change>
    void step(Change change);
    Page* pageOf(const std::string& id);
    void refreshFreshness();
    void refreshHistory();
    void arrangeRail();
    void openContextMenu(const std::string& context, const QPoint& place);
    void closeContext(const std::string& context);

    session::SessionHub& hub_;
    std::shared_ptr<const Clock> clock_;
    ActionRegistry* actions_ = nullptr;
    HubAccess* access_ = nullptr;
    ViewScope* scope_ = nullptr;
    Navigator navigator_;
    ViewMemory forgetful_;  ///< where none was given
    ViewMemory* memory_ = nullptr;
    std::unique_ptr<Desk> ownDesk_;  ///< where none was given
    Desk* desk_ = nullptr;

    widgets::NavigationRail* rail_ = nullptr;
    TopBar* bar_ = nullptr;
    QStackedWidget* stack_ = nullptr;
    WindowDock* dock_ = nullptr;
    widgets::ToastHost* toasts_ = nullptr;
    LockButton* lock_ = nullptr;
    ConnectionPanel* connections_ = nullptr;
    SettingsMenu* settings_ = nullptr;
    Palette* palette_ = nullptr;
    KeyHelp* keyHelp_ = nullptr;
    RailBadges* badges_ = nullptr;
    std::map<std::string, Page*> pages_;
    Page* page_ = nullptr;
    QTimer ticker_;
    bool railByHand_ = false;
    bool arranging_ = false;  ///< the rail follows the window's width just now
};

}  // namespace quarterdeck::ui
