#pragma once

#include "ui/text/time_display.h"
#include "widgets/dock.h"

class QAction;

namespace quarterdeck::widgets {
class Button;
class ProgressBar;
class TextLabel;
}  // namespace quarterdeck::widgets

namespace quarterdeck::ui {

class ActionRegistry;
class Desk;
class JobsPane;
class ViewMemory;

/// The dock of a window: its panes, and in the strip what the window has to say, the running job and the clock, which
/// switches between local time and UTC. Open or not, and how high, is remembered as "dock".
class WindowDock : public widgets::Dock {
    Q_OBJECT
public:
    WindowDock(Desk& desk, ActionRegistry& actions, ViewMemory& memory, QWidget* parent = nullptr);

    void setTime(Instant now, ZoneChoice zone);
    /// Plain text; stays until the next.
    void say(const QString& message);

private:
    void recall();
    void remember();
    void refreshJobs();

    Desk& desk_;
    ViewMemory& memory_;
    JobsPane* jobs_ = nullptr;
    widgets::TextLabel* message_ = nullptr;
    widgets::TextLabel* job_ = nullptr;
    widgets::ProgressBar* bar_ = nullptr;
    widgets::TextLabel* share_ = nullptr;
    widgets::Button* clock_ = nullptr;
};

}  // namespace quarterdeck::ui
