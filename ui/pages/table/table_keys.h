#pragma once

#include <vector>

#include "ui/pages/page.h"

namespace quarterdeck::ui {

/// What widgets::TableView and widgets::FilterLine understand by themselves, in words.
[[nodiscard]] std::vector<PageKey> tableKeys();

}  // namespace quarterdeck::ui
