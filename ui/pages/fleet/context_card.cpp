#include "ui/pages/fleet/context_card.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

#include "app/kinds/pod.h"
#include "app/kinds/pod_status.h"
#include "ui/pages/page_freshness.h"
#include "ui/tables/column.h"
#include "ui/text/error_text.h"
#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/heat_row.h"
#include "widgets/label.h"
#include "widgets/pill.h"

namespace quarterdeck::ui {

using session::ConnectionState;
using widgets::ButtonKind;
using widgets::Role;
using widgets::TextSize;
using widgets::Tone;

ContextCard::ContextCard(const QString& context, QWidget* parent) : Card(parent), context_(context) {
    setObjectName(QStringLiteral("card.") + context);
    setAccessibleName(context);
    build();
}

void ContextCard::build() {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(8);

    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    auto* name = new widgets::TextLabel(context_, TextSize::Title, Role::Text, QFont::DemiBold, this);
    name->setElideMode(Qt::ElideMiddle);
    production_ = new widgets::Tag(tr("prod"), this);
    production_->setProduction(true);
    production_->hide();
    health_ = new widgets::Pill(this);
    health_->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);  // a long name gives way, not the state
    head->addWidget(name);
    head->addWidget(production_);
    head->addStretch(1);
    head->addWidget(health_);
    layout->addLayout(head);

    auto* line = new QHBoxLayout;
    about_ = new widgets::TextLabel({}, TextSize::Secondary, Role::TextMuted, QFont::Normal, this);
    about_->setElideMode(Qt::ElideRight);
    connection_ = new widgets::Pill(this);
    connection_->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);  // a long name gives way, not the state
    connection_->setPlain(true);
    connection_->setObjectName(objectName() + QStringLiteral(".connection"));
    line->addWidget(about_, 1);
    line->addWidget(connection_);
    layout->addLayout(line);

    auto* trouble = new QHBoxLayout;
    reason_ = new widgets::TextLabel({}, TextSize::Secondary, Role::Text, QFont::Normal, this);
    reason_->setObjectName(objectName() + QStringLiteral(".reason"));
    reason_->setWordWrap(true);
    reason_->hide();
    remedy_ = widgets::makeButton(tr("Retry"), QStringLiteral("refresh-cw"), ButtonKind::Secondary, this);
    remedy_->setObjectName(objectName() + QStringLiteral(".remedy"));
    remedy_->hide();
    connect(remedy_, &QAbstractButton::clicked, this,
            [this] { signedOut_ ? emit signInRequested() : emit retryRequested(); });
    trouble->addWidget(reason_, 1);
    trouble->addWidget(remedy_, 0, Qt::AlignTop);
    layout->addLayout(trouble);
    layout->addWidget(new widgets::HairLine(Qt::Horizontal, this));

    auto* podsLine = new QHBoxLayout;
    podsLine->addWidget(new widgets::TextLabel(tr("Pods"), TextSize::Secondary, Role::Text, QFont::DemiBold, this));
    pods_ = new widgets::TextLabel({}, TextSize::Secondary, Role::TextMuted, QFont::Normal, this);
    pods_->setObjectName(objectName() + QStringLiteral(".pods"));
    podsLine->addWidget(pods_, 1);
    layout->addLayout(podsLine);
    heat_ = new QVBoxLayout;
    heat_->setSpacing(2);
    layout->addLayout(heat_);
    more_ = new widgets::TextLabel({}, TextSize::Caption, Role::TextMuted, QFont::Normal, this);
    more_->hide();
    layout->addWidget(more_);
    layout->addStretch(1);

    nodes_ = new widgets::KeyValueRow(tr("Nodes"), {}, this);
    nodes_->setIconName(QStringLiteral("server"));
    nodes_->setLineAbove(true);
    warnings_ = new widgets::KeyValueRow(tr("Events"), {}, this);
    warnings_->setIconName(QStringLiteral("calendar-check"));
    warnings_->setLineAbove(true);
    layout->addWidget(nodes_);
    layout->addWidget(warnings_);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    const auto button = [&](const QString& text, const char* icon, const char* id, auto signal) {
        auto* one = widgets::makeButton(text, QString::fromUtf8(icon), ButtonKind::Secondary, this);
        one->setObjectName(objectName() + QLatin1Char('.') + QString::fromUtf8(id));
        one->setAccessibleName(tr("%1 of %2").arg(text, context_));
        connect(one, &QAbstractButton::clicked, this, signal);
        buttons->addWidget(one);
    };
    button(tr("Pods"), "boxes", "openPods", &ContextCard::podsRequested);
    button(tr("Nodes"), "server", "openNodes", &ContextCard::nodesRequested);
    button(tr("Warnings"), "triangle-alert", "openWarnings", &ContextCard::warningsRequested);
    buttons->addStretch(1);
    button(tr("Close"), "x", "close", &ContextCard::closeRequested);
    layout->addLayout(buttons);
}

void ContextCard::setProduction(bool production) {
    production_->setVisible(production);
    setTopLine(production ? Role::Production : Role::BorderStrong);
}

QString ContextCard::connectionText() const {
    return connection_->text();
}

