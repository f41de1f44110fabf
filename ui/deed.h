#pragma once

#include <functional>

#include <QString>

#include "widgets/theme.h"

namespace quarterdeck::ui {

/// Something that was done, in one sentence, and how to take it back.
struct Deed {
    QString text;
    widgets::Tone tone = widgets::Tone::Good;
    /// Empty: it cannot be taken back. May be called any time later, once.
    std::function<void()> undo;
};

}  // namespace quarterdeck::ui
