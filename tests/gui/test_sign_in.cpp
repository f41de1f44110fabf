// Signing in again in the real window, by keyboard alone.

#include <QPushButton>
#include <QSignalSpy>

#include <csignal>

#include "tests/fakes/hostile_server.h"
#include "tests/fakes/pod_json.h"
#include "tests/gui/file_console.h"
#include "ui/pages/fleet/context_card.h"
#include "ui/pages/fleet/idle_card.h"
#include "ui/windows/window_dock.h"
#include "widgets/pill.h"
#include "widgets/style.h"

using namespace quarterdeck;
using namespace quarterdeck::gui_tests;
using namespace std::chrono_literals;
using fakes::HostileConnection;
using fakes::HostileRequest;
using session::ConnectionState;
using ui::IdleCard;
namespace answers = fakes::answers;

namespace {

constexpr int kPatience = 30'000;

/// A cluster that knows one token only.
fakes::HostileServer::Handler guarded() {
    return [inside = answers::pods(fakes::podListJson({"web"})),
            outside = answers::kubernetesStatus(401, "Unauthorized", "Unauthorized")](const HostileRequest& request,
                                                                                      HostileConnection& peer) {
        (request.header("Authorization") == "Bearer CANARY-fresh" ? inside : outside)(request, peer);
    };
}

/// Fails at its first run and gives the token at every later one.
std::string plugin(const std::string& runs) {
    return "echo run >> '" + runs + "'\n" + "if [ $(wc -l < '" + runs +
           "') = 1 ]; then echo 'The SSO session has expired, run sso login' >&2; exit 1; fi\n"
           "printf '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\","
           "\"status\":{\"token\":\"CANARY-fresh\"}}'\n";
}

int runs(const FileConsole& console) {
    QFile file(QString::fromStdString(console.path("runs")));
    return file.open(QIODevice::ReadOnly) ? static_cast<int>(file.readAll().count('\n')) : 0;
}

/// The button that cancels the job under way; null where there is none.
QPushButton* visibleCancel(const QWidget* dock) {
    for (auto* button : dock->findChildren<QPushButton*>(QRegularExpression(QStringLiteral("^job\\.\\d+\\.cancel$")))) {
        if (button->isVisible()) {
            return button;
        }
    }
    return nullptr;
}

/// Goes on with Tab until this has the focus. False where Tab does not come by.
bool tabTo(const QWidget* target) {
    for (int i = 0; i < 100 && target != nullptr; ++i) {
        if (QApplication::focusWidget() == target) {
            return true;
        }
        QWidget* at = QApplication::focusWidget();
        QTest::keyClick(at != nullptr ? at : target->window(), Qt::Key_Tab);
    }
    return false;
}

}  // namespace

class TestSignIn : public QObject {
    Q_OBJECT

    fakes::TestAuthority authority_;

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void fault16_signInAgainByKeyboardConnectsTheContext_data() {
        QTest::addColumn<bool>("panel");
        QTest::addColumn<Qt::Key>("key");
        QTest::newRow("on the card, Space") << false << Qt::Key_Space;
        QTest::newRow("in the connection panel, Space") << true << Qt::Key_Space;
    }
    void fault16_signInAgainByKeyboardConnectsTheContext() {
        QFETCH(bool, panel);
        QFETCH(Qt::Key, key);
        fakes::HostileServer server(guarded(), {.tls = authority_.server(), .clientCaPem = {}, .onConnect = {}});
        FileConsole console;
        console.install("qd-login", plugin(console.path("runs")));
        FileContext alpha{"alpha", server.url(), authority_.caPem()};
        alpha.user = FileConsole::pluginUser("qd-login");
        const auto clock = std::make_shared<ManualClock>(SystemClock().now());
        console.start({console.write("config", kubeconfigOf({alpha}))}, "fleet",
                      [&](session::SessionHub::Options& options) {
                          options.clock = clock;
                          options.times.signedOutRest = 20ms;
                          options.times.reflector.loginPause = 20ms;
                      });
        console.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(console.window.get()));

        // Signed out, with what the plugin said and what to do about it.
        QTRY_COMPARE_WITH_TIMEOUT(console.stateOf("alpha"), ConnectionState::SignedOut, kPatience);
        QTRY_VERIFY(console.part<IdleCard>("closed.alpha") != nullptr);
        const QWidget* card = console.part<IdleCard>("closed.alpha");
        QTRY_VERIFY(card->isVisible());
        for (const char* part : {"Signed out", "The SSO session has expired, run sso login", "Sign in again"}) {
            QVERIFY2(wordsOn(card).contains(QString::fromUtf8(part)), qPrintable(wordsOn(card)));
        }
        // Nobody is asked again until the person says so: not through a night in which the connection is looked at
        // again and again, and not by another page.
        const auto aNightPasses = [&] {
            for (int hour = 0; hour < 12; ++hour) {
                clock->advance(1h);
                QSignalSpy looks(console.hub->session("alpha"), &session::ClusterSession::statusChanged);
                QTRY_VERIFY_WITH_TIMEOUT(looks.count() >= 2, kPatience);
            }
        };
        aNightPasses();
        QVERIFY(console.window->go({"pods", {}, {}, {}, {}, {}}));
        aNightPasses();
        QVERIFY(console.window->go({"fleet", {}, {}, {}, {}, {}}));
        QCOMPARE(runs(console), 1);
        QTRY_VERIFY(console.part<IdleCard>("closed.alpha") != nullptr);
        QTRY_VERIFY(console.part<IdleCard>("closed.alpha")->isVisible());

