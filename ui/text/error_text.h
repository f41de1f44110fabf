#pragma once

#include <QString>
#include <string_view>

#include "app/base/error.h"

namespace quarterdeck::ui {

/// The error's sentence in the person's language, parameters filled in.
[[nodiscard]] QString errorText(const Error& error);
/// The first sentence of it only: for cards and tooltips that have one line.
[[nodiscard]] QString shortErrorText(const Error& error);
/// Code, parameters and causes, one per line: for "Details" and bug reports. No secrets: errors hold none.
[[nodiscard]] QString errorDetails(const Error& error);

[[nodiscard]] inline QString fromUtf8(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

}  // namespace quarterdeck::ui
