#pragma once

#include <memory>
#include <optional>

#include <QString>

namespace quarterdeck::ui {

/// What was found out about the display.
struct DisplayCheck {
    /// Why a window cannot be shown in this environment, and how to go on; nothing where it can.
    std::optional<QString> obstacle;
    /// Keep it until QApplication is made: an X server that its last client leaves starts anew, and refuses meanwhile.
    std::shared_ptr<void> connection;
};

/// With a tour no display is needed: then QT_QPA_PLATFORM is set to draw without one. Call before QApplication is made,
/// which ends the program where its display does not answer. Waits for a slow network, at most three seconds per
/// address.
[[nodiscard]] DisplayCheck prepareDisplay(bool tour);

}  // namespace quarterdeck::ui
