#pragma once

#include <optional>
#include <string>

#include <QString>

namespace quarterdeck::ui {

/// Whether somebody listens at an X display (":0", "localhost:10.0"); true also where the name is of a form that only
/// Qt may know. Waits for a slow network, at most three seconds.
[[nodiscard]] bool xDisplayAnswers(const std::string& display);
/// The same for a Wayland display, by name or path; `runtimeDir` is XDG_RUNTIME_DIR.
[[nodiscard]] bool waylandDisplayAnswers(const std::string& display, const std::string& runtimeDir);

/// Why a window cannot be shown in this environment, and how to go on; nothing where it can. With a tour no display
/// is needed: then QT_QPA_PLATFORM is set to draw without one. Call before QApplication is made, which ends the program
/// where its display does not answer.
[[nodiscard]] std::optional<QString> prepareDisplay(bool tour);

}  // namespace quarterdeck::ui
