#pragma once

#include "ui/details/detail_input.h"

namespace quarterdeck::ui {

[[nodiscard]] DetailNotice nodeNotice(const DetailInput& input);
[[nodiscard]] Sections nodeOverview(const DetailInput& input);
[[nodiscard]] Sections nodeRelated(const DetailInput& input);

}  // namespace quarterdeck::ui
