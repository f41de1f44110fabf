#include "widgets/toast.h"

#include <QAccessible>
#include <QApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <algorithm>
#include <utility>

#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/paint.h"
#include "widgets/shown_text.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kWidth = 360;
constexpr int kMargin = 16;
constexpr int kGap = 8;
constexpr int kMost = 3;
constexpr std::chrono::milliseconds kLookAgain{1000};

}  // namespace

Toast::Toast(const ToastSpec& spec, std::chrono::milliseconds duration, QWidget* parent) : QFrame(parent), spec_(spec) {
    setObjectName(QStringLiteral("toast"));
    setAccessibleName(shownText(spec_.text));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 8, 8);
    layout->setSpacing(8);
    const QString icon = toneIconName(spec_.tone);
    auto* mark = new IconLabel(icon.isEmpty() ? QStringLiteral("info") : icon, toneTextRole(spec_.tone), 16, this);
    layout->addWidget(mark, 0, Qt::AlignVCenter);
    auto* text = new TextLabel(spec_.text, TextSize::Body, Role::Text, QFont::Normal, this);
    text->setObjectName(QStringLiteral("toast.text"));
    text->setWordWrap(true);
    layout->addWidget(text, 1);
    if (hasAction()) {
        auto* action = makeButton(spec_.action, {}, ButtonKind::Ghost, this);
        action->setObjectName(QStringLiteral("toast.action"));
        action->setButtonSize(ButtonSize::Small);
        connect(action, &QAbstractButton::clicked, this, &Toast::runAction);
        layout->addWidget(action);
    }
    auto* close = new IconButton(QStringLiteral("x"), tr("Dismiss"), this);
    close->setObjectName(QStringLiteral("toast.close"));
    connect(close, &QAbstractButton::clicked, this, &Toast::finished);
    layout->addWidget(close);
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &Toast::onTimeout);
    timer_.start(duration);
}

void Toast::runAction() {
    if (std::exchange(over_, true)) {
        return;
    }
    if (spec_.run) {
        spec_.run();
    }
    Q_EMIT finished();
}

void Toast::onTimeout() {
    const QWidget* focus = QApplication::focusWidget();
    if (underMouse() || (focus != nullptr && isAncestorOf(focus))) {
        timer_.start(std::min(kLookAgain, timer_.intervalAsDuration()));
        return;
    }
    Q_EMIT finished();
}

void Toast::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    paintRounded(painter, rect(), kControlRadius, theme.color(Role::Raised), theme.color(Role::BorderStrong));
}

ToastHost::ToastHost(QWidget* area) : QObject(area), area_(area) {
    area_->installEventFilter(this);
}

void ToastHost::show(const ToastSpec& spec) {
    while (toasts_.size() >= kMost) {
        remove(toasts_.first());
    }
    auto* toast = new Toast(spec, duration_, area_->window());
    connect(toast, &Toast::finished, this, [this, toast] { remove(toast); });
    toasts_.append(toast);
    toast->ensurePolished();
    arrange();
    toast->show();  // at its place: it must not appear under a pointer that is elsewhere
    QAccessibleEvent announcement(toast, QAccessible::Alert);
    QAccessible::updateAccessibility(&announcement);
}

bool ToastHost::runNewestAction() {
    for (auto it = toasts_.crbegin(); it != toasts_.crend(); ++it) {
        if ((*it)->hasAction()) {
            (*it)->runAction();
            return true;
        }
    }
    return false;
}

void ToastHost::remove(Toast* toast) {
    if (toasts_.removeOne(toast)) {
        toast->hide();
        toast->deleteLater();
        arrange();
    }
}

void ToastHost::arrange() {
    const QRect area(area_->mapTo(area_->window(), QPoint()), area_->size());
    int bottom = area.bottom() + 1 - kMargin;
    for (auto it = toasts_.crbegin(); it != toasts_.crend(); ++it) {
        Toast* toast = *it;
        const int width = std::min(scaledPx(toast, kWidth), area.width() - 2 * kMargin);
        toast->layout()->activate();
        const int height = std::max(scaledPx(toast, 44), toast->layout()->totalHeightForWidth(width));
        toast->setGeometry(area.right() + 1 - kMargin - width, bottom - height, width, height);
        toast->raise();
        bottom -= height + kGap;
    }
}

bool ToastHost::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize || event->type() == QEvent::Move || event->type() == QEvent::StyleChange) {
        arrange();
    }
    return QObject::eventFilter(watched, event);
}

}  // namespace quarterdeck::widgets
