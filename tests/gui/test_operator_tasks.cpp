// What an operator does by hand today, done in the real main window on the demo platform. Each test stands for one
// whole row of the list of tasks and carries its id.

#include <QLineEdit>
#include <QSet>

#include <algorithm>

#include "tests/gui/demo_console.h"
#include "widgets/style.h"
#include "widgets/table_roles.h"

using namespace quarterdeck;
using namespace quarterdeck::gui_tests;

namespace {

/// A container of the incident lives for twenty seconds before it fails, and backs off after that.
constexpr int kIncidentPatience = 90'000;

QSet<QString> cells(const Console& console, const char* title) {
    const int column = console.columnOf(title);
    QSet<QString> found;
    for (int row = 0; row < console.table()->model()->rowCount(); ++row) {
        found += console.cell(row, column);
    }
    return found;
}

/// Types into the filter line of the page in front, by keyboard only.
void filterBy(const Console& console, const char* text) {
    console.key(Qt::Key_F, Qt::ControlModifier);
    auto* line = qobject_cast<QLineEdit*>(console.window->focusWidget());
    QVERIFY(line != nullptr);
    line->selectAll();
    QTest::keyClicks(line, QString::fromUtf8(text));
}

}  // namespace

class TestOperatorTasks : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void T01_podsOfANamespaceByLabelLiveAndTheUnhealthyFirst() {
        const Console console("pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        // Of a namespace.
        filterBy(console, "ns:monitoring");
        QTRY_COMPARE(cells(console, "Namespace"), QSet<QString>{QStringLiteral("monitoring")});
        // By label.
        filterBy(console, "app.kubernetes.io/component=database ctx:bakery");
        QTRY_VERIFY([&] {
            const QSet<QString> names = cells(console, "Pod");
            return names.size() >= 14 && std::all_of(names.begin(), names.end(), [](const QString& name) {
                       return name.contains(QStringLiteral("-db-"));
                   });
        }());
        // Live: a rollout that crashes appears without anybody pressing anything …
        filterBy(console, "orders-service");
        QTRY_COMPARE(console.window->page()->rows(), 2);
        const QSet<QString> before = cells(console, "Pod");
        QVERIFY(console.demo->startIncident("crash-loop").has_value());
        QTRY_VERIFY_WITH_TIMEOUT(cells(console, "Pod") != before, kIncidentPatience);
        // … and the unhealthy come first among all.
        QTest::keyClick(console.window->focusWidget(), Qt::Key_Escape);
        QTRY_VERIFY(console.window->location().filter.empty());
        QTRY_VERIFY_WITH_TIMEOUT(console.cell(0, console.columnOf("Pod")).startsWith(QStringLiteral("orders-service-")),
                                 kIncidentPatience);
        filterBy(console, "is:unhealthy");
        QTRY_VERIFY([&] {
            const QSet<QString> names = cells(console, "Pod");
            return !names.isEmpty() && std::all_of(names.begin(), names.end(), [](const QString& name) {
                return name.startsWith(QStringLiteral("orders-service-"));
            });
        }());
    }

    void T07_recentEventsByTimePerNamespaceAndObject() {
        const Console console("events", true, "crash-loop");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(cells(console, "Reason").contains(QStringLiteral("BackOff")), kIncidentPatience);
        // By time, latest first.
        ui::Location byTime = console.window->location();
        byTime.sort = ui::SortOrder{"seen", false};
        QVERIFY(console.window->go(byTime));
        QTRY_VERIFY(console.window->page()->isSettled());
        const int seen = console.columnOf("Last seen");
        const auto time = [&](int row) {
            return console.table()->model()->index(row, seen).data(widgets::CopyTextRole).toString();
        };
        const auto latestFirst = [&] {
            for (int row = 0; row < console.window->page()->rows(); ++row) {
                if (time(row).isEmpty() || (row > 0 && time(row) > time(row - 1))) {
                    return false;
                }
            }
            return true;
        };
        QTRY_VERIFY(console.window->page()->rows() > 10 && latestFirst());
        // Per namespace.
        QVERIFY(cells(console, "Namespace").size() > 1);
        filterBy(console, "ns:bakery-ia");
        QTRY_COMPARE(cells(console, "Namespace"), QSet<QString>{QStringLiteral("bakery-ia")});
        QTRY_VERIFY(console.window->page()->isSettled() && latestFirst());
        // Per object: all that happened to the container that fails, and nothing else.
        const int object = console.columnOf("Object");
        const int reason = console.columnOf("Reason");
        const int all = console.window->page()->rows();
        int failing = 0;
        while (failing < all && console.cell(failing, reason) != QStringLiteral("BackOff")) {
            ++failing;
        }
        QVERIFY(failing < all);
        const QString about = console.cell(failing, object);
        QVERIFY2(about.startsWith(QStringLiteral("Pod orders-service-")), qPrintable(about));
        QVERIFY(cells(console, "Object").size() > 1);
        QSet<QString> happened;
        for (int row = 0; row < all; ++row) {
            if (console.cell(row, object) == about) {
                happened += console.cell(row, reason);
            }
        }
        QVERIFY(happened.size() > 2);
        // As a person copies it from the cell.
        const QString copied = console.table()->model()->index(failing, object).data(widgets::CopyTextRole).toString();
        QVERIFY(copied.startsWith(QStringLiteral("Pod/orders-service-")));
        filterBy(console, qPrintable(copied));
        QTRY_COMPARE(cells(console, "Object"), QSet<QString>{about});
        QTRY_VERIFY(console.window->page()->isSettled() && latestFirst());
        QVERIFY(cells(console, "Reason").contains(happened));
    }
};

QTEST_MAIN(TestOperatorTasks)
#include "test_operator_tasks.moc"
