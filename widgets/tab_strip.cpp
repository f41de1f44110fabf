#include "widgets/tab_strip.h"

#include <QAbstractButton>
#include <QAccessibleWidget>
#include <QActionGroup>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

#include "widgets/button.h"
#include "widgets/paint.h"
#include "widgets/shown_text.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kHeight = 32;
constexpr int kMargin = 10;
constexpr int kWidestPadding = 8;
constexpr int kNarrowestPadding = 4;

}  // namespace

class TabButton : public QAbstractButton {
public:
    TabButton(const QString& title, QWidget* parent) : QAbstractButton(parent) {
        setCheckable(true);
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::ClickFocus);
        setTitle(title);
    }

    void setTitle(const QString& title) {
        setText(shownText(title));
        setAccessibleName(text());
        setToolTip(shownToolTip(text()));
        update();
    }
    int textWidth() const {
        return QFontMetrics(textFont(this, TextSize::Secondary, QFont::DemiBold)).horizontalAdvance(text());
    }
    QSize sizeHint() const override { return {textWidth() + 2 * kWidestPadding, scaledPx(this, kHeight)}; }

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = themeOf(this);
        QPainter painter(this);
        const bool strong = isChecked();
        const QColor color = theme.color(strong || underMouse() ? Role::Text : Role::TextMuted);
        const QRect words = rect().adjusted(2, 0, -2, 0);
        paintText(painter, words, textFont(this, TextSize::Secondary, strong ? QFont::DemiBold : QFont::Normal), color,
                  text(), Qt::AlignCenter);
        if (strong) {
            painter.fillRect(0, height() - 2, width(), 2, theme.color(Role::Accent));
        }
        if (hasFocus() && byKeys_) {
            paintFocusRing(painter, rect().adjusted(0, 3, 0, -4), kTagRadius, theme.color(Role::Accent));
        }
    }
    void focusInEvent(QFocusEvent* event) override {
        byKeys_ = event->reason() != Qt::MouseFocusReason;
        QAbstractButton::focusInEvent(event);
        update();
    }
    void focusOutEvent(QFocusEvent* event) override {
        QAbstractButton::focusOutEvent(event);
        update();
    }
    // A tab that is current stays so when it is chosen again.
    void nextCheckState() override { setChecked(true); }

private:
    bool byKeys_ = false;
};

namespace {

class TabAccess : public QAccessibleWidget {
public:
    explicit TabAccess(TabButton* tab) : QAccessibleWidget(tab, QAccessible::PageTab) {}

    QAccessible::State state() const override {
        QAccessible::State state = QAccessibleWidget::state();
        const auto* tab = static_cast<const QAbstractButton*>(object());
        state.selectable = true;
        state.selected = tab->isChecked();
        state.focusable = true;
        return state;
    }
    QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString& name) override {
        if (name == pressAction()) {
            static_cast<QAbstractButton*>(object())->click();
        }
    }
};

QAccessibleInterface* tabAccess(const QString&, QObject* object) {
    if (auto* tab = dynamic_cast<TabButton*>(object)) {
        return new TabAccess(tab);
    }
    if (auto* strip = dynamic_cast<TabStrip*>(object)) {
        return new QAccessibleWidget(strip, QAccessible::PageTabList);
    }
    return nullptr;
}

}  // namespace

TabStrip::TabStrip(QWidget* parent) : QWidget(parent) {
    // Qt ignores a factory that is installed twice.
    QAccessible::installFactory(tabAccess);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Tabs"));
    more_ = new IconButton(QStringLiteral("ellipsis"), tr("More tabs"), this);
    more_->hide();
    connect(more_, &QAbstractButton::clicked, this, &TabStrip::openMenu);
}

TabStrip::~TabStrip() = default;

void TabStrip::addTab(const QString& id, const QString& title) {
    auto* button = new TabButton(title, this);
    button->setObjectName(QStringLiteral("tab.") + id);
    button->installEventFilter(this);
    connect(button, &QAbstractButton::clicked, this, [this, id] { setCurrentIndex(indexOf(id), false); });
    tabs_.append({id, button, true});
    if (current_ < 0) {
        setCurrentIndex(static_cast<int>(tabs_.size()) - 1, false);
    }
    arrange();
}

void TabStrip::setTabTitle(const QString& id, const QString& title) {
    if (const int index = indexOf(id); index >= 0) {
        tabs_.at(index).button->setTitle(title);
        arrange();
    }
}

void TabStrip::setTabVisible(const QString& id, bool visible) {
    const int index = indexOf(id);
    if (index < 0 || tabs_.at(index).shown == visible) {
        return;
    }
    tabs_[index].shown = visible;
    if (!visible && index == current_) {
        const bool focused = tabs_.at(index).button->hasFocus();
        const int before = nextShown(index, -1, false);
        setCurrentIndex(before >= 0 ? before : nextShown(index, 1, false), focused);
    } else if (visible && current_ < 0) {
        setCurrentIndex(index, false);
    }
    arrange();
}

void TabStrip::setCurrent(const QString& id) {
    const int index = indexOf(id);
    if (index >= 0 && tabs_.at(index).shown) {
        setCurrentIndex(index, false);
    }
}

QString TabStrip::current() const {
    return current_ >= 0 ? tabs_.at(current_).id : QString();
}

QStringList TabStrip::shownIds() const {
    QStringList ids;
    for (const Tab& tab : tabs_) {
        if (tab.shown) {
            ids.append(tab.id);
        }
    }
    return ids;
}

