#pragma once

#include "ui/details/detail_input.h"

namespace quarterdeck::ui {

[[nodiscard]] DetailNotice eventNotice(const DetailInput& input);
[[nodiscard]] Sections eventOverview(const DetailInput& input);
[[nodiscard]] Sections eventRelated(const DetailInput& input);

}  // namespace quarterdeck::ui
