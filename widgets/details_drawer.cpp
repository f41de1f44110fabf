#include "widgets/details_drawer.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <functional>

#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/label.h"
#include "widgets/pill.h"
#include "widgets/shown_text.h"
#include "widgets/style.h"
#include "widgets/tab_strip.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kPadding = 16;
constexpr int kHandle = 6;
constexpr int kWidthStep = 40;
constexpr int kTitleIconPx = 20;

// The left edge: tells the width that the pointer asks for.
class EdgeHandle : public QWidget {
public:
    EdgeHandle(QWidget* drawer, std::function<void(int)> change) : QWidget(drawer), change_(std::move(change)) {
        setObjectName(QStringLiteral("drawer.edge"));
        setProperty("quarterdeckOverlay", true);  // it lies over the edge of what stands in the drawer
        setCursor(Qt::SplitHCursor);
        setAccessibleName(DetailsDrawer::tr("Width of the details"));
        setAccessibleDescription(DetailsDrawer::tr("Alt+Shift+Left and Alt+Shift+Right change it"));
        setToolTip(DetailsDrawer::tr("Drag to change the width (Alt+Shift+Left, Alt+Shift+Right)"));
        setAttribute(Qt::WA_Hover);
    }

protected:
    void mousePressEvent(QMouseEvent* event) override {
        if (event->button() == Qt::LeftButton) {
            dragging_ = true;
            startX_ = event->globalPosition().x();
            startWidth_ = parentWidget()->width();
            update();
        }
    }
    void mouseMoveEvent(QMouseEvent* event) override {
        if (dragging_) {
            change_(startWidth_ + qRound(startX_ - event->globalPosition().x()));
        }
    }
    void mouseReleaseEvent(QMouseEvent*) override {
        dragging_ = false;
        update();
    }
    void paintEvent(QPaintEvent*) override {
        if (dragging_ || underMouse()) {
            QPainter painter(this);
            painter.fillRect(0, 0, 2, height(), themeOf(this).color(Role::Accent));
        }
    }

private:
    std::function<void(int)> change_;
    bool dragging_ = false;
    double startX_ = 0;
    int startWidth_ = 0;
};

}  // namespace

DetailsDrawer::DetailsDrawer(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("drawer"));
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Expanding);
    setAccessibleName(tr("Details"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    buildHeader();
    tabs_ = new TabStrip(this);
    column->addWidget(tabs_);
    pages_ = new QStackedWidget(this);
    column->addWidget(pages_, 1);
    connect(tabs_, &TabStrip::currentChanged, this, &DetailsDrawer::showTab);
    handle_ = new EdgeHandle(this, [this](int px) { chooseWidth(px); });
    addShortcuts();
}

void DetailsDrawer::buildHeader() {
    auto* header = new QVBoxLayout;
    header->setContentsMargins(kPadding - 1, 12, 8, 8);
    header->setSpacing(4);
    auto* first = new QHBoxLayout;
    first->setSpacing(8);
    icon_ = new IconLabel({}, Role::TextMuted, kTitleIconPx, this);
    title_ = new TextLabel({}, TextSize::Title, Role::Text, QFont::DemiBold, this);
    title_->setObjectName(QStringLiteral("drawer.title"));
    title_->setElideMode(Qt::ElideMiddle);
    title_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    close_ = new IconButton(QStringLiteral("x"), tr("Close the details"), this);
    close_->setObjectName(QStringLiteral("drawer.close"));
    close_->setToolTip(tr("Close the details (Escape)"));
    connect(close_, &QAbstractButton::clicked, this, &DetailsDrawer::closeRequested);
    first->addWidget(icon_);
    first->addWidget(title_, 1);
    first->addWidget(close_);
    lastTool_ = close_;
    header->addLayout(first);
    auto* second = new QHBoxLayout;
    second->setSpacing(12);
    status_ = new Pill(this);
    status_->setObjectName(QStringLiteral("drawer.status"));
    status_->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);  // a long context gives way, not the state
    status_->hide();
    context_ = new Tag({}, this);
    context_->setObjectName(QStringLiteral("drawer.context"));
    context_->hide();
    second->addWidget(status_);
    second->addWidget(context_);
    second->addStretch(1);
    tools_ = new QHBoxLayout;
    tools_->setSpacing(0);
    // As high as a tool, also when there is none.
    tools_->addSpacerItem(new QSpacerItem(0, scaledPx(this, 28), QSizePolicy::Fixed, QSizePolicy::Minimum));
    second->addLayout(tools_);
    header->addLayout(second);
    static_cast<QVBoxLayout*>(layout())->addLayout(header);
}

void DetailsDrawer::addShortcuts() {
    const auto add = [this](const QKeySequence& keys, auto&& what) {
        auto* shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, what);
    };
    add(QKeySequence(Qt::CTRL | Qt::Key_PageUp), [this] { tabs_->cycle(-1); });
    add(QKeySequence(Qt::CTRL | Qt::Key_PageDown), [this] { tabs_->cycle(1); });
    add(QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_Left), [this] { chooseWidth(width() + kWidthStep); });
    add(QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_Right), [this] { chooseWidth(width() - kWidthStep); });
}

