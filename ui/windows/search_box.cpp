#include "ui/windows/search_box.h"

#include <QAction>
#include <QEvent>
#include <QPainter>

#include "widgets/icon_set.h"
#include "widgets/key_cap.h"
#include "widgets/paint.h"
#include "widgets/style.h"

namespace quarterdeck::ui {

using widgets::Role;

namespace {

constexpr int kHeight = 28;
constexpr int kNarrow = 96;     ///< below this there are no words
constexpr int kWithKeys = 200;  ///< from this on the shortcut is shown
constexpr int kPadding = 10;
constexpr int kIconPx = 14;
constexpr int kGap = 8;

}  // namespace

SearchBox::SearchBox(QAction* open, QWidget* parent)
    : QAbstractButton(parent), keys_(widgets::keyText(open->shortcut())) {
    setObjectName(QStringLiteral("topbar.search"));
    setText(open->text());
    setAccessibleName(open->text());
    setAccessibleDescription(keys_);
    setToolTip(open->text() + QStringLiteral("  ") + open->shortcut().toString(QKeySequence::NativeText));
    setFocusPolicy(Qt::TabFocus);
    setProperty(widgets::kFocusRingProperty, true);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, open, &QAction::trigger);
}

QSize SearchBox::sizeHint() const {
    const int side = widgets::scaledPx(this, kHeight);
    return {side, side};
}

bool SearchBox::isNarrow() const {
    return width() < widgets::scaledPx(this, kNarrow);
}

void SearchBox::paintEvent(QPaintEvent*) {
    const int iconPx = widgets::scaledPx(this, kIconPx);
    const widgets::Theme& theme = widgets::themeOf(this);
    QPainter painter(this);
    widgets::paintRounded(painter, rect(), widgets::kControlRadius,
                          theme.color(underMouse() || isDown() ? Role::Hover : Role::Raised),
                          theme.color(Role::Border));
    if (isNarrow()) {
        widgets::paintIcon(painter, rect(), QStringLiteral("search"), theme.color(Role::TextMuted), iconPx);
        return;
    }
    QRect inner = rect().adjusted(kPadding, 0, -kPadding, 0);
    widgets::paintIcon(painter, QRect(inner.left(), 0, iconPx, height()), QStringLiteral("search"),
                       theme.color(Role::TextMuted), iconPx);
    inner.setLeft(inner.left() + iconPx + kGap);
    if (width() >= widgets::scaledPx(this, kWithKeys)) {
        const QSize cap = widgets::keyCapSize(this, keys_);
        const QRect place(rect().right() - cap.width() - 5, (height() - cap.height()) / 2, cap.width(), cap.height());
        widgets::paintKeyCap(painter, place, this, keys_);
        inner.setRight(place.left() - kGap);
    }
    widgets::paintText(painter, inner, widgets::textFont(this, widgets::TextSize::Secondary),
                       theme.color(Role::TextMuted), text());
}

void SearchBox::changeEvent(QEvent* event) {
    if (event->type() == QEvent::StyleChange) {
        updateGeometry();
        update();
    }
    QAbstractButton::changeEvent(event);
}

}  // namespace quarterdeck::ui
