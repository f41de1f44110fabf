#include "widgets/navigation_rail.h"

#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

#include "widgets/icon_set.h"
#include "widgets/rail_button.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kWide = 184;
constexpr int kNarrow = 48;
constexpr int kMargin = 8;

}  // namespace

NavigationRail::NavigationRail(QWidget* parent) : QWidget(parent) {
    setAttribute(Qt::WA_OpaquePaintEvent);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setAccessibleName(tr("Navigation"));
    collapse_ = new RailButton(QString(), QString(), this);
    collapse_->setObjectName(QStringLiteral("rail.collapse"));
    collapse_->installEventFilter(this);
    connect(collapse_, &QAbstractButton::clicked, this, [this] { setCollapsed(!collapsed_); });
    refresh();
}

void NavigationRail::setItems(const QVector<RailItem>& items) {
    const bool hadFocus = focusWidget() != nullptr && isAncestorOf(focusWidget()) && focusWidget()->hasFocus();
    qDeleteAll(buttons_);
    buttons_.clear();
    items_ = items;
    badges_ = QVector<BadgeData>(items.size());
    QWidget* before = nullptr;
    for (int i = 0; i < items_.size(); ++i) {
        const RailItem& item = items_.at(i);
        auto* button = new RailButton(item.title, item.icon, this);
        button->setObjectName(QStringLiteral("rail.") + item.id);
        button->setChild(!item.parentId.isEmpty());
        button->installEventFilter(this);
        connect(button, &QAbstractButton::clicked, this, [this, i] { choose(i); });
        buttons_.append(button);
        if (before != nullptr) {
            setTabOrder(before, button);
        }
        before = button;
    }
    if (before != nullptr) {
        setTabOrder(before, collapse_);
    }
    refresh();
    arrange();
    if (hadFocus && !buttons_.isEmpty()) {
        buttons_.at(std::max(0, indexOf(currentId_)))->setFocus();
    }
}

void NavigationRail::setBadge(const QString& id, const BadgeData& badge) {
    const int index = indexOf(id);
    if (index >= 0) {
        badges_[index] = badge;
        showBadge(index);
    }
}

void NavigationRail::showBadge(int index) {
    const bool shown = collapsed_ || childrenOf(items_.at(index).id).isEmpty();
    const BadgeData badge = shown ? badges_.at(index) : BadgeData{};
    if (buttons_.at(index)->badge() != badge) {
        buttons_.at(index)->setBadge(badge);
    }
}

void NavigationRail::setCurrent(const QString& id) {
    if (id != currentId_) {
        currentId_ = id;
        refresh();
    }
}

QAbstractButton* NavigationRail::button(const QString& id) const {
    const int index = indexOf(id);
    return index >= 0 ? buttons_.at(index) : nullptr;
}

int NavigationRail::indexOf(const QString& id) const {
    for (int i = 0; i < items_.size(); ++i) {
        if (items_.at(i).id == id) {
            return i;
        }
    }
    return -1;
}

QVector<int> NavigationRail::childrenOf(const QString& id) const {
    QVector<int> children;
    for (int i = 0; i < items_.size(); ++i) {
        if (items_.at(i).parentId == id) {
            children.append(i);
        }
    }
    return children;
}

void NavigationRail::choose(int index) {
    const QVector<int> children = childrenOf(items_.at(index).id);
    if (children.isEmpty()) {
        const QString id = items_.at(index).id;
        setCurrent(id);
        Q_EMIT activated(id);
        return;
    }
    if (!collapsed_ || children.size() == 1) {
        choose(children.first());
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const int child : children) {
        connect(menu->addAction(items_.at(child).title), &QAction::triggered, this, [this, child] {
            if (child < items_.size()) {
                choose(child);
            }
        });
    }
    menu->popup(buttons_.at(index)->mapToGlobal(QPoint(buttons_.at(index)->width() + 4, 0)));
}

void NavigationRail::setCollapsed(bool collapsed) {
    if (collapsed == collapsed_) {
        return;
    }
    collapsed_ = collapsed;
    QWidget* focused = focusWidget();
    refresh();
    arrange();
    updateGeometry();
    update();
    // The focus must not stay on an entry that has gone.
    if (focused != nullptr && focused->hasFocus() && !focused->isVisibleTo(this)) {
        collapse_->setFocus(Qt::OtherFocusReason);
    }
    Q_EMIT collapsedChanged(collapsed_);
}

