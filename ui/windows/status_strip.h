#pragma once

#include "ui/text/time_display.h"
#include "widgets/card.h"

class QAction;

namespace quarterdeck::widgets {
class Button;
class TextLabel;
}  // namespace quarterdeck::widgets

namespace quarterdeck::ui {

/// The line at the bottom: what the window has to say, and the clock, which switches between local time and UTC.
class StatusStrip : public widgets::Surface {
    Q_OBJECT
public:
    /// The clock triggers `utc`.
    explicit StatusStrip(QAction* utc, QWidget* parent = nullptr);

    void setTime(Instant now, ZoneChoice zone);
    /// Plain text; stays until the next.
    void say(const QString& message);

private:
    widgets::TextLabel* message_ = nullptr;
    widgets::Button* clock_ = nullptr;
};

}  // namespace quarterdeck::ui
