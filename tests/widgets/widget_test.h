#pragma once

#include <QApplication>
#include <QtTest>

// Runs a test class that needs widgets, without a display.
#define QUARTERDECK_WIDGET_TEST(TestClass)       \
    int main(int argc, char** argv) {            \
        qputenv("QT_QPA_PLATFORM", "offscreen"); \
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");   \
        QApplication application(argc, argv);    \
        TestClass test;                          \
        return QTest::qExec(&test, argc, argv);  \
    }