void NavigationRail::refresh() {
    const int current = indexOf(currentId_);
    const QString parentId = current >= 0 ? items_.at(current).parentId : QString();
    // One tab stop: the entry that stands for the current page, or the first.
    QString stop = currentId_;
    if (collapsed_ && !parentId.isEmpty()) {
        stop = parentId;
    }
    const int stopIndex = std::max(0, indexOf(stop));
    for (int i = 0; i < buttons_.size(); ++i) {
        const bool leading = !parentId.isEmpty() && items_.at(i).id == parentId;
        buttons_.at(i)->setCollapsed(collapsed_);
        showBadge(i);
        buttons_.at(i)->setCurrent(i == current, leading);
        buttons_.at(i)->setFocusPolicy(i == stopIndex ? Qt::StrongFocus : Qt::ClickFocus);
    }
    collapse_->setFocusPolicy(buttons_.isEmpty() ? Qt::StrongFocus : Qt::ClickFocus);
    collapse_->setCollapsed(collapsed_);
    collapse_->setTitle(collapsed_ ? tr("Expand") : tr("Collapse"));
    collapse_->setIconName(collapsed_ ? QStringLiteral("panel-left-open") : QStringLiteral("panel-left-close"));
}

void NavigationRail::arrange() {
    const int margin = scaledPx(this, kMargin);
    const int entryWidth = sizeHint().width() - 2 * margin;
    int y = margin;
    int footHeight = collapse_->sizeHint().height();
    QVector<RailButton*> foot;
    for (int i = 0; i < buttons_.size(); ++i) {
        RailButton* button = buttons_.at(i);
        const bool shown = !(collapsed_ && !items_.at(i).parentId.isEmpty());
        button->setVisible(shown);
        if (!shown) {
            continue;
        }
        if (items_.at(i).atFoot) {
            foot.append(button);
            footHeight += button->sizeHint().height();
            continue;
        }
        button->setGeometry(margin, y, entryWidth, button->sizeHint().height());
        y += button->sizeHint().height();
    }
    foot.append(collapse_);
    y = std::max(y + 2 * margin, height() - margin - footHeight);
    footTop_ = y - margin;
    for (RailButton* button : foot) {
        button->setGeometry(margin, y, entryWidth, button->sizeHint().height());
        y += button->sizeHint().height();
    }
    update();
}

QSize NavigationRail::sizeHint() const {
    return {scaledPx(this, collapsed_ ? kNarrow : kWide), scaledPx(this, 480)};
}

QSize NavigationRail::minimumSizeHint() const {
    return {sizeHint().width(), scaledPx(this, 120)};
}

void NavigationRail::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Role::Surface));
    painter.fillRect(width() - 1, 0, 1, height(), theme.color(Role::Border));
    const int margin = scaledPx(this, kMargin);
    painter.fillRect(margin, footTop_, width() - 2 * margin, 1, theme.color(Role::Border));
}

void NavigationRail::resizeEvent(QResizeEvent*) {
    arrange();
}

void NavigationRail::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange && collapse_ != nullptr) {
        arrange();
        updateGeometry();
    }
}

bool NavigationRail::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress) {
        return QWidget::eventFilter(watched, event);
    }
    QVector<RailButton*> shown;
    for (RailButton* button : buttons_) {
        if (button->isVisibleTo(this)) {
            shown.append(button);
        }
    }
    shown.append(collapse_);
    const int last = static_cast<int>(shown.size()) - 1;
    const int at = static_cast<int>(shown.indexOf(static_cast<RailButton*>(watched)));
    int to = at;
    switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Up:
            to = std::max(0, at - 1);
            break;
        case Qt::Key_Down:
            to = std::min(last, at + 1);
            break;
        case Qt::Key_Home:
            to = 0;
            break;
        case Qt::Key_End:
            to = last;
            break;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            shown.at(at)->click();
            return true;
        default:
            return QWidget::eventFilter(watched, event);
    }
    shown.at(to)->setFocus(Qt::TabFocusReason);
    return true;
}

}  // namespace quarterdeck::widgets
