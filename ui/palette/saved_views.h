#pragma once

#include <string>
#include <vector>

#include "ui/location.h"

namespace quarterdeck::ui {

class ViewMemory;

/// A place that the person gave a name.
struct SavedView {
    std::string name;
    Location place;
    friend bool operator==(const SavedView&, const SavedView&) = default;
};

/// The saved views, kept in the memory as JSON under "saved-views"; entries that cannot be read are left out.
/// Interface thread. In the order of their names.
[[nodiscard]] std::vector<SavedView> savedViews(const ViewMemory& memory);
/// Replaces the one of the same name.
void saveView(ViewMemory& memory, const SavedView& view);
/// What was there under this name goes; without one nothing happens.
void removeView(ViewMemory& memory, const std::string& name);

}  // namespace quarterdeck::ui
