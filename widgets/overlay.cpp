#include "widgets/overlay.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QApplication>
#include <QKeyEvent>
#include <QPainter>

#include "widgets/paint.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kScrimAlpha = 128;

class Panel : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const Theme& theme = themeOf(this);
        paintRounded(painter, rect(), kControlRadius, theme.color(Role::Raised), theme.color(Role::BorderStrong));
    }
};

QAccessibleInterface* makeAccessible(const QString& className, QObject* object) {
    if (className == QLatin1String(Overlay::staticMetaObject.className())) {
        return new QAccessibleWidget(static_cast<QWidget*>(object), QAccessible::Dialog);
    }
    return nullptr;
}

}  // namespace

Overlay::Overlay(QWidget* host) : QWidget(host), panel_(new Panel(this)) {
    [[maybe_unused]] static const bool installed = [] {
        QAccessible::installFactory(makeAccessible);
        return true;
    }();
    setVisible(false);
    setFocusPolicy(Qt::NoFocus);
    host->installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, const QWidget* now) { onFocusChanged(now); });
}

Overlay::~Overlay() = default;

void Overlay::open() {
    if (open_) {
        return;
    }
    open_ = true;
    before_ = window()->focusWidget();
    setGeometry(parentWidget()->rect());
    arrange();
    raise();
    show();
    arrange();  // again: what was polished by showing may need more room
    if (firstFocus_ && !exhibited_) {
        firstFocus_->setFocus(Qt::PopupFocusReason);
    }
}

void Overlay::exhibit() {
    exhibited_ = true;
    open();
}

void Overlay::leave() {
    open_ = false;
    hide();
    Q_EMIT closed();
}

void Overlay::close() {
    if (!open_ || exhibited_) {
        return;
    }
    open_ = false;  // first: hiding moves the focus by itself
    if (before_ && before_->isVisible()) {
        before_->setFocus(Qt::OtherFocusReason);
    } else {
        parentWidget()->setFocus(Qt::OtherFocusReason);
    }
    leave();
}

void Overlay::onFocusChanged(const QWidget* now) {
    if (open_ && !exhibited_ && now != nullptr && now->window() == window() && now != this && !isAncestorOf(now)) {
        leave();
    }
}

void Overlay::arrange() {
    panel_->setGeometry(panelRect());
}

bool Overlay::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const QKeySequence pressed(key->keyCombination());
        if (!key->matches(QKeySequence::Quit) && !passing_.contains(pressed)) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

bool Overlay::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize && open_) {
        setGeometry(parentWidget()->rect());
    }
    return QWidget::eventFilter(watched, event);
}

void Overlay::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void Overlay::paintEvent(QPaintEvent*) {
    QColor scrim = themeOf(this).color(Role::Sunken);
    scrim.setAlpha(kScrimAlpha);
    QPainter(this).fillRect(rect(), scrim);
}

void Overlay::mousePressEvent(QMouseEvent* event) {
    event->accept();
    if (!panel_->geometry().contains(event->pos())) {
        close();
    }
}

void Overlay::keyPressEvent(QKeyEvent* event) {
    event->accept();  // nothing reaches the window below
    if (event->key() == Qt::Key_Escape) {
        close();
    }
}

bool Overlay::focusNextPrevChild(bool next) {
    return !exhibited_ || QWidget::focusNextPrevChild(next);
}

}  // namespace quarterdeck::widgets
