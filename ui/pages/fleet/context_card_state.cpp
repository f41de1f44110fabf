// What the card says; its parts are made in context_card.cpp.
#include <QCoreApplication>
#include <QLocale>
#include <QVBoxLayout>

#include "app/kinds/pod.h"
#include "app/kinds/pod_status.h"
#include "ui/pages/fleet/capacity_row.h"
#include "ui/pages/fleet/context_card.h"
#include "ui/pages/fleet/problem_list.h"
#include "ui/pages/fleet/problem_words.h"
#include "ui/pages/page_freshness.h"
#include "ui/tables/column.h"
#include "ui/text/error_text.h"
#include "ui/text/quantity_text.h"
#include "widgets/button.h"
#include "widgets/heat_row.h"
#include "widgets/label.h"
#include "widgets/pill.h"

namespace quarterdeck::ui {

using kube::FreshnessState;
using session::ConnectionState;
using widgets::Tone;

namespace {

constexpr int kLabelWidth = 100;

QString countText(const FleetSummary& summary) {
    QStringList words;
    if (summary.critical > 0) {
        words += ContextCard::tr("%n critical", nullptr, static_cast<int>(summary.critical));
    }
    if (summary.warning > 0) {
        words += ContextCard::tr("%n warnings", nullptr, static_cast<int>(summary.warning));
    }
    return words.join(QStringLiteral(", "));
}

}  // namespace

void ContextCard::setState(const CardState& state) {
    const FreshnessState freshness = state.freshness.state;
    const bool old = freshness == FreshnessState::Stale;
    const bool known = old || freshness == FreshnessState::Live || freshness == FreshnessState::Empty;
    showConnection(state);
    showProblems(state, known, old);
    showPods(state, known, old);
    showRows(state, known, old);
    tellSummary(state, known);
}

void ContextCard::showConnection(const CardState& state) {
    const session::ConnectionStatus& status = state.status;
    std::optional<Error> reason = status.error;
    if (status.state == ConnectionState::Connecting) {
        connection_->setTone(Tone::Progress);
        connection_->setText(tr("connecting"));
    } else {
        reason = state.freshness.reason;
        connection_->setTone(stateTone(state.freshness.state));
        connection_->setText(state.freshness.state == FreshnessState::Stale
                                 ? tr("stale since %1").arg(clockTime(state.freshness.since, state.zone))
                                 : stateWord(state.freshness.state).toLower());
    }
    reason_->setVisible(reason.has_value());
    reason_->setText(reason ? errorText(*reason) : QString());
    remedy_->setVisible(reason.has_value() && state.freshness.state != FreshnessState::Forbidden);
    QStringList about;
    if (!status.serverVersion.empty()) {
        const QString version = fromUtf8(status.serverVersion);
        about += tr("Kubernetes %1").arg(version.startsWith(QLatin1Char('v')) ? version.mid(1) : version);
    }
    if (state.summary.nodes > 0) {
        about += tr("%n nodes", nullptr, static_cast<int>(state.summary.nodes));
    }
    if (!nameSpace_.isEmpty()) {
        about += nameSpace_;
    }
    about_->setText(about.join(QStringLiteral(" · ")));
}

void ContextCard::showProblems(const CardState& state, bool known, bool old) {
    const FleetSummary& summary = state.summary;
    problems_ = summary.problems;
    QVector<ProblemList::Line> lines;
    for (const FleetProblem& problem : summary.problems) {
        const Tone tone = problem.health == kube::Health::Critical ? Tone::Critical : Tone::Warning;
        const QString text = problemText(problem);
        QString toolTip = text;
        if (problem.kind == FleetProblem::Kind::Pods) {
            toolTip += QStringLiteral("\n") + tr("%n pods", nullptr, static_cast<int>(problem.count)) +
                       QStringLiteral(", ") + fromUtf8(problem.reason);
        }
        if (!problem.nameSpace.empty()) {
            toolTip += QStringLiteral("\n") + tr("Namespace %1").arg(fromUtf8(problem.nameSpace));
        }
        const bool dated = problem.since > Instant{};
        lines.push_back({old ? Tone::Unknown : tone, text, dated ? ageText(problem.since, state.now) : QString(),
                         dated ? toolTip + QStringLiteral("\n") + dateAndTime(problem.since, state.zone) : toolTip});
    }
    list_->setLines(lines, known ? tr("Nothing needs attention") : QString());
    const QString counts = countText(summary);
    health_->setVisible(known);
    health_->setText(counts.isEmpty() ? tr("All healthy") : counts);
    health_->setTone(old                    ? Tone::Unknown
                     : summary.critical > 0 ? Tone::Critical
                     : summary.warning > 0  ? Tone::Warning
                                            : Tone::Good);
}

QString ContextCard::unknownWord(const CardState& state) {
    const bool awaited =
        state.status.state == ConnectionState::Connecting || state.freshness.state == FreshnessState::Loading;
    return awaited ? tr("not known yet") : tr("not known");
}

void ContextCard::showPods(const CardState& state, bool known, bool old) {
    const FleetSummary& summary = state.summary;
    const QLocale locale;
    pods_->setText(!known && summary.pods == 0
                       ? unknownWord(state)
                       : tr("%1 of %2 ready").arg(locale.toString(summary.podsReady), locale.toString(summary.pods)));
    if (podsVersion_ == summary.podsVersion && cellsOld_ == old) {
        return;
    }
    podsVersion_ = summary.podsVersion;
    cellsOld_ = old;
    cells_.clear();
    std::uint32_t more = 0;
    for (std::size_t i = 0; i < summary.groups.size(); ++i) {
        const FleetSummary::Group& group = summary.groups[i];
        if (heatRows_.size() <= i) {
            auto* row = new widgets::HeatRow({}, heat_);
            row->setLabelWidth(kLabelWidth);
            row->setSmall(true);
            connect(row, &widgets::HeatRow::cellActivated, this, &ContextCard::goToPod);
            heatLayout_->addWidget(row);
            heatRows_.push_back(row);
        }
        widgets::HeatRow* row = heatRows_[i];
        const QString label = group.nameSpace.empty() ? tr("others") : fromUtf8(group.nameSpace);
        QVector<widgets::HeatCell> cells;
        int faults = 0;
        for (const kube::ObjectPtr& cell : group.cells) {
            const auto& pod = static_cast<const kinds::Pod&>(*cell);
            faults += pod.health == kube::Health::Critical || pod.health == kube::Health::Warning ? 1 : 0;
            cells.push_back({fromUtf8(pod.meta.uid),
                             fromUtf8(pod.path()) + QStringLiteral(": ") + fromUtf8(kinds::summarise(pod).status),
                             old ? Tone::Unknown : toneOf(pod.health)});
            cells_.push_back(cell);
        }
        more += group.more;
        row->setLabel(label);
        row->setCells(cells);
        row->setSummary(tr("%1: %2 pods, %3 with faults")
                            .arg(label, locale.toString(static_cast<int>(group.cells.size() + group.more)),
                                 locale.toString(faults)));
        row->show();
    }
    for (std::size_t i = summary.groups.size(); i < heatRows_.size(); ++i) {
        heatRows_[i]->hide();
    }
    more_->setVisible(more > 0);
    more_->setText(tr("and %n more pods", nullptr, static_cast<int>(more)));
}

void ContextCard::showRows(const CardState& state, bool known, bool old) {
    const FleetSummary& summary = state.summary;
    const QLocale locale;
    const QString unknown = unknownWord(state);
    const auto capacity = [&](CapacityRow* row, std::int64_t requested, std::int64_t room,
                              QString (*words)(std::int64_t)) {
        const bool there = known && room > 0;
        row->setRequested(
            there ? std::optional(requestedShare(requested, room)) : std::nullopt,
            there   ? words(room)
            : known ? tr("no ready node")
                    : unknown,
            there ? tr("%1 requested of %2 that ready nodes offer").arg(words(requested), words(room)) : QString());
        row->setMuted(old);
    };
    capacity(cpu_, summary.requested.cpuMilli, summary.allocatable.cpuMilli, coresWithUnit);
    capacity(memory_, summary.requested.memory, summary.allocatable.memory, memory);
    const auto row = [&](widgets::KeyValueRow* one, const QString& value, Tone tone) {
        one->setValue(known ? value : unknown);
        one->setTone(known && !old ? tone : Tone::None);
        one->setMuted(old || !known);
    };
    row(nodes_, tr("%1 of %2 ready").arg(locale.toString(summary.nodesReady), locale.toString(summary.nodes)),
        summary.nodes == 0                   ? Tone::None
        : summary.nodesReady < summary.nodes ? Tone::Critical
                                             : Tone::Good);
    row(warnings_,
        summary.recentWarnings == 0 ? tr("none in the last hour")
                                    : tr("%n in the last hour", nullptr, static_cast<int>(summary.recentWarnings)),
        summary.recentWarnings > 0 ? Tone::Warning : Tone::Good);
    row(restarts_,
        summary.recentRestarts == 0 ? tr("none in the last hour")
                                    : tr("%n pods in the last hour", nullptr, static_cast<int>(summary.recentRestarts)),
        summary.recentRestarts > 0 ? Tone::Warning : Tone::Good);
}

/// One sentence that says how the context is.
void ContextCard::tellSummary(const CardState& state, bool known) {
    QString sentence = context_ + QStringLiteral(": ") + connection_->text();
    if (known) {
        const QString counts = countText(state.summary);
        sentence += QStringLiteral(", ") + (counts.isEmpty() ? tr("nothing needs attention") : counts) +
                    QStringLiteral(", ") + tr("%1 pods").arg(pods_->text());
    }
    setAccessibleName(sentence);
    setAccessibleDescription(about_->text());
}

int ContextCard::problemRows() const {
    return list_->neededRows();
}

void ContextCard::setProblemRows(int rows) {
    list_->setRows(rows);
}

int ContextCard::heatHeight(int cardWidth) const {
    const int width = cardWidth - 2 * kPadding - 2;
    int height = 0;
    for (const widgets::HeatRow* row : heatRows_) {
        height += row->isHidden() ? 0 : row->heightForWidth(width);
    }
    return height;
}

void ContextCard::setHeatHeight(int height) {
    heat_->setMinimumHeight(height);
}

}  // namespace quarterdeck::ui
