#include "widgets/pill_button.h"

#include <QEvent>
#include <QPainter>

#include "widgets/paint.h"
#include "widgets/pill.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kHeight = 28;
constexpr int kPadding = 8;

}  // namespace

PillButton::PillButton(QWidget* parent) : QAbstractButton(parent), pill_(new Pill(this)) {
    setFocusPolicy(Qt::StrongFocus);
    setProperty(kFocusRingProperty, true);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    pill_->setPlain(true);
    pill_->setAttribute(Qt::WA_TransparentForMouseEvents);
}

void PillButton::setStatus(const QString& text, Tone tone) {
    pill_->setText(text);
    pill_->setTone(tone);
    setText(text);
    setAccessibleName(text);
    updateGeometry();
}

Tone PillButton::tone() const {
    return pill_->tone();
}

QSize PillButton::sizeHint() const {
    return {pill_->sizeHint().width() + 2 * kPadding, scaledPx(this, kHeight)};
}

QSize PillButton::minimumSizeHint() const {
    return {pill_->minimumSizeHint().width() + 2 * kPadding, scaledPx(this, kHeight)};
}

void PillButton::paintEvent(QPaintEvent*) {
    if (underMouse() || isDown()) {
        QPainter painter(this);
        paintRounded(painter, rect(), kControlRadius, themeOf(this).color(Role::Hover));
    }
}

void PillButton::resizeEvent(QResizeEvent* event) {
    QAbstractButton::resizeEvent(event);
    pill_->setGeometry(rect().adjusted(kPadding, 0, -kPadding, 0));
}

void PillButton::changeEvent(QEvent* event) {
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        updateGeometry();
    }
}

}  // namespace quarterdeck::widgets
