#include "ui/tables/column_layout.h"

#include <algorithm>
#include <charconv>

namespace quarterdeck::ui {

using widgets::ColumnPlace;

namespace {

constexpr int kMinWidth = 24;
constexpr int kMaxWidth = 4000;

int widthOf(std::string_view text) {
    int width = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), width);
    const bool whole = fault == std::errc() && end == text.data() + text.size();
    return whole && width >= kMinWidth && width <= kMaxWidth ? width : 0;
}

}  // namespace

QVector<ColumnPlace> ownColumns(const TableSpec& spec) {
    QVector<ColumnPlace> places;
    for (std::size_t i = 0; i < spec.columns.size(); ++i) {
        places.append({static_cast<int>(i), spec.columns[i].hidden, 0});
    }
    return places;
}

std::string writeColumns(const TableSpec& spec, const QVector<ColumnPlace>& places) {
    if (places == ownColumns(spec)) {
        return {};
    }
    std::string text;
    for (const ColumnPlace& place : places) {
        text += text.empty() ? "" : " ";
        text += place.hidden ? "-" : "";
        text += spec.columns[static_cast<std::size_t>(place.column)].id;
        if (place.width > 0) {
            text += ':' + std::to_string(place.width);
        }
    }
    return text;
}

QVector<ColumnPlace> readColumns(const TableSpec& spec, std::string_view text) {
    QVector<ColumnPlace> places;
    const auto placed = [&](int column) {
        return std::find_if(places.begin(), places.end(),
                            [&](const ColumnPlace& place) { return place.column == column; });
    };
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const bool hidden = word.starts_with('-');
        word.remove_prefix(hidden ? 1 : 0);
        const std::size_t colon = std::min(word.find(':'), word.size());
        const int column = spec.columnIndex(word.substr(0, colon));
        if (column >= 0 && placed(column) == places.end()) {
            places.append({column, hidden, colon < word.size() ? widthOf(word.substr(colon + 1)) : 0});
        }
    }
    if (std::all_of(places.begin(), places.end(), [](const ColumnPlace& place) { return place.hidden; })) {
        return ownColumns(spec);
    }
    for (const ColumnPlace& own : ownColumns(spec)) {
        if (placed(own.column) == places.end()) {
            // The neighbour at its left has its place by now.
            const auto after = own.column == 0 ? places.begin() : placed(own.column - 1) + 1;
            places.insert(after, own);
        }
    }
    return places;
}

}  // namespace quarterdeck::ui
