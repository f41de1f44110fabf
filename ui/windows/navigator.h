#pragma once

#include <vector>

#include "ui/location.h"

namespace quarterdeck::ui {

/// Back and forward over places. A value without a window.
class Navigator {
public:
    /// A new step; what lay ahead is forgotten. The place one is at already makes no step.
    void push(Location location);
    /// The present place is a little different now (another filter).
    void replace(Location location);
    [[nodiscard]] bool canGoBack() const { return at_ > 0; }
    [[nodiscard]] bool canGoForward() const { return at_ + 1 < places_.size(); }
    const Location& back();
    const Location& forward();
    [[nodiscard]] const Location& current() const { return places_[at_]; }

private:
    std::vector<Location> places_{Location{}};
    std::size_t at_ = 0;
    bool begun_ = false;
};

}  // namespace quarterdeck::ui
