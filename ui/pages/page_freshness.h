#pragma once

#include <vector>

#include <QString>

#include "app/kube/freshness.h"
#include "app/kube/object.h"
#include "ui/text/time_display.h"
#include "widgets/theme.h"

namespace quarterdeck::ui {

/// How far what a page shows of one context can be trusted.
struct ContextFreshness {
    kube::ContextId context;
    kube::Freshness freshness;
    std::size_t rows = 0;
};

/// The worst of the parts: Failed, Forbidden, Stale, Loading, then Live, and Empty where all are empty or there are
/// none. Pure.
[[nodiscard]] kube::FreshnessState worstOf(const std::vector<ContextFreshness>& parts);

/// "Live", "Stale", … in the person's language.
[[nodiscard]] QString stateWord(kube::FreshnessState state);
[[nodiscard]] widgets::Tone stateTone(kube::FreshnessState state);

/// One line per context with its reason: the tooltip of the freshness pill.
[[nodiscard]] QString freshnessReport(const std::vector<ContextFreshness>& parts, Instant now, ZoneChoice zone);

}  // namespace quarterdeck::ui
