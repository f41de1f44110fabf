#include "ui/pages/fleet/idle_card.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QVBoxLayout>

#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/label.h"
#include "widgets/pill.h"
#include "widgets/shown_text.h"

namespace quarterdeck::ui {

using widgets::ButtonKind;
using widgets::Role;
using widgets::TextSize;

namespace {

constexpr int kLeft = 16;
constexpr int kRight = 8;
constexpr int kGap = 8;
constexpr int kLongestReason = 1200;

}  // namespace

IdleCard::IdleCard(const QString& context, QWidget* parent) : Card(parent), context_(context) {
    setObjectName(QStringLiteral("closed.") + context);
    column_ = new QVBoxLayout(this);
    column_->setContentsMargins(kLeft, 8, kRight, 8);
    column_->setSpacing(4);
    row_ = new QHBoxLayout;
    row_->setSpacing(kGap);
    column_->addLayout(row_);
    name_ = new widgets::TextLabel(context, TextSize::Body, Role::Text, QFont::DemiBold, this);
    name_->setElideMode(Qt::ElideMiddle);
    production_ = new widgets::Tag(tr("production"), this);
    production_->setProduction(true);
    production_->hide();
    pill_ = new widgets::Pill(this);
    pill_->setObjectName(objectName() + QStringLiteral(".state"));
    reason_ = new widgets::TextLabel({}, TextSize::Secondary, Role::TextMuted, QFont::Normal, this);
    reason_->setObjectName(objectName() + QStringLiteral(".reason"));
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
    row_->addWidget(name_);
    row_->addWidget(production_);
    row_->addWidget(pill_);
    row_->addWidget(reason_);
    row_->addStretch();
    row_->addWidget(remedy_);
    row_->addWidget(menu_);
    setState({});
}

/// The reason is what the card is for: it is never cut, whatever it takes.
void IdleCard::placeReason() {
    int others = kLeft + kRight + 2 * kGap;
    for (const QWidget* part : std::initializer_list<const QWidget*>{name_, production_, pill_, remedy_, menu_}) {
        others += part->isVisibleTo(this) ? part->sizeHint().width() + kGap : 0;
    }
    const QString line = widgets::shownText(reason_->givenText());
    const bool below = others + reason_->fontMetrics().horizontalAdvance(line) > width();
    if (below == below_) {
        return;
    }
    below_ = below;
    if (below) {
        row_->removeWidget(reason_);
        reason_->setWordWrap(true);
        reason_->setAlignment(Qt::AlignLeft | Qt::AlignTop);  // cards side by side are of one height
        column_->addWidget(reason_);
    } else {
        column_->removeWidget(reason_);
        reason_->setWordWrap(false);
        reason_->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        row_->insertWidget(row_->indexOf(pill_) + 1, reason_);
    }
    updateGeometry();
}

void IdleCard::resizeEvent(QResizeEvent* event) {
    Card::resizeEvent(event);
    placeReason();
}

void IdleCard::changeEvent(QEvent* event) {
    Card::changeEvent(event);
    if (event->type() == QEvent::StyleChange && menu_ != nullptr) {
        placeReason();
    }
}

void IdleCard::setState(const State& state) {
    state_ = state;
    production_->setVisible(state.production);
    pill_->setText(state.word);
    pill_->setTone(state.tone);
    const bool isLong = state.reason.size() > kLongestReason;  // a plugin may have said anything
    reason_->setText(isLong ? state.reason.left(kLongestReason) + QChar(0x2026) : state.reason);
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
    placeReason();
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
