#include "ui/tables/order_transition.h"

namespace quarterdeck::ui {

namespace {

constexpr int kNowhere = -1;

std::vector<int> positionsOf(const std::vector<Slot>& order, std::size_t slotCount) {
    std::vector<int> positions(slotCount, kNowhere);
    for (std::size_t i = 0; i < order.size(); ++i) {
        positions[order[i]] = static_cast<int>(i);
    }
    return positions;
}

/// Ranges of `order` that `positions` does not know.
std::vector<OrderTransition::Range> missing(const std::vector<Slot>& order, const std::vector<int>& positions) {
    std::vector<OrderTransition::Range> ranges;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (positions[order[i]] != kNowhere) {
            continue;
        }
        const int row = static_cast<int>(i);
        if (!ranges.empty() && ranges.back().first + ranges.back().count == row) {
            ++ranges.back().count;
        } else {
            ranges.push_back({row, 1});
        }
    }
    return ranges;
}

}  // namespace

OrderTransition planTransition(const std::vector<Slot>& shown, const std::vector<Slot>& next, std::size_t slotCount,
                               std::size_t maxRanges) {
    OrderTransition transition;
    if (shown == next) {
        return transition;
    }
    const std::vector<int> nextPositions = positionsOf(next, slotCount);
    transition.removals = missing(shown, nextPositions);
    transition.insertions = missing(next, positionsOf(shown, slotCount));
    int last = kNowhere;
    for (const Slot slot : shown) {
        const int position = nextPositions[slot];
        if (position == kNowhere) {
            continue;
        }
        if (position < last) {
            transition.permuted = true;
            break;
        }
        last = position;
    }
    transition.way = transition.removals.size() + transition.insertions.size() > maxRanges
                         ? OrderTransition::Way::Reset
                         : OrderTransition::Way::Steps;
    return transition;
}

std::vector<Slot> keepPinned(const std::vector<Slot>& shown, const std::vector<Slot>& sorted,
                             const std::vector<int>& pinnedRows, std::size_t slotCount) {
    std::vector<bool> pinned(slotCount);
    for (const int row : pinnedRows) {
        pinned[shown[static_cast<std::size_t>(row)]] = true;
    }
    std::vector<Slot> order;
    order.reserve(sorted.size() + pinnedRows.size());
    std::size_t nextPin = 0;
    const auto placePins = [&] {
        while (nextPin < pinnedRows.size() && static_cast<std::size_t>(pinnedRows[nextPin]) <= order.size()) {
            order.push_back(shown[static_cast<std::size_t>(pinnedRows[nextPin])]);
            ++nextPin;
        }
    };
    for (const Slot slot : sorted) {
        placePins();
        if (!pinned[slot]) {
            order.push_back(slot);
        }
    }
    placePins();
    // Fewer rows than before: the rest moves up together.
    for (; nextPin < pinnedRows.size(); ++nextPin) {
        order.push_back(shown[static_cast<std::size_t>(pinnedRows[nextPin])]);
    }
    return order;
}

}  // namespace quarterdeck::ui
