#include "ui/pages/fleet/idle_card.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>

#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/label.h"
#include "widgets/pill.h"
#include "widgets/shown_text.h"

namespace quarterdeck::ui {

using widgets::ButtonKind;
using widgets::Role;
using widgets::TextSize;

IdleCard::IdleCard(const QString& context, QWidget* parent) : Card(parent), context_(context) {
    setObjectName(QStringLiteral("closed.") + context);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 8, 8, 8);
    row->setSpacing(8);
    auto* name = new widgets::TextLabel(context, TextSize::Body, Role::Text, QFont::DemiBold, this);
    name->setElideMode(Qt::ElideMiddle);
    production_ = new widgets::Tag(tr("production"), this);
    production_->setProduction(true);
    production_->hide();
    pill_ = new widgets::Pill(this);
    pill_->setObjectName(objectName() + QStringLiteral(".state"));
    reason_ = new widgets::TextLabel({}, TextSize::Secondary, Role::TextMuted, QFont::Normal, this);
    reason_->setObjectName(objectName() + QStringLiteral(".reason"));
    reason_->setElideMode(Qt::ElideRight);
    remedy_ = widgets::makeButton({}, QStringLiteral("plug"), ButtonKind::Secondary, this);
    remedy_->setObjectName(objectName() + QStringLiteral(".open"));
    connect(remedy_, &QAbstractButton::clicked, this, [this] {
        switch (state_.remedy) {
            case Remedy::Open:
                emit openRequested();
                return;
            case Remedy::Retry:
                emit retryRequested();
                return;
            case Remedy::SignIn:
                emit signInRequested();
                return;
            case Remedy::None:
                return;
        }
    });
    menu_ =
        new widgets::IconButton(QStringLiteral("ellipsis"), tr("More for %1").arg(widgets::shownText(context)), this);
    menu_->setObjectName(objectName() + QStringLiteral(".menu"));
    connect(menu_, &QAbstractButton::clicked, this, &IdleCard::openMenu);
    row->addWidget(name);
    row->addWidget(production_);
    row->addWidget(pill_);
    row->addWidget(reason_, 1);
    row->addWidget(remedy_);
    row->addWidget(menu_);
    setState({});
}

void IdleCard::setState(const State& state) {
    state_ = state;
    production_->setVisible(state.production);
    pill_->setText(state.word);
    pill_->setTone(state.tone);
    reason_->setText(state.reason);
    reason_->setToolTip(widgets::shownToolTip(state.toolTip.isEmpty() ? state.reason : state.toolTip));
    remedy_->setVisible(state.remedy != Remedy::None);
    const QString text = state.remedy == Remedy::SignIn  ? tr("Sign in again")
                         : state.remedy == Remedy::Retry ? tr("Retry")
                                                         : tr("Open");
    remedy_->setText(text);
    remedy_->setIconName(state.remedy == Remedy::SignIn  ? QStringLiteral("log-in")
                         : state.remedy == Remedy::Retry ? QStringLiteral("refresh-cw")
                                                         : QStringLiteral("plug"));
    remedy_->setAccessibleName(text + QLatin1Char(' ') + widgets::shownText(context_));
    setAccessibleName(
        widgets::shownText(context_ + QStringLiteral(": ") + state.word + QStringLiteral(". ") + state.reason));
}

void IdleCard::openMenu() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* copy = menu->addAction(tr("Copy server address"));
    copy->setEnabled(!state_.server.isEmpty());
    connect(copy, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(state_.server); });
    if (state_.open) {
        connect(menu->addAction(tr("Close")), &QAction::triggered, this, &IdleCard::closeRequested);
    }
    menu->popup(menu_->mapToGlobal(QPoint(0, menu_->height())));
}

}  // namespace quarterdeck::ui
