#include "widgets/key_cap.h"

#include <QEvent>
#include <QFontMetrics>
#include <QPainter>

#include "widgets/paint.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kHeight = 18;
constexpr int kPadding = 6;
constexpr int kGap = 6;

}  // namespace

QString keyText(const QKeySequence& keys) {
    QString text = keys.toString(QKeySequence::NativeText);
    // A plus sign joins keys unless it is the key itself, which stands last.
    for (qsizetype at = text.indexOf(QLatin1Char('+')); at >= 0 && at + 1 < text.size();
         at = text.indexOf(QLatin1Char('+'), at + 1)) {
        text[at] = QLatin1Char(' ');
    }
    return text;
}

QSize keyCapSize(const QWidget* widget, const QString& text) {
    const QFontMetrics metrics(textFont(widget, TextSize::Caption));
    const int height = scaledPx(widget, kHeight);
    return {std::max(height, metrics.horizontalAdvance(text) + 2 * kPadding), height};
}

void paintKeyCap(QPainter& painter, const QRect& rect, const QWidget* widget, const QString& text) {
    const Theme& theme = themeOf(widget);
    paintRounded(painter, rect, kTagRadius, {}, theme.color(Role::BorderStrong));
    paintText(painter, rect, textFont(widget, TextSize::Caption), theme.color(Role::TextMuted), text, Qt::AlignCenter);
}

KeyCaps::KeyCaps(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void KeyCaps::setKeys(const QList<QKeySequence>& keys) {
    texts_.clear();
    for (const QKeySequence& one : keys) {
        texts_ += keyText(one);
    }
    setAccessibleName(text());
    updateGeometry();
    update();
}

QSize KeyCaps::sizeHint() const {
    int width = 0;
    for (const QString& text : texts_) {
        width += (width > 0 ? kGap : 0) + keyCapSize(this, text).width();
    }
    return {width, scaledPx(this, kHeight)};
}

void KeyCaps::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    int left = width() - sizeHint().width();
    for (const QString& text : texts_) {
        const QSize size = keyCapSize(this, text);
        paintKeyCap(painter, QRect(QPoint(left, (height() - size.height()) / 2), size), this, text);
        left += size.width() + kGap;
    }
}

void KeyCaps::changeEvent(QEvent* event) {
    if (event->type() == QEvent::StyleChange) {
        updateGeometry();
        update();
    }
    QWidget::changeEvent(event);
}

}  // namespace quarterdeck::widgets