void DetailsDrawer::setTitle(const QString& icon, const QString& title) {
    icon_->setIcon(icon, Role::TextMuted);
    icon_->setVisible(!icon.isEmpty());
    title_->setText(shownText(title));
    title_->setToolTip(shownToolTip(title));
    setAccessibleName(title_->text().isEmpty() ? tr("Details") : tr("Details of %1").arg(title_->text()));
}

void DetailsDrawer::setStatus(const QString& word, Tone tone) {
    status_->setText(shownText(word));
    status_->setToolTip(shownToolTip(word));
    status_->setTone(tone);
    status_->setVisible(!word.isEmpty());
}

void DetailsDrawer::setContextTag(const QString& name, bool production) {
    context_->setText(shownText(name));
    context_->setToolTip(shownToolTip(name));
    context_->setProduction(production);
    context_->setAccessibleName(production ? tr("%1, production").arg(context_->text()) : context_->text());
    context_->setVisible(!name.isEmpty());
}

void DetailsDrawer::addTab(const QString& id, const QString& title, QWidget* page) {
    // The tab first: the Tab key comes from it to its page.
    page->setProperty("drawerTab", id);
    tabs_->addTab(id, title);
    pages_->addWidget(page);
    if (tabs_->current() == id) {
        pages_->setCurrentWidget(page);
    }
}

void DetailsDrawer::setTabVisible(const QString& id, bool visible) {
    tabs_->setTabVisible(id, visible);
}

void DetailsDrawer::setCurrentTab(const QString& id) {
    tabs_->setCurrent(id);
}

QString DetailsDrawer::currentTab() const {
    return tabs_->current();
}

void DetailsDrawer::focusTabs() {
    tabs_->focusCurrent();
}

void DetailsDrawer::showTab(const QString& id) {
    for (int i = 0; i < pages_->count(); ++i) {
        QWidget* page = pages_->widget(i);
        if (page->property("drawerTab").toString() != id) {
            continue;
        }
        // The focus does not get lost with the page it was in.
        const QWidget* focused = pages_->focusWidget();
        const bool inPage = focused != nullptr && focused->hasFocus();
        pages_->setCurrentIndex(i);
        if (inPage) {
            tabs_->focusCurrent();
        }
        break;
    }
    Q_EMIT currentTabChanged(id);
}

void DetailsDrawer::addTool(QAction* action, const QString& lucideName) {
    auto* button = new IconButton(lucideName, {}, this);
    const auto follow = [button, action, lucideName] {
        const QString name = action->text().remove(QLatin1Char('&'));
        button->setAccessibleName(name);
        const bool disabledWithReason = !action->isEnabled() && !action->statusTip().isEmpty();
        button->setToolTip(shownToolTip(disabledWithReason ? action->statusTip() : action->toolTip()));
        button->setAccessibleDescription(disabledWithReason ? action->statusTip() : QString());
        button->setEnabled(action->isEnabled());
        button->setVisible(action->isVisible());
        button->setCheckable(action->isCheckable());
        button->setChecked(action->isChecked());
        button->setMenu(action->menu());
        button->setPopupMode(action->menu() != nullptr ? QToolButton::InstantPopup : QToolButton::DelayedPopup);
        if (lucideName.isEmpty()) {
            button->setIcon(action->icon());
        }
    };
    follow();
    connect(action, &QAction::changed, button, follow);
    connect(action, &QObject::destroyed, button, [this, button] {
        lastTool_ = lastTool_ == button ? close_ : lastTool_;
        button->deleteLater();
    });
    connect(button, &QAbstractButton::clicked, action, &QAction::trigger);
    tools_->addWidget(button);
    setTabOrder(lastTool_, button);
    lastTool_ = button;
}

int DetailsDrawer::preferredWidth() const {
    return std::clamp(qRound(wishedWidth_ * textScaleOf(this)), minWidth_, maxWidth_);
}

void DetailsDrawer::setPreferredWidth(int px) {
    const int before = preferredWidth();
    wishedWidth_ = px / textScaleOf(this);
    if (preferredWidth() != before) {
        updateGeometry();
        Q_EMIT preferredWidthChanged(preferredWidth());
    }
}

void DetailsDrawer::chooseWidth(int px) {
    setPreferredWidth(std::clamp(px, minWidth_, maxWidth_));
}

void DetailsDrawer::setWidthBounds(int min, int max) {
    minWidth_ = min;
    maxWidth_ = std::max(min, max);
    updateGeometry();
}

QSize DetailsDrawer::sizeHint() const {
    return {preferredWidth(), scaledPx(this, 480)};
}

QSize DetailsDrawer::minimumSizeHint() const {
    return {std::min(minWidth_, preferredWidth()), scaledPx(this, 160)};
}

void DetailsDrawer::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Role::Raised));
    painter.fillRect(0, 0, 1, height(), theme.color(Role::Border));
}

void DetailsDrawer::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    handle_->setGeometry(0, 0, kHandle, height());
    handle_->raise();
}

void DetailsDrawer::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && event->modifiers() == Qt::NoModifier) {
        Q_EMIT closeRequested();
        return;
    }
    QWidget::keyPressEvent(event);
}

}  // namespace quarterdeck::widgets
