#pragma once

#include "ui/details/detail_input.h"

// Details of an object of any kind (a kube::TableRow), and of a kind itself (a kube::ServedKind).
namespace quarterdeck::ui {

[[nodiscard]] QString rowStatus(const DetailInput& input);
[[nodiscard]] widgets::Tone rowTone(const DetailInput& input);
[[nodiscard]] DetailNotice rowNotice(const DetailInput& input);
[[nodiscard]] Sections rowOverview(const DetailInput& input);
[[nodiscard]] Sections rowRelated(const DetailInput& input);

[[nodiscard]] QString servedStatus(const DetailInput& input);
[[nodiscard]] DetailNotice servedNotice(const DetailInput& input);
[[nodiscard]] Sections servedOverview(const DetailInput& input);
[[nodiscard]] Sections servedRelated(const DetailInput& input);
/// Built-in kinds have no definition.
[[nodiscard]] QString servedWithoutObject(const DetailInput& input);

}  // namespace quarterdeck::ui
