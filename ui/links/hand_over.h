#pragma once

#include <string>

namespace quarterdeck::ui {

/// Gives a link, right or wrong, to the console that runs already (its LinkReceiver); whether one took it. Waits six
/// seconds at most; one that is too busy for that may still open the link afterwards.
[[nodiscard]] bool handOver(const std::string& link);

}  // namespace quarterdeck::ui
