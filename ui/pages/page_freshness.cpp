#include "ui/pages/page_freshness.h"

#include <algorithm>

#include <QCoreApplication>
#include <QStringList>

#include "ui/text/error_text.h"

namespace quarterdeck::ui {

using kube::FreshnessState;

namespace {

int badness(FreshnessState state) {
    switch (state) {
        case FreshnessState::Failed:
            return 5;
        case FreshnessState::Forbidden:
            return 4;
        case FreshnessState::Stale:
            return 3;
        case FreshnessState::Loading:
            return 2;
        case FreshnessState::Live:
            return 1;
        case FreshnessState::Empty:
            return 0;
    }
    return 0;
}

}  // namespace

FreshnessState worstOf(const std::vector<ContextFreshness>& parts) {
    FreshnessState worst = FreshnessState::Empty;
    for (const ContextFreshness& part : parts) {
        if (badness(part.freshness.state) > badness(worst)) {
            worst = part.freshness.state;
        }
    }
    return worst;
}

QString stateWord(FreshnessState state) {
    switch (state) {
        case FreshnessState::Loading:
            return QCoreApplication::translate("Freshness", "Loading");
        case FreshnessState::Live:
            return QCoreApplication::translate("Freshness", "Live");
        case FreshnessState::Empty:
            return QCoreApplication::translate("Freshness", "Live, empty");
        case FreshnessState::Forbidden:
            return QCoreApplication::translate("Freshness", "Forbidden");
        case FreshnessState::Stale:
            return QCoreApplication::translate("Freshness", "Stale");
        case FreshnessState::Failed:
            return QCoreApplication::translate("Freshness", "Failed");
    }
    return {};
}

widgets::Tone stateTone(FreshnessState state) {
    switch (state) {
        case FreshnessState::Loading:
            return widgets::Tone::Progress;
        case FreshnessState::Live:
        case FreshnessState::Empty:
            return widgets::Tone::Good;
        case FreshnessState::Forbidden:
            return widgets::Tone::Warning;
        case FreshnessState::Stale:
            return widgets::Tone::Unknown;
        case FreshnessState::Failed:
            return widgets::Tone::Critical;
    }
    return widgets::Tone::Unknown;
}

QString freshnessReport(const std::vector<ContextFreshness>& parts, Instant now, ZoneChoice zone) {
    QStringList lines;
    for (const ContextFreshness& part : parts) {
        const kube::Freshness& freshness = part.freshness;
        QString line = fromUtf8(part.context) + QStringLiteral(": ") + stateWord(freshness.state);
        if (freshness.state == FreshnessState::Stale) {
            line += QCoreApplication::translate("Freshness", " since %1").arg(clockTime(freshness.since, zone));
        } else if (freshness.since != Instant{} && freshness.state != FreshnessState::Failed) {
            line += QStringLiteral(", ") + ageText(std::min(freshness.since, now), now);
        }
        if (freshness.reason) {
            line += QStringLiteral(". ") + errorText(*freshness.reason);
        }
        lines += line;
    }
    return lines.isEmpty() ? QCoreApplication::translate("Freshness", "No context is shown.")
                           : lines.join(QLatin1Char('\n'));
}

}  // namespace quarterdeck::ui
