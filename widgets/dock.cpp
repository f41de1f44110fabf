#include "widgets/dock.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/button.h"
#include "widgets/dock_parts.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kStrip = 32;
constexpr int kLeast = 120;
constexpr double kMostShare = 0.6;
constexpr int kHandle = 5;

}  // namespace

Dock::Dock(QWidget* parent) : QWidget(parent) {
    setAttribute(Qt::WA_OpaquePaintEvent);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    strip_ = new QWidget(this);
    stripLayout_ = new QHBoxLayout(strip_);
    stripLayout_->setContentsMargins(8, 1, 12, 0);
    stripLayout_->setSpacing(8);
    tabs_ = new QHBoxLayout;
    tabs_->setSpacing(0);
    stripLayout_->addLayout(tabs_);
    toggle_ = new IconButton(QStringLiteral("chevron-up"), tr("Open the dock"), strip_);
    toggle_->setObjectName(QStringLiteral("dock.toggle"));
    connect(toggle_, &QAbstractButton::clicked, this, [this] { setOpen(!open_); });
    stripLayout_->addWidget(toggle_);
    layout->addWidget(strip_);
    stack_ = new QStackedWidget(this);
    layout->addWidget(stack_, 1);
    handle_ = new DockHandle(this);
    refresh();
}

void Dock::addPane(const QString& id, const QString& title, const QString& lucideName, QWidget* pane) {
    auto* tab = new DockTab(title, lucideName, strip_);
    tab->setObjectName(QStringLiteral("dock.tab.") + id);
    const int index = static_cast<int>(panes_.size());
    connect(tab, &QAbstractButton::clicked, this, [this, index] { choose(index); });
    panes_.append({id, tab});
    tabs_->addWidget(tab);
    stack_->addWidget(pane);
    refresh();
}

void Dock::setBadge(const QString& id, const BadgeData& badge) {
    for (const Pane& pane : panes_) {
        if (pane.id == id) {
            pane.tab->setBadge(badge);
        }
    }
}

void Dock::setCurrent(const QString& id) {
    for (int i = 0; i < panes_.size(); ++i) {
        if (panes_.at(i).id == id) {
            stack_->setCurrentIndex(i);
        }
    }
    refresh();
}

QString Dock::current() const {
    const int index = stack_->currentIndex();
    return index < 0 ? QString() : panes_.at(index).id;
}

void Dock::addToStrip(QWidget* widget, int stretch) {
    stripLayout_->insertWidget(stripLayout_->count() - 1, widget, stretch);
}

void Dock::choose(int index) {
    const bool close = open_ && stack_->currentIndex() == index;
    stack_->setCurrentIndex(index);
    if (close == open_) {
        setOpen(!close);
    }
    refresh();
}

void Dock::setOpen(bool open) {
    if (open == open_) {
        return;
    }
    // The focus must not stay in a pane that has gone.
    const bool focusGoes = !open && stack_->isAncestorOf(focusWidget()) && focusWidget()->hasFocus();
    open_ = open;
    refresh();
    if (focusGoes && !panes_.isEmpty()) {
        panes_.at(stack_->currentIndex()).tab->setFocus(Qt::OtherFocusReason);
    }
    Q_EMIT openChanged(open_);
}

void Dock::setOpenHeight(int px) {
    openHeight_ = px;
    refresh();
}

void Dock::setRoom(int px) {
    if (px != room_) {
        room_ = px;
        refresh();
    }
}

void Dock::dragTo(int height) {
    const int before = openHeight_;
    openHeight_ = fitting(height);
    refresh();
    if (openHeight_ != before) {
        Q_EMIT openHeightChanged(openHeight_);
    }
}

int Dock::stripHeight() const {
    return scaledPx(this, kStrip);
}

int Dock::fitting(int px) const {
    const int least = scaledPx(this, kLeast);
    const int most = room_ > 0 ? static_cast<int>(room_ * kMostShare) : px;
    return std::max(stripHeight(), std::min(std::max(px, least), std::max(most, stripHeight())));
}

void Dock::refresh() {
    strip_->setFixedHeight(stripHeight());
    setFixedHeight(open_ ? fitting(openHeight_) : stripHeight());
    stack_->setVisible(open_);
    handle_->setVisible(open_);
    handle_->raise();
    for (int i = 0; i < panes_.size(); ++i) {
        panes_.at(i).tab->setChecked(open_ && i == stack_->currentIndex());
    }
    const QString name = open_ ? tr("Close the dock") : tr("Open the dock");
    toggle_->setIconName(open_ ? QStringLiteral("chevron-down") : QStringLiteral("chevron-up"));
    toggle_->setAccessibleName(name);
    toggle_->setToolTip(name);
    update();
}

void Dock::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Role::Surface));
    painter.fillRect(0, 0, width(), 1, theme.color(Role::Border));
    if (open_) {
        painter.fillRect(0, strip_->height() - 1, width(), 1, theme.color(Role::Border));
    }
}

void Dock::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    handle_->setGeometry(0, 0, width(), kHandle);
}

void Dock::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange && handle_ != nullptr) {
        refresh();
    }
}

void Dock::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && open_) {
        setOpen(false);
        return;
    }
    QWidget::keyPressEvent(event);
}

}  // namespace quarterdeck::widgets
