#pragma once

// What a person with a screen reader or without a mouse would miss, found by walking the accessibility tree and by
// pressing Tab. Every function returns sentences with the path of the widget; none is a good answer.

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QSet>
#include <QTest>
#include <QWidget>

#include "tests/gui/layout_check.h"

namespace quarterdeck::gui_tests {

inline bool isInteractive(QAccessible::Role role) {
    switch (role) {
        case QAccessible::Button:
        case QAccessible::ButtonMenu:
        case QAccessible::ButtonDropDown:
        case QAccessible::CheckBox:
        case QAccessible::RadioButton:
        case QAccessible::EditableText:
        case QAccessible::ComboBox:
        case QAccessible::SpinBox:
        case QAccessible::Slider:
        case QAccessible::List:
        case QAccessible::Table:
        case QAccessible::Tree:
        case QAccessible::PageTab:
        case QAccessible::PageTabList:
        case QAccessible::Link:
            return true;
        default:
            return false;
    }
}

/// Parts of a control that its owner speaks and works for.
inline bool belongsToControl(const QWidget* widget) {
    const QWidget* parent = widget->parentWidget();
    return parent != nullptr &&
           (qobject_cast<const QLineEdit*>(parent) != nullptr || qobject_cast<const QComboBox*>(parent) != nullptr ||
            parent->inherits("QAbstractSpinBox") || parent->inherits("QTabBar"));
}

/// Every widget that can be seen and worked with, with its interface.
struct Control {
    QWidget* widget = nullptr;
    QAccessibleInterface* spoken = nullptr;
};

inline QList<Control> controlsBelow(QWidget* root) {
    QList<Control> controls;
    for (QWidget* widget : root->findChildren<QWidget*>()) {
        if (!widget->isVisibleTo(root) || widget->isWindow() || belongsToControl(widget) ||
            qobject_cast<QHeaderView*>(widget) != nullptr) {
            continue;
        }
        QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(widget);
        const bool takesFocus = (widget->focusPolicy() & Qt::TabFocus) != 0;
        const bool button = qobject_cast<QAbstractButton*>(widget) != nullptr;
        if (spoken == nullptr || takesFocus || button || isInteractive(spoken->role())) {
            controls.append({widget, spoken});
        }
    }
    return controls;
}

/// A name that says nothing: none, or what the program calls the widget.
inline bool isNameless(const QWidget* widget, const QString& name) {
    const QString className = QString::fromLatin1(widget->metaObject()->className());
    return name.trimmed().isEmpty() || name == widget->objectName() || name == className ||
           name == className.section(QStringLiteral("::"), -1);
}

/// Controls without a name or with the role of nothing in particular.
inline QStringList nameFaults(QWidget* root) {
    QStringList faults;
    for (const Control& control : controlsBelow(root)) {
        if (control.spoken == nullptr) {
            faults += pathOf(control.widget) + QStringLiteral(" is not in the accessibility tree");
            continue;
        }
        if (isNameless(control.widget, control.spoken->text(QAccessible::Name))) {
            faults += pathOf(control.widget) + QStringLiteral(" has no name");
        }
        const QAccessible::Role role = control.spoken->role();
        // An area that scrolls is a place, not a control.
        if (qobject_cast<const QAbstractScrollArea*>(control.widget) != nullptr) {
            continue;
        }
        if (role == QAccessible::Client || role == QAccessible::NoRole || role == QAccessible::Pane) {
            faults += pathOf(control.widget) + QStringLiteral(" has no role");
        }
    }
    return faults;
}

/// Controls of one container that cannot be told apart by what is read of them.
inline QStringList twinFaults(QWidget* root) {
    QStringList faults;
    QHash<QString, const QWidget*> seen;
    for (const Control& control : controlsBelow(root)) {
        if (control.spoken == nullptr) {
            continue;
        }
        const QString key =
            QStringLiteral("%1|%2|%3|%4")
                .arg(quintptr(control.widget->parentWidget()))
                .arg(int(control.spoken->role()))
                .arg(control.spoken->text(QAccessible::Name), control.spoken->text(QAccessible::Description));
        if (const QWidget* twin = seen.value(key)) {
            faults += QStringLiteral("%1 is read like %2").arg(pathOf(control.widget), pathOf(twin));
        }
        seen.insert(key, control.widget);
    }
    return faults;
}

/// What Tab (or Shift+Tab) comes by, from where the focus is until it is there again.
inline QSet<QWidget*> tabStops(QWidget* window, bool backwards) {
    QSet<QWidget*> stops;
    for (int i = 0; i < 500; ++i) {
        QTest::keyClick(window->focusWidget() != nullptr ? window->focusWidget() : window,
                        backwards ? Qt::Key_Backtab : Qt::Key_Tab, backwards ? Qt::ShiftModifier : Qt::NoModifier);
        QWidget* at = QApplication::focusWidget();
        if (at == nullptr || stops.contains(at)) {
            break;
        }
        stops.insert(at);
    }
    return stops;
}

/// Stops of the Tab key that look the same with the focus and without.
inline QStringList focusFaults(QWidget* window, const QColor& accent) {
    QStringList faults;
    for (QWidget* stop : tabStops(window, false)) {
        const auto accents = [&] {
            const QRect place =
                QRect(stop->mapTo(window, QPoint()), stop->size()).adjusted(-4, -4, 4, 4).intersected(window->rect());
            const QImage image = window->grab(place).toImage();
            int count = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    count += image.pixelColor(x, y) == accent ? 1 : 0;
                }
            }
            return count;
        };
        stop->setFocus(Qt::TabFocusReason);
        const int with = accents();
        stop->clearFocus();
        const int without = accents();
        if (with < without + 24) {
            faults += QStringLiteral("%1 does not show the focus: %2 pixels of the accent with, %3 without")
                          .arg(pathOf(stop))
                          .arg(with)
                          .arg(without);
        }
    }
    return faults;
}

