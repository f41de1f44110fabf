#pragma once

#include <chrono>

#include "widgets/button.h"

namespace quarterdeck::ui {

class ViewScope;

/// "Last 1 h": how far back charts, alerts, traces and logs reach, for all of them at once.
class TimeRangeButton : public widgets::Button {
    Q_OBJECT
public:
    explicit TimeRangeButton(ViewScope& scope, QWidget* parent = nullptr);

signals:
    void chosen(std::chrono::minutes range);

private:
    void refresh();

    ViewScope& scope_;
};

}  // namespace quarterdeck::ui
