#pragma once

// What opens over a page of the real window, each opened as a person does it.

#include <QApplication>
#include <QMenu>

#include <functional>
#include <vector>

#include "tests/gui/demo_console.h"
#include "widgets/details_drawer.h"

namespace quarterdeck::gui_tests {

struct Surface {
    /// Of the widget that opens.
    const char* name;
    /// Where it is opened.
    const char* page;
    std::function<void(const Console&)> open;
};

/// Chooses an entry of the menu that is open, or that a button is about to open.
inline void chooseInMenu(const char* menu, const char* entry) {
    const auto open = [menu]() -> QMenu* {
        auto* popup = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        return popup != nullptr && popup->objectName() == QString::fromUtf8(menu) ? popup : nullptr;
    };
    QTRY_VERIFY(open() != nullptr);
    auto* action = open()->findChild<QAction*>(QString::fromUtf8(entry));
    QVERIFY(action != nullptr);
    open()->setActiveAction(action);
    QTest::keyClick(open(), Qt::Key_Return);
}

/// With Space, as the keyboard does it.
inline void pressButton(const Console& console, const char* name) {
    auto* button = console.part<QAbstractButton>(name);
    QVERIFY(button != nullptr && button->isVisible());
    button->setFocus(Qt::TabFocusReason);
    QTest::keyClick(button, Qt::Key_Space);
}

inline const std::vector<Surface>& surfaces() {
    static const std::vector<Surface> all{
        {"namespaces", "pods", [](const Console& console) { pressButton(console, "topbar.namespaces"); }},
        {"connections", "pods",
         [](const Console& console) { console.key(Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier); }},
        {"writes", "pods",
         [](const Console& console) {
             pressButton(console, "topbar.lock");
             chooseInMenu("menu.lock", "lock.bakery-ia-prod");
         }},
        {"time-range", "events", [](const Console& console) { console.part<QAction>("range.custom")->trigger(); }},
        {"save-view", "pods", [](const Console& console) { console.key(Qt::Key_D, Qt::ControlModifier); }},
        {"columns", "pods", [](const Console& console) { pressButton(console, "page.pods.columns"); }},
        {"palette", "pods", [](const Console& console) { console.key(Qt::Key_K, Qt::ControlModifier); }},
        {"keys", "pods", [](const Console& console) { console.key(Qt::Key_Question); }},
    };
    return all;
}

inline void addSurfaceRows() {
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < surfaces().size(); ++i) {
        QTest::newRow(surfaces()[i].name) << static_cast<int>(i);
    }
}

/// Opens it and waits for it; null where it does not open.
inline QWidget* openSurface(const Console& console, const Surface& surface) {
    surface.open(console);
    const auto shown = [&]() -> QWidget* {
        for (auto* widget : console.window->findChildren<QWidget*>(QString::fromUtf8(surface.name))) {
            if (widget->isVisible()) {
                return widget;
            }
        }
        return nullptr;
    };
    return QTest::qWaitFor([&] { return shown() != nullptr; }, kPatience) ? shown() : nullptr;
}

}  // namespace quarterdeck::gui_tests