void ContextCard::setState(const CardState& state) {
    showConnection(state);
    showPods(state);
    const FleetSummary& summary = state.summary;
    const QLocale locale;
    const bool old = state.freshness.state == kube::FreshnessState::Stale;
    const bool known = state.freshness.state == kube::FreshnessState::Live ||
                       state.freshness.state == kube::FreshnessState::Empty || old;
    about_->setText(state.status.serverVersion.empty()
                        ? QString()
                        : tr("Kubernetes %1").arg(fromUtf8(state.status.serverVersion)) + QStringLiteral(" · ") +
                              tr("%n nodes", nullptr, static_cast<int>(summary.nodes)));
    QString health;
    if (summary.critical > 0) {
        health = tr("%n critical", nullptr, static_cast<int>(summary.critical));
    }
    if (summary.warning > 0) {
        health += (health.isEmpty() ? QString() : QStringLiteral(", ")) +
                  tr("%n warnings", nullptr, static_cast<int>(summary.warning));
    }
    health_->setVisible(known);
    health_->setText(health.isEmpty() ? tr("All healthy") : health);
    health_->setTone(old                    ? Tone::Unknown
                     : summary.critical > 0 ? Tone::Critical
                     : summary.warning > 0  ? Tone::Warning
                                            : Tone::Good);
    nodes_->setValue(known
                         ? tr("%1 of %2 ready").arg(locale.toString(summary.nodesReady), locale.toString(summary.nodes))
                         : QString());
    nodes_->setTone(!known || old ? Tone::None : summary.nodesReady < summary.nodes ? Tone::Critical : Tone::Good);
    nodes_->setMuted(old);
    warnings_->setValue(
        known ? tr("%n warning events in the last hour", nullptr, static_cast<int>(summary.recentWarnings))
              : QString());
    warnings_->setTone(!known || old ? Tone::None : summary.recentWarnings > 0 ? Tone::Warning : Tone::Good);
    warnings_->setMuted(old);
}

void ContextCard::showConnection(const CardState& state) {
    const session::ConnectionStatus& status = state.status;
    signedOut_ = status.state == ConnectionState::SignedOut;
    std::optional<Error> reason = status.error;
    switch (status.state) {
        case ConnectionState::Connecting:
            connection_->setTone(Tone::Progress);
            connection_->setText(tr("connecting"));
            break;
        case ConnectionState::SignedOut:
            connection_->setTone(Tone::Warning);
            connection_->setText(tr("signed out"));
            break;
        case ConnectionState::Unreachable:
            connection_->setTone(Tone::Critical);
            connection_->setText(tr("unreachable since %1").arg(clockTime(status.since, state.zone)));
            break;
        case ConnectionState::Connected:
            reason = state.freshness.reason;
            connection_->setTone(stateTone(state.freshness.state));
            connection_->setText(state.freshness.state == kube::FreshnessState::Stale
                                     ? tr("stale since %1").arg(clockTime(state.freshness.since, state.zone))
                                     : stateWord(state.freshness.state).toLower());
            break;
    }
    reason_->setVisible(reason.has_value());
    reason_->setText(reason ? errorText(*reason) : QString());
    remedy_->setVisible(reason.has_value() && state.freshness.state != kube::FreshnessState::Forbidden);
    remedy_->setText(signedOut_ ? tr("Sign in again") : tr("Retry"));
    remedy_->setIconName(signedOut_ ? QStringLiteral("log-in") : QStringLiteral("refresh-cw"));
}

void ContextCard::showPods(const CardState& state) {
    const FleetSummary& summary = state.summary;
    const QLocale locale;
    const bool old = state.freshness.state == kube::FreshnessState::Stale;
    const bool known = state.freshness.state == kube::FreshnessState::Live || old;
    pods_->setText(!known && summary.pods == 0
                       ? QString()
                       : tr("%1 of %2 ready").arg(locale.toString(summary.podsReady), locale.toString(summary.pods)));
    std::uint32_t more = 0;
    for (std::size_t i = 0; i < summary.groups.size(); ++i) {
        const FleetSummary::Group& group = summary.groups[i];
        if (heatRows_.size() <= i) {
            auto* row = new widgets::HeatRow({}, this);
            row->setLabelWidth(112);
            connect(row, &widgets::HeatRow::cellActivated, this, &ContextCard::podChosen);
            heat_->addWidget(row);
            heatRows_.push_back(row);
        }
        widgets::HeatRow* row = heatRows_[i];
        const QString label = group.nameSpace.empty() ? tr("others") : fromUtf8(group.nameSpace);
        QVector<widgets::HeatCell> cells;
        int faults = 0;
        for (const FleetSummary::Cell& cell : group.cells) {
            const auto& pod = static_cast<const kinds::Pod&>(*cell.pod);
            faults += pod.health == kube::Health::Critical || pod.health == kube::Health::Warning ? 1 : 0;
            cells.push_back({fromUtf8(pod.meta.name),
                             fromUtf8(pod.path()) + QStringLiteral(": ") + fromUtf8(kinds::summarise(pod).status),
                             old ? Tone::Unknown : toneOf(pod.health)});
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

}  // namespace quarterdeck::ui
