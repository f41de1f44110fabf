#pragma once

#include "ui/details/detail_input.h"

namespace quarterdeck::ui {

/// One card per container of the pod (not its init containers): state, image, last end, requests and limits, probes,
/// ports, environment. Values of the environment are never shown, only how many there are and where they come from.
[[nodiscard]] widgets::PropertySection containerSection(const DetailInput& input);
/// The same cards of the init containers that keep running beside the others. Nothing where the pod has none.
[[nodiscard]] std::optional<widgets::PropertySection> sidecarSection(const DetailInput& input);
/// One row per init container: done, running or waiting. Nothing where the pod has none.
[[nodiscard]] std::optional<widgets::PropertySection> initSection(const DetailInput& input);

/// "GET /health/ready :8000 every 10 s, 3 failures allowed". Pure.
[[nodiscard]] QString probeText(const nlohmann::json& probe);
/// "5 variables, from Secret orders-db, ConfigMap orders"; empty without any. Pure.
[[nodiscard]] QString environmentText(const nlohmann::json& container);

}  // namespace quarterdeck::ui
