#include "ui/windows/status_strip.h"

#include <QAction>
#include <QHBoxLayout>

#include "widgets/button.h"
#include "widgets/label.h"

namespace quarterdeck::ui {

using widgets::Role;
using widgets::TextSize;

StatusStrip::StatusStrip(QAction* utc, QWidget* parent) : Surface(Role::Surface, parent) {
    setObjectName(QStringLiteral("status"));
    setLines(Qt::TopEdge);
    setFixedHeight(32);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 0, 12, 0);
    message_ = new widgets::TextLabel({}, TextSize::Secondary, Role::TextMuted, QFont::Normal, this);
    message_->setObjectName(QStringLiteral("status.message"));
    message_->setElideMode(Qt::ElideRight);
    layout->addWidget(message_, 1);
    clock_ = new widgets::Button({}, {}, widgets::ButtonKind::Ghost, this);
    clock_->setObjectName(QStringLiteral("status.clock"));
    clock_->setButtonSize(widgets::ButtonSize::Small);
    clock_->setToolTip(
        tr("Switch between local time and UTC  %1").arg(utc->shortcut().toString(QKeySequence::NativeText)));
    connect(clock_, &QAbstractButton::clicked, utc, &QAction::trigger);
    layout->addWidget(clock_);
}

void StatusStrip::setTime(Instant now, ZoneChoice zone) {
    clock_->setText(clockTime(now, zone));
    clock_->setAccessibleName(tr("Clock: %1. Switches between local time and UTC").arg(clock_->text()));
}

void StatusStrip::say(const QString& message) {
    message_->setText(message);
    message_->setAccessibleName(message);
}

}  // namespace quarterdeck::ui
