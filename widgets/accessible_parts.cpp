#include "widgets/accessible_parts.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAccessibleWidget>

#include "widgets/badge.h"
#include "widgets/banner.h"
#include "widgets/card.h"
#include "widgets/chart_plot.h"
#include "widgets/chip.h"
#include "widgets/dock_parts.h"
#include "widgets/filter_line.h"
#include "widgets/heat_row.h"
#include "widgets/label.h"
#include "widgets/navigation_rail.h"
#include "widgets/pill.h"
#include "widgets/rail_button.h"
#include "widgets/state_panel.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

// A button that paints itself: Qt knows only its own button classes.
class AccessibleButton : public QAccessibleWidget {
public:
    explicit AccessibleButton(QAbstractButton* button) : QAccessibleWidget(button, QAccessible::Button) {}

    QAccessible::Role role() const override {
        return button()->isCheckable() ? QAccessible::CheckBox : QAccessible::Button;
    }
    QAccessible::State state() const override {
        QAccessible::State state = QAccessibleWidget::state();
        state.checkable = button()->isCheckable();
        state.checked = button()->isChecked();
        state.pressed = button()->isDown();
        return state;
    }
    QStringList actionNames() const override {
        QStringList names;
        if (widget()->isEnabled()) {
            names << (button()->isCheckable() ? toggleAction() : pressAction());
        }
        return names + QAccessibleWidget::actionNames();
    }
    void doAction(const QString& name) override {
        if (widget()->isEnabled() && (name == pressAction() || name == toggleAction())) {
            button()->click();
            return;
        }
        QAccessibleWidget::doAction(name);
    }

private:
    QAbstractButton* button() const { return static_cast<QAbstractButton*>(object()); }
};

QAccessible::Role roleOf(const QWidget* widget) {
    if (qobject_cast<const Pill*>(widget) != nullptr || qobject_cast<const Tag*>(widget) != nullptr ||
        qobject_cast<const Badge*>(widget) != nullptr || qobject_cast<const KeyValueRow*>(widget) != nullptr) {
        return QAccessible::StaticText;
    }
    if (qobject_cast<const ChartPlot*>(widget) != nullptr) {
        return QAccessible::Chart;
    }
    if (qobject_cast<const HeatRow*>(widget) != nullptr) {
        return QAccessible::List;
    }
    if (qobject_cast<const Banner*>(widget) != nullptr) {
        return QAccessible::AlertMessage;
    }
    if (qobject_cast<const IconLabel*>(widget) != nullptr) {
        return QAccessible::Graphic;
    }
    if (qobject_cast<const DockHandle*>(widget) != nullptr) {
        return QAccessible::Grip;
    }
    const bool group =
        qobject_cast<const NavigationRail*>(widget) != nullptr || qobject_cast<const StatePanel*>(widget) != nullptr ||
        qobject_cast<const FilterLine*>(widget) != nullptr || qobject_cast<const Card*>(widget) != nullptr;
    return group ? QAccessible::Grouping : QAccessible::NoRole;
}

QAccessibleInterface* makeInterface(const QString& className, QObject* object) {
    auto* widget = qobject_cast<QWidget*>(object);
    if (widget == nullptr || !className.startsWith(QStringLiteral("quarterdeck::"))) {
        return nullptr;
    }
    auto* button = qobject_cast<QAbstractButton*>(widget);
    if (button != nullptr &&
        (qobject_cast<ContextChip*>(widget) != nullptr || qobject_cast<RailButton*>(widget) != nullptr ||
         widget->property(kFocusRingProperty).toBool())) {
        return new AccessibleButton(button);
    }
    const QAccessible::Role role = roleOf(widget);
    return role == QAccessible::NoRole ? nullptr : new QAccessibleWidget(widget, role);
}

}  // namespace

void installAccessibleParts() {
    QAccessible::installFactory(makeInterface);  // the same factory is kept once
}

}  // namespace quarterdeck::widgets
