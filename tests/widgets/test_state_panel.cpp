#include <QClipboard>
#include <QPushButton>
#include <QSignalSpy>

#include "tests/widgets/widget_test.h"
#include "widgets/label.h"
#include "widgets/state_panel.h"
#include "widgets/style.h"

using namespace quarterdeck::widgets;

namespace {

QStringList shownTexts(const StatePanel& panel) {
    QStringList texts;
    for (const TextLabel* label : panel.findChildren<TextLabel*>()) {
        if (label->isVisibleTo(&panel)) {
            texts.append(label->text());
        }
    }
    return texts;
}

QList<QPushButton*> shownButtons(const StatePanel& panel) {
    QList<QPushButton*> buttons;
    for (QPushButton* button : panel.findChildren<QPushButton*>()) {
        if (button->isVisibleTo(&panel)) {
            buttons.append(button);
        }
    }
    return buttons;
}

QString s(const char* text) {
    return QString::fromLatin1(text);
}

}  // namespace

class TestStatePanel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::named(QStringLiteral("dark"))); }

    void loadingShowsBarsAtTheColumnsAndSaysLaterWhatIsAwaited() {
        StatePanel panel;
        panel.resize(500, 200);
        panel.showLoading({100, 200}, s("Waiting for pods"));
        QCOMPARE(panel.accessibleName(), s("Waiting for pods"));
        QVERIFY(shownTexts(panel).isEmpty());
        const QColor bar = themeOf(&panel).color(Role::ChartGrid);
        const QImage image = panel.grab().toImage();
        QCOMPARE(image.pixelColor(20, 14), bar);
        QCOMPARE(image.pixelColor(120, 14), bar);
        QVERIFY(image.pixelColor(400, 14) != bar);
        panel.showLoading({100, 200}, s("Waiting for pods of bakery"));
        QTRY_COMPARE_WITH_TIMEOUT(shownTexts(panel), QStringList{s("Waiting for pods of bakery")}, 5000);
    }

    void emptySaysWhyAndOffersOneButton() {
        StatePanel panel;
        QSignalSpy triggered(&panel, &StatePanel::actionTriggered);
        panel.showEmpty(s("No pods match."), s("Clear filter"));
        QCOMPARE(shownTexts(panel), QStringList{s("No pods match.")});
        QCOMPARE(panel.accessibleName(), s("No pods match."));
        QCOMPARE(shownButtons(panel).size(), 1);
        shownButtons(panel).first()->click();
        QCOMPARE(triggered.count(), 1);
        panel.showEmpty(s("Nothing here."));
        QVERIFY(shownButtons(panel).isEmpty());
    }

    void forbiddenCopiesARequest() {
        StatePanel panel;
        QSignalSpy triggered(&panel, &StatePanel::actionTriggered);
        panel.showForbidden(s("Needs list pods"), s("You may not."), s("Copy request"), s("Copied"), s("please"));
        QGuiApplication::clipboard()->clear();
        QPushButton* button = shownButtons(panel).first();
        button->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), s("please"));
        QCOMPARE(button->text(), s("Copied"));
        QCOMPARE(triggered.count(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(button->text(), s("Copy request"), 5000);
    }

    void failedUnfoldsItsDetailsAndKeepsThemOpenWhenItFailsAgain() {
        StatePanel panel;
        QSignalSpy triggered(&panel, &StatePanel::actionTriggered);
        const auto fail = [&] {
            panel.showFailed(s("Cannot be reached"), s("timed out"), s("Retry"), s("Details"), s("GET /api"));
        };
        fail();
        QVERIFY(!shownTexts(panel).contains(s("GET /api")));
        shownButtons(panel).at(1)->click();
        QVERIFY(shownTexts(panel).contains(s("GET /api")));
        fail();
        QVERIFY(shownTexts(panel).contains(s("GET /api")));
        shownButtons(panel).at(0)->click();
        QCOMPARE(triggered.count(), 1);
        panel.showFailed(s("Cannot be reached"), s("timed out"), s("Retry"));
        QCOMPARE(shownButtons(panel).size(), 1);
    }

    void theWelcomeHasTwoWaysOn() {
        StatePanel panel;
        QSignalSpy first(&panel, &StatePanel::actionTriggered);
        QSignalSpy second(&panel, &StatePanel::secondActionTriggered);
        panel.showWelcome(s("Welcome"), s("Nothing yet."), s("Open the demo"), s("Add kubeconfig"));
        QCOMPARE(panel.state(), StatePanel::State::Welcome);
        shownButtons(panel).at(0)->click();
        shownButtons(panel).at(1)->click();
        QCOMPARE(first.count(), 1);
        QCOMPARE(second.count(), 1);
    }

    void longWordsWrapInANarrowPanel() {
        QWidget parent;
        parent.resize(260, 400);
        StatePanel panel(&parent);
        panel.showFailed(s("Cannot be reached"), QStringLiteral("a rather long cause ").repeated(12), s("Retry"));
        panel.resize(260, 400);
        parent.show();
        QCOMPARE(panel.width(), 260);
        panel.grab();
        for (const TextLabel* label : panel.findChildren<TextLabel*>()) {
            if (label->isVisibleTo(&panel)) {
                const QRect place = label->geometry();
                QVERIFY2(
                    place.left() >= 0 && place.right() < 260,
                    qPrintable(
                        QStringLiteral("%1 at %2, %3 wide").arg(label->text()).arg(place.left()).arg(place.width())));
            }
        }
    }
};

QUARTERDECK_WIDGET_TEST(TestStatePanel)
#include "test_state_panel.moc"