void TabStrip::cycle(int step) {
    if (current_ >= 0) {
        setCurrentIndex(nextShown(current_, step, true), tabs_.at(current_).button->hasFocus());
    }
}

void TabStrip::focusCurrent() {
    if (current_ >= 0) {
        tabs_.at(current_).button->setFocus(Qt::OtherFocusReason);
    }
}

QSize TabStrip::sizeHint() const {
    int width = 2 * kMargin;
    for (const Tab& tab : tabs_) {
        width += tab.shown ? tab.button->sizeHint().width() : 0;
    }
    return {width, scaledPx(this, kHeight)};
}

QSize TabStrip::minimumSizeHint() const {
    return {scaledPx(this, 96), scaledPx(this, kHeight)};
}

int TabStrip::indexOf(const QString& id) const {
    for (int i = 0; i < tabs_.size(); ++i) {
        if (tabs_.at(i).id == id) {
            return i;
        }
    }
    return -1;
}

// From `from` in the direction of `step`; -1 when there is none (round: `from` itself is the last one tried).
int TabStrip::nextShown(int from, int step, bool round) const {
    const int count = static_cast<int>(tabs_.size());
    for (int i = 1; i <= count; ++i) {
        const int at = from + i * step;
        if (!round && (at < 0 || at >= count)) {
            return -1;
        }
        const int index = ((at % count) + count) % count;
        if (tabs_.at(index).shown) {
            return index;
        }
    }
    return -1;
}

void TabStrip::setCurrentIndex(int index, bool takeFocus) {
    if (index == current_) {
        return;
    }
    if (current_ >= 0) {
        tabs_.at(current_).button->setChecked(false);
        tabs_.at(current_).button->setFocusPolicy(Qt::ClickFocus);
    }
    current_ = index;
    if (current_ >= 0) {
        TabButton* button = tabs_.at(current_).button;
        button->setChecked(true);
        button->setFocusPolicy(Qt::StrongFocus);
        arrange();
        if (takeFocus) {
            button->setFocus(Qt::OtherFocusReason);
        }
    }
    Q_EMIT currentChanged(current());
}

// Fewer words first lose their padding, then go into the menu from the end; the current one always stays.
void TabStrip::arrange() {
    int words = 0;
    int count = 0;
    for (const Tab& tab : tabs_) {
        words += tab.shown ? tab.button->textWidth() : 0;
        count += tab.shown ? 1 : 0;
    }
    const int room = width() - 2 * kMargin;
    const int padding = count == 0 ? 0 : std::clamp((room - words) / (2 * count), kNarrowestPadding, kWidestPadding);
    const bool all = words + 2 * padding * count <= room;
    const QSize menu = more_->sizeHint();
    const int end = kMargin + (all ? room : room - menu.width());
    int reserved = current_ >= 0 ? tabs_.at(current_).button->textWidth() + 2 * padding : 0;
    int x = kMargin;
    bool full = false;
    for (int i = 0; i < tabs_.size(); ++i) {
        const Tab& tab = tabs_.at(i);
        const int wish = tab.button->textWidth() + 2 * padding;
        if (i == current_) {
            reserved = 0;
        }
        full = full || (tab.shown && i != current_ && x + wish + reserved > end);
        const bool placed = tab.shown && (i == current_ || !full);
        if (placed) {
            const int width = std::min(wish, std::max(scaledPx(this, 24), end - x));
            tab.button->setGeometry(x, 0, width, height());
            x += width;
        }
        tab.button->setVisible(placed);
    }
    more_->setVisible(!all);
    more_->setGeometry(width() - kMargin - menu.width(), (height() - menu.height()) / 2, menu.width(), menu.height());
    update();
}

void TabStrip::openMenu() {
    auto* menu = new QMenu(more_);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto* group = new QActionGroup(menu);
    for (int i = 0; i < tabs_.size(); ++i) {
        if (!tabs_.at(i).shown) {
            continue;
        }
        QAction* action =
            menu->addAction(QString(tabs_.at(i).button->text()).replace(QLatin1Char('&'), QLatin1String("&&")));
        action->setCheckable(true);
        action->setChecked(i == current_);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, id = tabs_.at(i).id] {
            if (const int index = indexOf(id); index >= 0 && tabs_.at(index).shown) {
                setCurrentIndex(index, true);
            }
        });
    }
    menu->popup(more_->mapToGlobal(QPoint(0, more_->height())));
}

void TabStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(0, height() - 1, width(), 1, themeOf(this).color(Role::Border));
}

void TabStrip::resizeEvent(QResizeEvent*) {
    arrange();
}

void TabStrip::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        updateGeometry();
        arrange();
    }
}

bool TabStrip::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress) {
        return QWidget::eventFilter(watched, event);
    }
    const auto* key = static_cast<QKeyEvent*>(event);
    if ((key->modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier) {
        return QWidget::eventFilter(watched, event);
    }
    int to = -1;
    switch (key->key()) {
        case Qt::Key_Left:
        case Qt::Key_Up:
            to = nextShown(current_, -1, false);
            break;
        case Qt::Key_Right:
        case Qt::Key_Down:
            to = nextShown(current_, 1, false);
            break;
        case Qt::Key_Home:
            to = nextShown(-1, 1, false);
            break;
        case Qt::Key_End:
            to = nextShown(static_cast<int>(tabs_.size()), -1, false);
            break;
        default:
            return QWidget::eventFilter(watched, event);
    }
    if (to >= 0) {
        setCurrentIndex(to, true);
    }
    return true;
}

}  // namespace quarterdeck::widgets
