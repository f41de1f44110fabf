#pragma once

#include <functional>
#include <vector>

#include "app/demo/demo_platform.h"

class QMenu;
class QWidget;

namespace quarterdeck::ui {

/// What the Demo menu can do; empty functions: no demo runs.
struct DemoControl {
    std::vector<demo::IncidentInfo> incidents;
    std::function<void(const std::string& id)> start;
    std::function<void()> reset;
    [[nodiscard]] bool running() const { return static_cast<bool>(start); }
};

[[nodiscard]] QMenu* makeDemoMenu(const DemoControl& control, QWidget* parent);

}  // namespace quarterdeck::ui