/// Whether an action with a key does what the button does.
inline bool hasKey(const QWidget* window, const QString& name) {
    for (const QAction* action : window->actions()) {
        QString text = action->text();
        if (text.remove(QLatin1Char('&')) == name && !action->shortcut().isEmpty()) {
            return true;
        }
    }
    return false;
}

/// Enabled controls that neither Tab, nor arrows within their group, nor a key reach. `below`: of this part of the
/// window only, where that alone can be worked with.
inline QStringList reachFaults(QWidget* window, QWidget* below = nullptr) {
    QSet<QWidget*> reached = tabStops(window, false);
    QStringList faults;
    for (QWidget* widget : tabStops(window, true)) {
        if (!reached.contains(widget)) {
            faults += pathOf(widget) + QStringLiteral(" is reached by Shift+Tab alone");
            reached.insert(widget);
        }
    }
    for (QWidget* stop : QSet<QWidget*>(reached)) {
        if (qobject_cast<QAbstractButton*>(stop) == nullptr) {
            continue;
        }
        for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Up}) {
            stop->setFocus(Qt::TabFocusReason);
            for (int i = 0; i < 100; ++i) {
                QWidget* before = QApplication::focusWidget();
                QTest::keyClick(before, key);
                QWidget* after = QApplication::focusWidget();
                if (after == nullptr || after == before) {
                    break;
                }
                reached.insert(after);
            }
        }
    }
    for (const Control& control : controlsBelow(below != nullptr ? below : window)) {
        const bool known = reached.contains(control.widget) ||
                           (control.widget->focusProxy() != nullptr && reached.contains(control.widget->focusProxy()));
        // A strip of tabs is reached by its tabs.
        const bool holdsReached = control.spoken != nullptr && control.spoken->role() == QAccessible::PageTabList &&
                                  std::any_of(reached.begin(), reached.end(),
                                              [&](const QWidget* one) { return control.widget->isAncestorOf(one); });
        const QString name = control.spoken != nullptr ? control.spoken->text(QAccessible::Name) : QString();
        if (control.widget->isEnabled() && !known && !holdsReached && !hasKey(window, name)) {
            faults += pathOf(control.widget) + QStringLiteral(" “%1” is not reached by keyboard").arg(name);
        }
    }
    return faults;
}

}  // namespace quarterdeck::gui_tests
