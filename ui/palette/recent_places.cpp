#include "ui/palette/recent_places.h"

#include <nlohmann/json.hpp>

#include "ui/view_memory.h"

namespace quarterdeck::ui {

namespace {

constexpr const char* kPart = "palette.recent";

}  // namespace

std::vector<Location> recentPlaces(const ViewMemory& memory) {
    std::vector<Location> places;
    const nlohmann::json json = nlohmann::json::parse(memory.get(kPart), nullptr, false);
    if (!json.is_array()) {
        return places;
    }
    for (const nlohmann::json& entry : json) {
        if (entry.is_string() && places.size() < kMaxRecentPlaces) {
            if (auto place = parseLocation(entry.get<std::string>())) {
                places.push_back(std::move(*place));
            }
        }
    }
    return places;
}

bool samePlace(const Location& left, const Location& right) {
    if (left.page != right.page || left.resource != right.resource ||
        left.object.has_value() != right.object.has_value()) {
        return false;
    }
    if (left.object) {  // wherever one stood when looking at it
        return *left.object == *right.object;
    }
    return left.contexts == right.contexts && left.namespaces == right.namespaces && left.filter == right.filter;
}

void noteVisit(ViewMemory& memory, Location place) {
    place.sort.reset();
    std::vector<Location> places = recentPlaces(memory);
    std::erase_if(places, [&](const Location& old) { return samePlace(old, place); });
    places.insert(places.begin(), std::move(place));
    auto json = nlohmann::json::array();
    for (std::size_t i = 0; i < std::min(places.size(), kMaxRecentPlaces); ++i) {
        json.push_back(formatLocation(places[i]));
    }
    memory.put(kPart, json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

std::vector<ObjectReference> objectsOf(const std::vector<Location>& places) {
    std::vector<ObjectReference> objects;
    for (const Location& place : places) {
        if (place.object) {
            objects.push_back(*place.object);
        }
    }
    return objects;
}

}  // namespace quarterdeck::ui
