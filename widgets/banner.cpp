#include "widgets/banner.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "widgets/button.h"
#include "widgets/icon_set.h"
#include "widgets/label.h"
#include "widgets/paint.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kPadding = 12;
constexpr int kIconPx = 20;

}  // namespace

Banner::Banner(QWidget* parent) : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    row->setSpacing(12);
    auto* words = new QVBoxLayout;
    words->setContentsMargins(0, 0, 0, 0);
    words->setSpacing(0);
    sentence_ = new TextLabel({}, TextSize::Body, Role::Text, QFont::DemiBold, this);
    reason_ = new TextLabel({}, TextSize::Secondary, Role::Text, QFont::Normal, this);
    sentence_->setWordWrap(true);
    reason_->setWordWrap(true);
    reason_->hide();
    words->addStretch();
    words->addWidget(sentence_);
    words->addWidget(reason_);
    words->addStretch();
    row->addLayout(words, 1);
    action_ = makeButton({}, {}, ButtonKind::Secondary, this);
    action_->hide();
    row->addWidget(action_, 0, Qt::AlignVCenter);
    connect(action_, &QPushButton::clicked, this, &Banner::actionTriggered);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);  // as high as its words at this width
    leaveRoomForIcon();
}

void Banner::leaveRoomForIcon() {
    layout()->setContentsMargins(kPadding + scaledPx(this, kIconPx) + 10, 8, kPadding, 8);
}

void Banner::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange && layout() != nullptr) {
        leaveRoomForIcon();
    }
}

void Banner::setTone(Tone tone) {
    tone_ = tone;
    update();
}

void Banner::setIconName(const QString& lucideName) {
    iconName_ = lucideName;
    update();
}

void Banner::setSentence(const QString& sentence) {
    sentence_->setText(sentence);
    setAccessibleName(sentence_->text());
}

void Banner::setReason(const QString& reason) {
    reason_->setText(reason);
    reason_->setVisible(!reason.isEmpty());
    setAccessibleDescription(reason_->text());
}

void Banner::setAction(const QString& text, const QString& lucideName) {
    action_->setText(text);
    action_->setIconName(lucideName);
    action_->setVisible(!text.isEmpty());
}

void Banner::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    const QColor color = theme.color(toneTextRole(tone_));
    paintRounded(painter, rect(), kControlRadius, theme.color(toneTintRole(tone_)),
                 theme.isHighContrast() ? color : QColor());
    const QString icon = iconName_.isEmpty() ? toneIconName(tone_) : iconName_;
    const int iconPx = scaledPx(this, kIconPx);
    paintIcon(painter, QRect(kPadding, 0, iconPx, height()), icon, color, iconPx);
}

}  // namespace quarterdeck::widgets
