#include "ui/windows/navigator.h"

#include <utility>

namespace quarterdeck::ui {

namespace {

constexpr std::size_t kMaxPlaces = 200;

}  // namespace

void Navigator::push(Location location) {
    if (!std::exchange(begun_, true)) {
        places_.front() = std::move(location);
        return;
    }
    if (location == current()) {
        return;
    }
    places_.resize(at_ + 1);
    places_.push_back(std::move(location));
    if (places_.size() > kMaxPlaces) {
        places_.erase(places_.begin());
    }
    at_ = places_.size() - 1;
}

void Navigator::replace(Location location) {
    begun_ = true;
    places_[at_] = std::move(location);
}

const Location& Navigator::back() {
    at_ -= at_ > 0 ? 1 : 0;
    return current();
}

const Location& Navigator::forward() {
    at_ += canGoForward() ? 1 : 0;
    return current();
}

}  // namespace quarterdeck::ui
