#include "ui/windows/connection_section.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/pill.h"
#include "widgets/shown_text.h"

namespace quarterdeck::ui {

using widgets::ButtonKind;
using widgets::Role;
using widgets::TextLabel;
using widgets::TextSize;

namespace {

constexpr int kKeyWidth = 120;

}  // namespace

ConnectionSection::ConnectionSection(const QString& context, QWidget* parent) : Card(parent) {
    const QString name = QStringLiteral("connection.") + context;
    setObjectName(name);
    setFill(Role::Raised);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(6);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    auto* title = new TextLabel(context, TextSize::DrawerTitle, Role::Text, QFont::DemiBold, this);
    title->setElideMode(Qt::ElideMiddle);
    head->addWidget(title, 1);
    state_ = new widgets::Pill(this);
    state_->setObjectName(name + QStringLiteral(".state"));
    head->addWidget(state_);
    layout->addLayout(head);
    rowsLayout_ = new QVBoxLayout;
    rowsLayout_->setSpacing(0);
    layout->addLayout(rowsLayout_);
    reasons_ = new TextLabel({}, TextSize::Secondary, Role::Text, QFont::Normal, this);
    reasons_->setObjectName(name + QStringLiteral(".reasons"));
    reasons_->setWordWrap(true);
    layout->addWidget(reasons_);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    const auto button = [&](const QString& text, const char* icon, const char* id, auto signal) {
        auto* made = widgets::makeButton(text, QString::fromUtf8(icon), ButtonKind::Secondary, this);
        made->setObjectName(name + QLatin1Char('.') + QString::fromUtf8(id));
        made->setButtonSize(widgets::ButtonSize::Small);
        made->setAccessibleName(tr("%1: %2").arg(text, context));
        connect(made, &QAbstractButton::clicked, this, signal);
        buttons->addWidget(made);
        return made;
    };
    button(tr("Retry now"), "refresh-cw", "retry", &ConnectionSection::retryRequested);
    signIn_ = button(tr("Sign in again"), "log-in", "signIn", &ConnectionSection::signInRequested);
    buttons->addStretch(1);
    button(tr("Close"), "x", "close", &ConnectionSection::closeRequested);
    layout->addLayout(buttons);
}

void ConnectionSection::show(const ConnectionFacts& facts) {
    setTopLine(facts.production ? std::optional(Role::Production) : std::nullopt);
    state_->setText(facts.state);
    state_->setTone(facts.tone);
    while (rows_.size() > facts.facts.size()) {
        delete rows_.back();
        rows_.pop_back();
    }
    for (std::size_t i = 0; i < facts.facts.size(); ++i) {
        const ConnectionFact& fact = facts.facts[i];
        if (i == rows_.size()) {
            auto* row = new widgets::KeyValueRow(fact.key, fact.value, this);
            row->setKeyWidth(kKeyWidth);
            rowsLayout_->addWidget(row);
            rows_.push_back(row);
        }
        rows_[i]->setKey(fact.key);
        rows_[i]->setValue(fact.value);
        rows_[i]->setTone(fact.tone);
        rows_[i]->setToolTip(widgets::shownToolTip(fact.value));
    }
    reasons_->setVisible(!facts.reasons.isEmpty());
    reasons_->setText(facts.reasons.join(QLatin1Char('\n')));
    signIn_->setVisible(facts.signedOut);
}

}  // namespace quarterdeck::ui
