#pragma once

#include <vector>

#include "ui/tables/table_order.h"

namespace quarterdeck::ui {

/// How a table gets from the shown order to the next one. Pure.
struct OrderTransition {
    struct Range {
        int first = 0;
        int count = 0;
    };
    enum class Way {
        Nothing,
        Steps,  ///< remove ranges, permute, insert ranges
        Reset,  ///< too many pieces
    };
    Way way = Way::Nothing;
    std::vector<Range> removals;    ///< rows of the shown order, ascending
    std::vector<Range> insertions;  ///< rows of the next order, ascending
    bool permuted = false;          ///< what stays changes its sequence
};

/// `slotCount` bounds the slots in both orders; more than `maxRanges` pieces give a reset.
[[nodiscard]] OrderTransition planTransition(const std::vector<Slot>& shown, const std::vector<Slot>& next,
                                             std::size_t slotCount, std::size_t maxRanges = 24);

/// `sorted`, but with the rows at `pinnedRows` of `shown` (ascending) kept where they stand, also where `sorted` does
/// not have them any more. Pure.
[[nodiscard]] std::vector<Slot> keepPinned(const std::vector<Slot>& shown, const std::vector<Slot>& sorted,
                                           const std::vector<int>& pinnedRows, std::size_t slotCount);

}  // namespace quarterdeck::ui
