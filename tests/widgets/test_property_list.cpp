#include <QAccessible>
#include <QClipboard>
#include <QElapsedTimer>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>

#include "tests/widgets/widget_test.h"
#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/meter.h"
#include "widgets/property_list.h"
#include "widgets/property_row.h"
#include "widgets/style.h"

using namespace quarterdeck::widgets;

namespace {

QString s(const char* text) {
    return QString::fromUtf8(text);
}

Property row(const QString& key, const QString& value, const QString& note = {}) {
    Property property;
    property.key = key;
    property.value = value;
    property.note = note;
    return property;
}

Property linkRow(const QString& key, const QString& value, const QString& link) {
    Property property = row(key, value);
    property.link = link;
    return property;
}

PropertySection section(const QString& id, const QVector<Property>& rows) {
    PropertySection made;
    made.id = id;
    made.title = id;
    made.rows = rows;
    return made;
}

PropertyRow* rowOf(const PropertyView& view, const QString& key) {
    for (PropertyRow* found : view.findChildren<PropertyRow*>()) {
        if (found->data().key == key) {
            return found;
        }
    }
    return nullptr;
}

QVector<PropertySection> manySections(int sections, int rows) {
    QVector<PropertySection> made;
    for (int i = 0; i < sections; ++i) {
        QVector<Property> list;
        for (int j = 0; j < rows; ++j) {
            list.append(linkRow(QStringLiteral("key %1.%2").arg(i).arg(j),
                                QStringLiteral("a value with so many words that it takes several lines of the drawer"),
                                QStringLiteral("link %1.%2").arg(i).arg(j)));
        }
        made.append(section(QString::number(i), list));
    }
    return made;
}

}  // namespace

