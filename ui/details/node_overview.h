#pragma once

#include "ui/details/detail_input.h"

namespace quarterdeck::ui {

[[nodiscard]] Notice nodeNotice(const DetailInput& input);
[[nodiscard]] Sections nodeOverview(const DetailInput& input);
[[nodiscard]] Sections nodeRelated(const DetailInput& input);

}  // namespace quarterdeck::ui
