#pragma once

#include <map>
#include <memory>

#include <QTimer>
#include <QWidget>

#include "app/settings/settings.h"
#include "ui/location.h"
#include "ui/pages/page.h"
#include "ui/view_memory.h"
#include "ui/windows/demo_menu.h"
#include "ui/windows/navigator.h"

class QStackedWidget;

namespace quarterdeck::widgets {
class NavigationRail;
}

namespace quarterdeck::ui {

class HubAccess;
class KeyHelp;
class Palette;
class StatusStrip;
class TopBar;

/// The frame: rail, top bar, the page in front, status strip. It turns wishes into Locations and Locations into what
/// is shown; everything else is the pages' and the bar's own.
class MainWindow : public QWidget {
    Q_OBJECT
public:
    struct Options {
        std::shared_ptr<const Clock> clock;
        /// Where to begin; nothing = home.
        Location start;
        bool utcTimes = false;
        settings::Theme theme = settings::Theme::System;
        DemoControl demo;
        /// Outlives the window; null: nothing is remembered.
        ViewMemory* memory = nullptr;
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
    /// Shows which theme is chosen; the application applies it.
    void setTheme(settings::Theme theme);
    void say(const QString& message);
    /// See ViewScope::awaited().
    void setAwaited(const QString& awaited);

signals:
    void themeChosen(quarterdeck::settings::Theme theme);
    void quitRequested();
    /// The page in front is another, or its state changed.
    void pageStateChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void build(const Options& options);
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

    session::SessionHub& hub_;
    std::shared_ptr<const Clock> clock_;
    ActionRegistry* actions_ = nullptr;
    HubAccess* access_ = nullptr;
    ViewScope* scope_ = nullptr;
    Navigator navigator_;
    ViewMemory forgetful_;  ///< where none was given
    ViewMemory* memory_ = nullptr;

    widgets::NavigationRail* rail_ = nullptr;
    TopBar* bar_ = nullptr;
    QStackedWidget* stack_ = nullptr;
    StatusStrip* status_ = nullptr;
    Palette* palette_ = nullptr;
    KeyHelp* keyHelp_ = nullptr;
    std::map<std::string, Page*> pages_;
    Page* page_ = nullptr;
    QTimer ticker_;
    bool railByHand_ = false;
};

}  // namespace quarterdeck::ui
