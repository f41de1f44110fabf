#pragma once

#include <optional>

#include "app/base/clock.h"
#include "ui/pages/page.h"
#include "ui/time_range.h"
#include "widgets/button.h"

namespace quarterdeck::ui {

class ViewScope;

/// "Last 1 h", "14 Mar, 02:00 – 03:12 UTC", "Any time": which time charts, events, alerts, traces and logs are about,
/// for all of them at once.
class TimeRangeButton : public widgets::Button {
    Q_OBJECT
public:
    explicit TimeRangeButton(ViewScope& scope, QWidget* parent = nullptr);

    /// What the page in front does with it: decides what no range means.
    void setUse(RangeUse use);
    /// What a custom range begins from.
    void setNow(Instant now) { now_ = now; }

signals:
    void chosen(const std::optional<quarterdeck::ui::TimeRange>& range);

private:
    void refresh();
    void askForSpan();

    ViewScope& scope_;
    RangeUse use_ = RangeUse::Needs;
    Instant now_{};
    QAction* any_ = nullptr;
};

}  // namespace quarterdeck::ui
