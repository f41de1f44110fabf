#include "ui/palette/saved_views.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "ui/view_memory.h"

namespace quarterdeck::ui {

namespace {

constexpr const char* kPart = "saved-views";

void write(ViewMemory& memory, const std::vector<SavedView>& views) {
    auto json = nlohmann::json::array();
    for (const SavedView& view : views) {
        json.push_back({{"name", view.name}, {"place", formatLocation(view.place)}});
    }
    // A name may hold anything; what is not UTF-8 is replaced.
    memory.put(kPart,
               views.empty() ? std::string() : json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace

std::vector<SavedView> savedViews(const ViewMemory& memory) {
    std::vector<SavedView> views;
    const nlohmann::json json = nlohmann::json::parse(memory.get(kPart), nullptr, false);
    if (!json.is_array()) {
        return views;
    }
    for (const nlohmann::json& entry : json) {
        if (!entry.is_object() || !entry.contains("name") || !entry["name"].is_string() || !entry.contains("place") ||
            !entry["place"].is_string()) {
            continue;
        }
        auto place = parseLocation(entry["place"].get<std::string>());
        const auto name = entry["name"].get<std::string>();
        if (place && !name.empty()) {
            views.push_back({name, std::move(*place)});
        }
    }
    std::sort(views.begin(), views.end(), [](const auto& left, const auto& right) { return left.name < right.name; });
    return views;
}

void saveView(ViewMemory& memory, const SavedView& view) {
    std::vector<SavedView> views = savedViews(memory);
    std::erase_if(views, [&](const SavedView& old) { return old.name == view.name; });
    views.push_back(view);
    write(memory, views);
}

void removeView(ViewMemory& memory, const std::string& name) {
    std::vector<SavedView> views = savedViews(memory);
    std::erase_if(views, [&](const SavedView& old) { return old.name == name; });
    write(memory, views);
}

}  // namespace quarterdeck::ui
