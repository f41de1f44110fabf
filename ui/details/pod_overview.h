#pragma once

#include "ui/details/detail_input.h"

namespace quarterdeck::ui {

[[nodiscard]] Sections podOverview(const DetailInput& input);
[[nodiscard]] Sections podRelated(const DetailInput& input);

/// Names of the objects that a pod's spec speaks of, each once, by kind.
struct UsedObject {
    std::string kind;
    std::string name;
    friend auto operator<=>(const UsedObject&, const UsedObject&) = default;
};
[[nodiscard]] std::vector<UsedObject> usedObjects(const nlohmann::json& pod);
/// "Secret orders-db", "ConfigMap orders", "emptyDir in memory", "hostPath /var/log" …
[[nodiscard]] QString volumeText(const nlohmann::json& volume);

}  // namespace quarterdeck::ui
