#pragma once

#include <array>
#include <optional>

#include "app/settings/settings.h"
#include "ui/notices/notice_center.h"

namespace quarterdeck::ui {

/// How all windows look and when they keep quiet; what the person chooses in the Settings menu.
struct Appearance {
    settings::Theme theme = settings::Theme::System;
    settings::Contrast contrast = settings::Contrast::System;
    double textScale = 1.0;
    std::optional<QuietHours> quiet;
    friend bool operator==(const Appearance&, const Appearance&) = default;
};

/// What the menu offers, in percent.
inline constexpr std::array<int, 5> kTextSizes{90, 100, 110, 125, 150};

}  // namespace quarterdeck::ui
