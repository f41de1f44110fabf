#include "ui/windows/top_bar.h"

#include <algorithm>

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>

#include "ui/actions/action_registry.h"
#include "ui/pages/view_scope.h"
#include "ui/text/shown.h"
#include "ui/windows/context_chips.h"
#include "ui/windows/namespace_picker.h"
#include "ui/windows/search_box.h"
#include "ui/windows/time_range_button.h"
#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/pill_button.h"
#include "widgets/style.h"

namespace quarterdeck::ui {

using widgets::ButtonKind;
using widgets::IconButton;
using widgets::Role;
using widgets::TextSize;

namespace {

constexpr int kHeight = 48;
constexpr int kCompactBelow = 1100;

IconButton* actionButton(QAction* action, const QString& icon, const char* name, QWidget* parent) {
    auto* button = new IconButton(icon, action->text(), parent);
    button->setObjectName(QString::fromUtf8(name));
    button->setToolTip(action->text() + QStringLiteral("  ") + action->shortcut().toString(QKeySequence::NativeText));
    button->setEnabled(action->isEnabled());
    QObject::connect(button, &QAbstractButton::clicked, action, &QAction::trigger);
    QObject::connect(action, &QAction::enabledChanged, button, &QWidget::setEnabled);
    return button;
}

}  // namespace

TopBar::TopBar(ClusterAccess& access, ViewScope& scope, ActionRegistry& actions, const DemoControl& demo,
               QWidget* parent)
    : Surface(Role::Surface, parent), scope_(scope) {
    setObjectName(QStringLiteral("topbar"));
    setLines(Qt::BottomEdge);
    setFixedHeight(widgets::scaledPx(this, kHeight));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 12, 0);
    layout->setSpacing(8);

    brand_ = new QWidget(this);
    auto* brandLayout = new QHBoxLayout(brand_);
    brandLayout->setContentsMargins(14, 0, 0, 0);
    brandLayout->setSpacing(8);
    brandLayout->addWidget(new widgets::IconLabel(QStringLiteral("quarterdeck"), Role::Accent, 20, brand_));
    name_ = new widgets::TextLabel(tr("Quarterdeck"), TextSize::DrawerTitle, Role::Text, QFont::DemiBold, brand_);
    name_->setElideMode(Qt::ElideRight);
    brandLayout->addWidget(name_, 1);
    layout->addWidget(brand_);
    layout->addWidget(actionButton(actions.action("go.back"), QStringLiteral("arrow-left"), "topbar.back", this));
    layout->addWidget(
        actionButton(actions.action("go.forward"), QStringLiteral("arrow-right"), "topbar.forward", this));

    chips_ = new ContextChips(access, scope, this);
    connect(chips_, &ContextChips::contextsChosen, this, &TopBar::contextsChosen);
    layout->addWidget(chips_);
    namespaces_ = widgets::makeButton({}, QStringLiteral("box"), ButtonKind::Control, this);
    namespaces_->setObjectName(QStringLiteral("topbar.namespaces"));
    namespaces_->setOpensPopup(true);
    picker_ = new NamespacePicker(access, scope, this);
    connect(namespaces_, &QAbstractButton::clicked, this, [this] { picker_->popUpBelow(namespaces_); });
    connect(picker_, &NamespacePicker::namespacesChosen, this, &TopBar::namespacesChosen);
    connect(&scope_, &ViewScope::namespacesChanged, this, &TopBar::refreshNamespaces);
    refreshNamespaces();
    layout->addWidget(namespaces_);
    range_ = new TimeRangeButton(scope_, this);
    connect(range_, &TimeRangeButton::chosen, this, &TopBar::rangeChosen);
    range_->hide();
    layout->addWidget(range_);
    layout->addWidget(new SearchBox(actions.action("palette.open"), this), 1);

    freshness_ = new widgets::PillButton(this);
    freshness_->setObjectName(QStringLiteral("topbar.freshness"));
    freshness_->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);  // contexts give way, not this
    connect(freshness_, &QAbstractButton::clicked, actions.action("view.connections"), &QAction::trigger);
    layout->addWidget(freshness_);
    tools_ = new QHBoxLayout;
    tools_->setSpacing(8);
    layout->addLayout(tools_);
    if (demo.running()) {
        demo_ = widgets::makeButton(tr("Demo"), QStringLiteral("rocket"), ButtonKind::Control, this);
        demo_->setObjectName(QStringLiteral("topbar.demo"));
        demo_->setAccessibleName(tr("Demo"));
        demo_->setToolTip(tr("Incidents of the demo"));
        demo_->setMenu(makeDemoMenu(demo, demo_));
        layout->addWidget(demo_);
    }
}

void TopBar::setBrandWidth(int px, bool nameShown) {
    brandWidth_ = px;
    brand_->setFixedWidth(widgets::scaledPx(this, px));
    name_->setVisible(nameShown);
}

void TopBar::setRangeUse(RangeUse use) {
    range_->setUse(use);
    range_->setVisible(use != RangeUse::None);
}

QWidget* TopBar::freshnessAnchor() const {
    return freshness_;
}

void TopBar::addTool(QWidget* tool) {
    tools_->addWidget(tool);
}

void TopBar::changeEvent(QEvent* event) {
    Surface::changeEvent(event);
    if (event->type() == QEvent::StyleChange && brand_ != nullptr) {
        setFixedHeight(widgets::scaledPx(this, kHeight));
        brand_->setFixedWidth(widgets::scaledPx(this, brandWidth_));
    }
}

void TopBar::resizeEvent(QResizeEvent* event) {
    Surface::resizeEvent(event);
    const bool compact = width() < widgets::scaledPx(this, kCompactBelow);
    if (compact == compact_) {
        return;
    }
    compact_ = compact;
    if (demo_ != nullptr) {
        demo_->setText(compact ? QString() : tr("Demo"));
    }
    emit compactChanged(compact);
}

void TopBar::refreshNamespaces() {
    const auto& namespaces = scope_.namespaces();
    const QString text = namespaces.empty()       ? tr("All namespaces")
                         : namespaces.size() == 1 ? fromUtf8(namespaces.front())
                                                  : tr("%n namespaces", nullptr, static_cast<int>(namespaces.size()));
    namespaces_->setText(text);
    QStringList names;
    for (const std::string& name : namespaces) {
        names += shownUtf8(name);
    }
    namespaces_->setToolTip(widgets::shownToolTip(names.join(QStringLiteral(", "))));
    namespaces_->setAccessibleName(tr("Namespaces: %1").arg(names.isEmpty() ? text : names.join(QStringLiteral(", "))));
}

void TopBar::setFreshness(const std::vector<ContextFreshness>& parts, Instant now, ZoneChoice zone) {
    const kube::FreshnessState state = worstOf(parts);
    QString text = parts.empty() ? tr("No context") : stateWord(state);
    Instant oldest = now;
    for (const ContextFreshness& part : parts) {
        if (part.freshness.state == state && part.freshness.since != Instant{}) {
            oldest = std::min(oldest, part.freshness.since);
        }
    }
    if (state == kube::FreshnessState::Live || state == kube::FreshnessState::Stale) {
        text += QLatin1Char(' ') + ageText(oldest, now);
    }
    freshness_->setStatus(text, parts.empty() ? widgets::Tone::Muted : stateTone(state));
    const QString report = freshnessReport(parts, now, zone);
    freshness_->setToolTip(widgets::shownToolTip(report));
    freshness_->setAccessibleDescription(report);
    range_->setNow(now);
}

}  // namespace quarterdeck::ui