        const char* name = "closed.alpha.open";
        if (panel) {
            console.key(Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier);
            QTRY_VERIFY(console.part<QWidget>("connections")->isVisible());
            const QString said = wordsOn(console.part<QWidget>("connections"));
            QVERIFY2(said.contains(QStringLiteral("The SSO session has expired, run sso login")), qPrintable(said));
            name = "connection.alpha.signIn";
        }
        const auto* button = console.part<QPushButton>(name);
        QVERIFY(button != nullptr && button->isVisible());
        QCOMPARE(button->text(), QStringLiteral("Sign in again"));
        QVERIFY2(tabTo(button), "Tab does not come to the button");
        QTest::keyClick(QApplication::focusWidget(), key);

        QTRY_COMPARE_WITH_TIMEOUT(console.stateOf("alpha"), ConnectionState::Connected, kPatience);
        QCOMPARE(runs(console), 2);
        if (panel) {
            const auto* state = console.part<widgets::Pill>("connection.alpha.state");
            QTRY_COMPARE_WITH_TIMEOUT(state->text(), QStringLiteral("Connected"), kPatience);
            QTRY_VERIFY(!button->isVisible());
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
            QTRY_VERIFY(!console.part<QWidget>("connections")->isVisible());
        }
        QTRY_VERIFY(console.part<ui::ContextCard>("card.alpha") != nullptr);
        QTRY_COMPARE_WITH_TIMEOUT(console.part<widgets::Pill>("card.alpha.connection")->text(), QStringLiteral("live"),
                                  kPatience);
        QVERIFY(console.part<ui::ContextCard>("card.alpha")->isVisible());
        QTRY_VERIFY(console.part<IdleCard>("closed.alpha") == nullptr);
        QVERIFY(!allWords(console.window.get()).contains(QStringLiteral("CANARY")));
    }

    void fault16_cancellingASignInEndsTheLoginAlone() {
        fakes::HostileServer server(guarded(), {.tls = authority_.server(), .clientCaPem = {}, .onConnect = {}});
        FileConsole console;
        const std::string noted = console.path("runs");
        // Fails at its first run; at the second it waits for a person.
        console.install("qd-login", "echo run >> '" + noted + "'\n[ $(wc -l < '" + noted +
                                        "') = 1 ] && { echo 'The SSO session has expired' >&2; exit 1; }\n" +
                                        "echo $$ > '" + console.path("self") + "'\nexec sleep 600\n");
        FileContext alpha{"alpha", server.url(), authority_.caPem()};
        alpha.user = FileConsole::pluginUser("qd-login");
        console.start({console.write("config", kubeconfigOf({alpha}))}, "fleet",
                      [](session::SessionHub::Options& options) { options.pluginLimit = 10min; });
        QTRY_COMPARE_WITH_TIMEOUT(console.stateOf("alpha"), ConnectionState::SignedOut, kPatience);
        const session::ClusterSession* const session = console.hub->session("alpha");

        QTRY_VERIFY_WITH_TIMEOUT(console.part<QPushButton>("closed.alpha.open") != nullptr, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(console.part<QPushButton>("closed.alpha.open")->text(),
                                  QStringLiteral("Sign in again"), kPatience);
        console.part<QPushButton>("closed.alpha.open")->click();
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(QString::fromStdString(console.path("self"))), kPatience);
        auto* dock = console.part<ui::WindowDock>("dock");
        QVERIFY(dock != nullptr);
        QTest::mouseClick(console.part<QAbstractButton>("dock.tab.jobs"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(dock->isOpen(), kPatience);
        QPushButton* cancel = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT((cancel = visibleCancel(dock)) != nullptr, kPatience);
        QCOMPARE(cancel->accessibleName(), QStringLiteral("Cancel: Signing in to alpha"));
        cancel->click();

        QTRY_VERIFY_WITH_TIMEOUT(visibleCancel(dock) == nullptr, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(wordsOn(console.part<IdleCard>("closed.alpha"))
                                     .contains(QStringLiteral("user alpha with qd-login was cancelled")),
                                 kPatience);
        QCOMPARE(console.stateOf("alpha"), ConnectionState::SignedOut);
        QCOMPARE(console.hub->session("alpha"), session);  // the same, still open
        QCOMPARE(runs(console), 2);
        QFile self(QString::fromStdString(console.path("self")));
        QVERIFY(self.open(QIODevice::ReadOnly));
        const pid_t pid = self.readAll().trimmed().toInt();
        QTRY_VERIFY_WITH_TIMEOUT(::kill(pid, 0) != 0, kPatience);
    }
};

QTEST_MAIN(TestSignIn)
#include "test_sign_in.moc"
