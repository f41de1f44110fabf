#pragma once

#include "ui/details/detail_input.h"

namespace quarterdeck::ui {

/// What is wrong with a pod, in plain words, from the states of its containers, their last ends and its events; more
/// exact once the whole object is there. Nothing where it fares well.
[[nodiscard]] DetailNotice podNotice(const DetailInput& input);

}  // namespace quarterdeck::ui
