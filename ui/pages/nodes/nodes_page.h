#pragma once

#include "ui/pages/page.h"

namespace quarterdeck::ui {

/// The nodes with what their pods ask for.
[[nodiscard]] Page* makeNodesPage(const PageServices& services, QWidget* parent);

}  // namespace quarterdeck::ui