class TestPropertyList : public QObject {
    Q_OBJECT

private:
    // Shown and active, so that it can have the focus.
    static void show(PropertyView& view, const QSize& size = {380, 400}) {
        view.resize(size);
        view.show();
        view.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&view));
    }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::named(QStringLiteral("dark"))); }
    void cleanup() { applyTheme(*qApp, Theme::named(QStringLiteral("dark"))); }

    void aRowIsNamedByKeyValueAndNote_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("note");
        QTest::addColumn<QString>("name");
        QTest::newRow("all") << s("Ready") << s("no") << s("6 min") << s("Ready: no, 6 min");
        QTest::newRow("no note") << s("Ready") << s("no") << QString() << s("Ready: no");
        QTest::newRow("no value") << s("a:2.9.0") << QString() << s("exit 1") << s("a:2.9.0, exit 1");
        QTest::newRow("value only") << QString() << s("this pod") << QString() << s("this pod");
        QTest::newRow("hostile") << s("a\x1b[31m") << s("b\xe2\x80\xae") << QString() << s("a\\u001B[31m: b\\u202E");
    }
    void aRowIsNamedByKeyValueAndNote() {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(QString, note);
        QFETCH(QString, name);
        PropertyView view;
        view.setContent({}, {section(s("a"), {row(key, value, note)})});
        PropertyRow* made = view.findChild<PropertyRow*>();
        QCOMPARE(made->accessibleName(), name);
        QAccessibleInterface* access = QAccessible::queryAccessibleInterface(made);
        QCOMPARE(access->text(QAccessible::Name), name);
        QCOMPARE(access->role(), QAccessible::StaticText);
    }

    void aLinkIsFollowedByEnterByClickAndByTheReader() {
        PropertyView view;
        view.setContent({},
                        {section(s("a"), {row(s("plain"), s("x")), linkRow(s("Node"), s("mk8s-01"), s("node/1"))})});
        show(view);
        QSignalSpy followed(&view, &PropertyView::linkActivated);
        PropertyRow* node = rowOf(view, s("Node"));
        QCOMPARE(rowOf(view, s("plain"))->focusPolicy(), Qt::NoFocus);
        node->setFocus(Qt::TabFocusReason);
        QTest::keyClick(node, Qt::Key_Return);
        QCOMPARE(followed.count(), 1);
        QCOMPARE(followed.last().at(0).toString(), s("node/1"));
        // The value is the link, the key is not.
        QTest::mouseClick(node, Qt::LeftButton, {}, {5, 10});
        QCOMPARE(followed.count(), 1);
        QTest::mouseClick(node, Qt::LeftButton, {}, {60, 10});
        QCOMPARE(followed.count(), 2);
        QAccessibleInterface* access = QAccessible::queryAccessibleInterface(node);
        QCOMPARE(access->role(), QAccessible::Link);
        access->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(followed.count(), 3);
    }

    void theMenuAndTheKeysCopyWholeValues() {
        PropertyView view;
        Property uid = row(s("UID"), s("short"));
        uid.copyText = s("0e5d-the whole");
        const QString longValue = QString(300000, QLatin1Char('v'));
        view.setContent({}, {section(s("a"), {uid, row(s("Note"), longValue)})});
        show(view);
        PropertyRow* first = rowOf(view, s("UID"));
        first->setFocus(Qt::TabFocusReason);
        QTest::keyClick(first, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), s("0e5d-the whole"));
        PropertyRow* second = rowOf(view, s("Note"));
        QContextMenuEvent menuEvent(QContextMenuEvent::Mouse, {5, 5}, second->mapToGlobal(QPoint(5, 5)));
        QApplication::sendEvent(second, &menuEvent);
        auto* menu = second->findChild<QMenu*>();
        QVERIFY(menu != nullptr);
        QCOMPARE(menu->actions().size(), 1);
        menu->actions().first()->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), longValue);
        menu->close();
    }

    void arrowsMoveBetweenRowsThatTakeTheFocusAndBringThemIntoView() {
        PropertyView view;
        view.setContent({}, manySections(4, 10));
        show(view);
        PropertyRow* first = rowOf(view, s("key 0.0"));
        first->setFocus(Qt::TabFocusReason);
        for (int i = 0; i < 20; ++i) {
            QTest::keyClick(view.focusWidget(), Qt::Key_Down);
        }
        PropertyRow* reached = rowOf(view, s("key 2.0"));
        QVERIFY(reached->hasFocus());
        const QRect seen(reached->mapTo(view.viewport(), QPoint(0, 0)), reached->size());
        QVERIFY(view.viewport()->rect().contains(seen));
        QTest::keyClick(reached, Qt::Key_Up);
        QVERIFY(rowOf(view, s("key 1.9"))->hasFocus());
        QTest::keyClick(view.focusWidget(), Qt::Key_Tab);
        QVERIFY(reached->hasFocus());
    }

    void newContentKeepsPlaceFocusAndRows() {
        PropertyView view;
        QVector<PropertySection> sections = manySections(4, 10);
        PropertyNotice notice;
        notice.tone = Tone::Critical;
        notice.sentence = s("Exits with code 1");
        notice.reason = s("KeyError in the log");
        notice.action = s("Roll back");
        notice.actionId = s("rollback");
        view.setContent(notice, sections);
        show(view);
        PropertyRow* focused = rowOf(view, s("key 1.3"));
        focused->setFocus(Qt::TabFocusReason);
        view.verticalScrollBar()->setValue(321);
        TextLabel* reason = nullptr;
        for (TextLabel* label : view.findChildren<TextLabel*>()) {
            reason = label->text() == notice.reason ? label : reason;
        }
        QVERIFY(reason != nullptr);
        reason->setSelection(0, 8);
        QVERIFY(focused->hasFocus());
        for (int i = 0; i < 10; ++i) {
            for (PropertySection& each : sections) {
                for (Property& property : each.rows) {
                    property.note = QStringLiteral("%1 s").arg(i);
                }
            }
            view.setContent(notice, sections);
        }
        QCOMPARE(rowOf(view, s("key 1.3")), focused);
        QVERIFY(focused->hasFocus());
        QCOMPARE(focused->data().note, s("9 s"));
        QCOMPARE(view.verticalScrollBar()->value(), 321);
        QCOMPARE(reason->selectedText(), s("KeyError"));
    }

    void theFocusStaysWithItsRowWhenOthersComeAndGo() {
        PropertyView view;
        QVector<PropertySection> sections = manySections(2, 5);
        view.setContent({}, sections);
        show(view);
        rowOf(view, s("key 1.2"))->setFocus(Qt::TabFocusReason);
        sections[1].rows.prepend(linkRow(s("new"), s("value"), s("x")));
        sections.prepend(section(s("first"), {linkRow(s("newer"), s("value"), s("y"))}));
        view.setContent({}, sections);
        QVERIFY(rowOf(view, s("key 1.2"))->hasFocus());
        sections[2].rows.remove(0, 3);
        view.setContent({}, sections);
        QVERIFY(rowOf(view, s("key 1.2"))->hasFocus());
        // Gone: the one in its place.
        sections[2].rows.remove(0);
        view.setContent({}, sections);
        QVERIFY(rowOf(view, s("key 1.3"))->hasFocus());
        view.setContent({}, {section(s("only"), {row(s("plain"), s("text"))})});
        QVERIFY(view.hasFocus());
    }

    void theNoticeOffersItsRemedy() {
        PropertyView view;
        PropertyNotice notice;
        notice.sentence = s("Exits with <b>code</b> 1");
        notice.action = s("Roll back & more");
        notice.actionId = s("rollback");
        view.setContent(notice, {});
        show(view);
        QSignalSpy asked(&view, &PropertyView::noticeAction);
        auto* button = view.findChild<Button*>(s("notice.action"));
        QVERIFY(button->isVisible());
        QCOMPARE(button->accessibleName(), s("Roll back & more"));
        button->setFocus(Qt::TabFocusReason);
        QTest::keyClick(button, Qt::Key_Space);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.last().at(0).toString(), s("rollback"));
        view.setContent({}, {});
        QVERIFY(!button->isVisible());
    }

    void aLongWordInANoticeIsShownWhole_data() {
        QTest::addColumn<bool>("afterAnother");
        QTest::newRow("the first") << false;
        QTest::newRow("after a short one") << true;
    }
    void aLongWordInANoticeIsShownWhole() {
        QFETCH(bool, afterAnother);
        PropertyView view;
        PropertyNotice notice;
        notice.reason = s("short");
        view.resize(320, 400);
        view.show();
        if (afterAnother) {
            notice.sentence = s("short, too");
            view.setContent(notice, {section(s("a"), {row(s("Name"), s("web"))})});
            QCoreApplication::processEvents();
        }
        notice.sentence = QString(253, QLatin1Char('k'));
        view.setContent(notice, {section(s("a"), {row(s("Name"), s("web"))})});
        QCoreApplication::processEvents();
        const TextLabel* sentence = nullptr;
        for (const TextLabel* label : view.findChildren<TextLabel*>()) {
            sentence = label->givenText() == notice.sentence ? label : sentence;
        }
        QVERIFY(sentence != nullptr);
        const int lines = sentence->fontMetrics().horizontalAdvance(notice.sentence) / sentence->width();
        QVERIFY(lines >= 3);
        QVERIFY2(sentence->height() >= lines * sentence->fontMetrics().height(),
                 qPrintable(QStringLiteral("%1 px for %2 lines").arg(sentence->height()).arg(lines)));
    }

    void longValuesTakeThreeLinesAtMost() {
        PropertyView view;
        view.setContent(
            {}, {section(s("a"), {row(s("one"), s("short")), row(s("two"), QStringLiteral("word ").repeated(400)),
                                  row(s("three"), QString(1000000, QLatin1Char('x')))})});
        show(view);
        QCOMPARE(rowOf(view, s("one"))->height(), 24);
        QCOMPARE(rowOf(view, s("two"))->height(), 24 + 2 * 16);
        QCOMPARE(rowOf(view, s("three"))->height(), 24 + 2 * 16);
        applyTheme(*qApp, Theme::named(QStringLiteral("dark")), 1.5);
        QTRY_COMPARE(rowOf(view, s("one"))->height(), 36);
        QCOMPARE(rowOf(view, s("two"))->height(), 36 + 2 * 24);
    }

    void aValueWithHardlyAnyRoomStandsBelowItsKey() {
        PropertyView view;
        view.setContent({}, {section(s("a"), {row(s("ContainersReady"), s("containers with unready status: [a]"),
                                                  s("1 min 30 s ago at noon"))})});
        show(view, {700, 400});
        QCOMPARE(view.findChild<PropertyRow*>()->height(), 24);
        show(view, {290, 400});
        QCOMPARE(view.findChild<PropertyRow*>()->height(), 24 + 16);
        // It has the whole width there: one line is enough.
        const QImage image = view.findChild<PropertyRow*>()->grab().toImage();
        const QColor background = image.pixelColor(image.width() - 1, image.height() - 1);
        bool inked = false;
        for (int y = 26; y < 38; ++y) {
            for (int x = 0; x < 60; ++x) {
                inked = inked || image.pixelColor(x, y) != background;
            }
        }
        QVERIFY(inked);
    }

    void anEmptySectionSaysSo() {
        PropertyView view;
        PropertySection none = section(s("Volumes"), {});
        none.empty = s("No volumes.");
        view.setContent({}, {none});
        show(view);
        const auto said = [&] {
            for (const TextLabel* label : view.findChildren<TextLabel*>()) {
                if (label->text() == s("No volumes.") && label->isVisible()) {
                    return true;
                }
            }
            return false;
        };
        QVERIFY(said());
        none.rows = {row(s("data"), s("10 Gi"))};
        view.setContent({}, {none});
        QVERIFY(!said());
        QVERIFY(rowOf(view, s("data"))->isVisible());
    }

    void aChainStandsOnOneLineAndWrapsWhereItMust() {
        PropertyView view;
        PropertySection chain = section(
            s("chain"), {linkRow(s("Deployment"), s("orders-service"), s("d")),
                         linkRow(s("ReplicaSet"), s("7c9d5f6b88, rev 13"), s("r")), row(s("Pod"), s("this pod"))});
        chain.chain = true;
        view.setContent({}, {chain});
        show(view);
        QCOMPARE(rowOf(view, s("Deployment"))->y(), rowOf(view, s("Pod"))->y());
        QVERIFY(rowOf(view, s("Deployment"))->geometry().right() < rowOf(view, s("ReplicaSet"))->x());
        show(view, {200, 400});
        QVERIFY(rowOf(view, s("Deployment"))->y() < rowOf(view, s("Pod"))->y());
        for (const PropertyRow* each : view.findChildren<PropertyRow*>()) {
            QVERIFY(each->geometry().right() <= 200);
        }
    }

    void cardsHoldTheirRows() {
        PropertyView view;
        PropertySection containers = section(s("containers"), {});
        Property cpu = row(s("CPU"), s("3 m"), s("of 100 m"));
        cpu.fraction = 0.03;
        containers.cards = {{s("orders"), s("Waiting"), Tone::Critical, {cpu}}};
        view.setContent({}, {containers});
        show(view);
        QCOMPARE(rowOf(view, s("orders"))->accessibleName(), s("orders, Waiting"));
        QCOMPARE(rowOf(view, s("CPU"))->accessibleName(), s("CPU: 3 m, of 100 m"));
        QCOMPARE(rowOf(view, s("CPU"))->parentWidget(), rowOf(view, s("orders"))->parentWidget());
        containers.cards.append({s("sidecar"), s("Running"), Tone::Good, {}});
        view.setContent({}, {containers});
        QVERIFY(rowOf(view, s("sidecar"))->parentWidget()->y() >=
                rowOf(view, s("orders"))->parentWidget()->geometry().bottom());
        containers.cards.clear();
        view.setContent({}, {containers});
        QVERIFY(rowOf(view, s("orders")) == nullptr);
    }

    void aMeterIsFilledByItsShare_data() {
        QTest::addColumn<double>("fraction");
        QTest::addColumn<int>("filled");
        QTest::newRow("half") << 0.5 << 50;
        QTest::newRow("nothing") << 0.0 << 0;
        QTest::newRow("too much") << 7.0 << 100;
        QTest::newRow("no number") << std::nan("") << 0;
    }
    void aMeterIsFilledByItsShare() {
        QFETCH(double, fraction);
        QFETCH(int, filled);
        Meter meter;
        meter.resize(100, 10);
        meter.setData({fraction, -1, Tone::None});
        const QImage image = meter.grab().toImage();
        const QColor fill = themeOf(&meter).color(Role::Series1);
        int count = 0;
        for (int x = 0; x < 100; ++x) {
            count += image.pixelColor(x, 5) == fill ? 1 : 0;
        }
        QVERIFY2(std::abs(count - filled) <= 2, qPrintable(QString::number(count)));
    }

    void sixtyRowsOpenInAMoment() {
        PropertyView view;
        show(view);
        const QVector<PropertySection> sections = manySections(6, 10);
        QElapsedTimer timer;
        timer.start();
        view.setContent({}, sections);
        view.grab();
        const qint64 elapsed = timer.elapsed();
        qInfo("60 rows made, placed and painted in %lld ms", static_cast<long long>(elapsed));
        QVERIFY(elapsed < 3000);  // a gross fault only: the machine may be busy
    }
};

QUARTERDECK_WIDGET_TEST(TestPropertyList)
#include "test_property_list.moc"
