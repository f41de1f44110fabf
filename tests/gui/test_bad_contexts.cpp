// Kubeconfigs, certificates, plugins and servers that are bad, beside a context that is good: what a person reads in
// the real window, and that the good context goes on.

#include <QPushButton>

#include "tests/fakes/hostile_server.h"
#include "tests/fakes/pod_json.h"
#include "tests/gui/file_console.h"
#include "ui/pages/fleet/context_card.h"
#include "ui/pages/fleet/idle_card.h"
#include "widgets/banner.h"
#include "widgets/pill.h"
#include "widgets/style.h"
#include "widgets/table_view.h"

using namespace quarterdeck;
using namespace quarterdeck::gui_tests;
using fakes::HostileServer;
using session::ConnectionState;
using ui::IdleCard;
namespace answers = fakes::answers;

using Handler = HostileServer::Handler;
Q_DECLARE_METATYPE(Handler)

namespace {

constexpr int kPatience = 10'000;

QStringList words(std::initializer_list<const char*> list) {
    QStringList all;
    for (const char* word : list) {
        all.append(QString::fromUtf8(word));
    }
    return all;
}

Handler good() {
    return answers::pods(fakes::podListJson({"web"}));
}

/// A healthy server whose list of pods is answered like this.
Handler badPods(const Handler& pods) {
    return [pods, others = good()](const fakes::HostileRequest& request, fakes::HostileConnection& peer) {
        (request.path() == "/api/v1/pods" ? pods : others)(request, peer);
    };
}

/// The first of these parts that the text lacks; empty: it has all, and no secret.
QString missing(const QString& text, const QStringList& parts) {
    for (const QString& part : parts) {
        if (!text.contains(part)) {
            return QStringLiteral("no “%1” in: %2").arg(part, text);
        }
    }
    return text.contains(QStringLiteral("CANARY")) ? QStringLiteral("a secret in: ") + text : QString();
}

/// What stands above the rows of the Pods page.
QString bannerWords(const FileConsole& console) {
    return wordsOn(console.part<QWidget>("page.pods.banners"));
}

int podRows(const FileConsole& console) {
    const auto* table = console.part<widgets::TableView>("page.pods.table");
    return table != nullptr && table->isVisible() ? table->model()->rowCount() : 0;
}

QString connectionWord(const FileConsole& console, const std::string& context) {
    const auto* pill = console.part<widgets::Pill>("card." + context + ".connection");
    return pill != nullptr && pill->isVisible() ? pill->text() : QString();
}

/// The card of a context that is not connected; null where it is.
IdleCard* idleCard(const FileConsole& console, const std::string& context) {
    auto* card = console.part<IdleCard>("closed." + context);
    return card != nullptr && card->isVisible() ? card : nullptr;
}

/// The banner of the Fleet page that names a file.
const widgets::Banner* fileBanner(const FileConsole& console) {
    for (const auto* banner : console.window->page()->findChildren<widgets::Banner*>()) {
        if (banner->isVisible()) {
            return banner;
        }
    }
    return nullptr;
}

}  // namespace

class TestBadContexts : public QObject {
    Q_OBJECT

    fakes::TestAuthority authority_;

    HostileServer::Options tls(const fakes::PemIdentity& identity) const {
        return {.tls = identity, .clientCaPem = {}, .onConnect = {}};
    }
    [[nodiscard]] FileContext context(const char* name, const HostileServer& server) const {
        return {name, server.url(), authority_.caPem()};
    }

    /// "alpha" is bad as `parts` say, on the Pods page and, under `word`, on the Fleet page; "omega" goes on.
    void checkBesideAGoodContext(FileConsole& console, const QString& word, const QStringList& parts) {
        // On the page of pods: the sentence stands above the rows of the good context.
        QTRY_COMPARE_WITH_TIMEOUT(podRows(console), 1, kPatience);
        QTRY_VERIFY2_WITH_TIMEOUT(
            missing(bannerWords(console), parts + words({"alpha is missing: it could not be loaded", "Retry"}))
                .isEmpty(),
            qPrintable(missing(bannerWords(console), parts)), kPatience);
        // The window goes on: to the Fleet page by keyboard, where the card says the same.
        console.key(Qt::Key_1, Qt::ControlModifier);
        QTRY_COMPARE(console.window->page()->id(), std::string("fleet"));
        QTRY_COMPARE_WITH_TIMEOUT(connectionWord(console, "omega"), QStringLiteral("live"), kPatience);
        const auto card = [&]() -> QWidget* {
            QWidget* idle = idleCard(console, "alpha");
            return idle != nullptr ? idle : console.part<QWidget>("card.alpha");
        };
        QTRY_VERIFY2_WITH_TIMEOUT(missing(wordsOn(card()), parts + QStringList{word}).isEmpty(),
                                  qPrintable(missing(wordsOn(card()), parts + QStringList{word})), kPatience);
        const QString remedy =
            word == QStringLiteral("Signed out") ? QStringLiteral("Sign in again") : QStringLiteral("Retry");
        QVERIFY2(wordsOn(card()).contains(remedy), qPrintable(wordsOn(card())));
        QVERIFY(!allWords(console.window.get()).contains(QStringLiteral("CANARY")));
        // And the good context has lost nothing.
        console.key(Qt::Key_2, Qt::ControlModifier);
        QTRY_COMPARE(podRows(console), 1);
        QCOMPARE(console.stateOf("omega"), ConnectionState::Connected);
    }

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void aBrokenFileIsNamedAndTheOthersWork_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("reason");
        QTest::newRow("broken YAML") << QByteArray("apiVersion: v1\nclusters: [{name: x\nusers: CANARY-user\n")
                                     << QStringLiteral("line ");
        QTest::newRow("a list instead of entries")
            << QByteArray("- CANARY-one\n- CANARY-two\n")
            << QStringLiteral("it is not a kubeconfig: there is no map at its top");
        QTest::newRow("zeroed") << QByteArray(512, '\0') << QStringLiteral("zero");
    }
    void aBrokenFileIsNamedAndTheOthersWork() {
        QFETCH(QByteArray, content);
        QFETCH(QString, reason);
        HostileServer server(good(), tls(authority_.server()));
        FileConsole console;
        const std::string broken = console.write("broken.yaml", content.toStdString());
        console.start({console.write("first", kubeconfigOf({context("alpha", server)})), broken,
                       console.write("last", kubeconfigOf({context("omega", server)}))},
                      "fleet");
        QTRY_COMPARE_WITH_TIMEOUT(connectionWord(console, "alpha"), QStringLiteral("live"), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(connectionWord(console, "omega"), QStringLiteral("live"), kPatience);
        QVERIFY(fileBanner(console) != nullptr);
        const QString said = wordsOn(fileBanner(console));
        const QString wrong = missing(said, {QString::fromStdString(broken), reason,
                                             QStringLiteral("Nothing of this file is used until that is corrected"),
                                             QStringLiteral("other files are not affected")});
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        QVERIFY(!allWords(console.window.get()).contains(QStringLiteral("CANARY")));
        // Corrected while the window is open: no banner, and what the file has is there.
        console.write("broken.yaml", kubeconfigOf({context("middle", server)}));
        QTRY_COMPARE_WITH_TIMEOUT(connectionWord(console, "middle"), QStringLiteral("live"), kPatience);
        QTRY_VERIFY(fileBanner(console) == nullptr);
    }

    void aContextThatCannotBeUsedSaysAllThatIsWrong() {
        HostileServer server(good(), tls(authority_.server()));
        FileConsole console;
        const std::string file = console.write(
            "config", kubeconfigOf({context("omega", server)}) +
                          "- {name: alpha, context: {cluster: broken, user: nobody, namespace: Not_A_Name}}\n"
                          "current-context: alpha\n");
        const std::string more = console.write("more",
                                               "clusters: [{name: broken, cluster: {server: \"https://127.0.0.1:1\", "
                                               "certificate-authority: /nowhere/ca.crt}}]\n");
        console.start({file, more}, "fleet");
        QTRY_COMPARE_WITH_TIMEOUT(connectionWord(console, "omega"), QStringLiteral("live"), kPatience);
        QTRY_VERIFY(idleCard(console, "alpha") != nullptr);
        const IdleCard* card = idleCard(console, "alpha");
        const QStringList all =
            words({"user \"nobody\" was not found for context \"alpha\"", "Add the user to the kubeconfig",
                   "namespace \"Not_A_Name\" for context \"alpha\" does not conform", "Correct the namespace",
                   "unable to read certificate-authority /nowhere/ca.crt", "Put the file there or correct"});
        const QString wrong = missing(wordsOn(card), all + words({"Cannot be used", file.c_str(), more.c_str()}));
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        // Each on a line of its own where there is room, and as a screen reader gets them.
        const QString tip = card->state().toolTip;
        QCOMPARE(tip.count(QLatin1Char('\n')), 2);
        QCOMPARE(missing(card->accessibleName(), all), QString());
        QCOMPARE(card->state().remedy, IdleCard::Remedy::None);
        QVERIFY(console.hub->open("alpha") == nullptr);
        // Corrected: it can be used, and is opened.
        console.write("config", kubeconfigOf({context("omega", server), context("alpha", server)}));
        QTRY_COMPARE_WITH_TIMEOUT(connectionWord(console, "alpha"), QStringLiteral("live"), kPatience);
        QVERIFY(idleCard(console, "alpha") == nullptr);
    }

    void aBadCertificateIsExplained_data() {
        QTest::addColumn<QString>("which");
        QTest::addColumn<QStringList>("parts");
        QTest::newRow("expired") << QStringLiteral("expired")
                                 << words(
                                        {"expired at", "this machine's clock says", "Renew the server's certificate"});
        QTest::newRow("not yet valid") << QStringLiteral("early")
                                       << words({"is not valid before", "this machine's clock says",
                                                 "Set the clock if it is wrong"});
        QTest::newRow("wrong host") << QStringLiteral("name")
                                    << words({"is for elsewhere.example", "not for 127.0.0.1", "set tls-server-name"});
    }
    void aBadCertificateIsExplained() {
        QFETCH(QString, which);
        QFETCH(QStringList, parts);
        const fakes::PemIdentity identity = which == QStringLiteral("expired") ? authority_.expiredServer()
                                            : which == QStringLiteral("early") ? authority_.notYetValidServer()
                                                                               : authority_.wrongNameServer();
        HostileServer bad(good(), tls(identity));
        HostileServer fine(good(), tls(authority_.server()));
        FileConsole console;
        console.start({console.write("config", kubeconfigOf({context("alpha", bad), context("omega", fine)}))}, "pods");
        checkBesideAGoodContext(console, QStringLiteral("Unreachable"), parts + words({"context alpha"}));
        QCOMPARE(bad.requestCount(), 0);  // no token goes to a server that is not known
    }

    void aPluginThatFailsIsNamedWithWhatToDo_data() {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QStringList>("parts");
        QTest::newRow("missing") << QByteArray()
                                 << words({"executable qd-login not found", "Install it, or correct its path",
                                           "Get it from example.com."});
        QTest::newRow("prints rubbish") << QByteArray("echo 'token=CANARY-rubbish'\necho 'no browser here' >&2\n")
                                        << words({"decoding stdout of exec: executable qd-login failed",
                                                  "It said: no browser here",
                                                  "run it in a terminal to see what it prints"});
        QTest::newRow("hangs") << QByteArray("echo 'open https://sso.example in a browser' >&2\nexec sleep 600\n")
                               << words({"qd-login did not end within", "was stopped", "https://sso.example",
                                         "Run it in a terminal to see what it waits for"});
    }
    void aPluginThatFailsIsNamedWithWhatToDo() {
        QFETCH(QByteArray, script);
        QFETCH(QStringList, parts);
        HostileServer server(good(), tls(authority_.server()));
        HostileServer fine(good(), tls(authority_.server()));
        FileConsole console;
        if (!script.isEmpty()) {
            console.install("qd-login", script.toStdString());
        }
        FileContext bad = context("alpha", server);
        bad.user = FileConsole::pluginUser("qd-login");
        console.start(
            {console.write("config", kubeconfigOf({bad, context("omega", fine)}))}, "pods",
            [](session::SessionHub::Options& options) { options.pluginLimit = std::chrono::milliseconds(500); });
        checkBesideAGoodContext(console, QStringLiteral("Signed out"), parts);
        QCOMPARE(server.requestCount(), 0);  // nothing is asked without a credential
    }

    void anAnswerThatIsNoneIsExplained_data() {
        QTest::addColumn<Handler>("handler");
        QTest::addColumn<QString>("word");
        QTest::addColumn<QStringList>("parts");
        const QString unreachable = QStringLiteral("Unreachable");
        const std::string list = fakes::podListJson({"CANARY-half"});
        QTest::newRow("HTML login page") << answers::html() << unreachable
                                         << words({"context alpha", "with a web page instead of Kubernetes data",
                                                   "sign in there, or check the"});
        QTest::newRow("half a list") << badPods(answers::json(list.substr(0, list.size() - 9)))
                                     << QStringLiteral("failed")
                                     << words({"context alpha", "list pods in all namespaces", "cannot be read",
                                               "it is tried again"});
        QTest::newRow("404") << answers::kubernetesStatus(404, "NotFound", "page not found") << unreachable
                             << words({"context alpha", "404", "page not found", "It may have been deleted"});
        QTest::newRow("429") << answers::kubernetesStatus(429, "TooManyRequests", "slow down", {{"Retry-After", "2"}})
                             << unreachable
                             << words({"context alpha", "asks to wait (429)", "slow down", "It is tried again after"});
        QTest::newRow("500") << answers::kubernetesStatus(500, "InternalError", "etcdserver: leader changed")
                             << unreachable
                             << words({"context alpha", "failed (500)", "etcdserver: leader changed",
                                       "look at the API server's health and logs"});
        QTest::newRow("503") << answers::kubernetesStatus(503, "ServiceUnavailable", "apiserver is shutting down")
                             << unreachable
                             << words({"context alpha", "failed (503)", "apiserver is shutting down",
                                       "look at the API server's health and logs"});
    }
    void anAnswerThatIsNoneIsExplained() {
        QFETCH(Handler, handler);
        QFETCH(QString, word);
        QFETCH(QStringList, parts);
        HostileServer bad(handler, tls(authority_.server()));
        HostileServer fine(good(), tls(authority_.server()));
        FileConsole console;
        console.start({console.write("config", kubeconfigOf({context("alpha", bad), context("omega", fine)}))}, "pods");
        checkBesideAGoodContext(console, word, parts);
        // The server gets well: the window says so by itself after "Try again now".
        bad.setHandler(good());
        console.key(Qt::Key_F5);
        QTRY_COMPARE_WITH_TIMEOUT(podRows(console), 2, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(bannerWords(console), QString(), kPatience);
    }
};

QTEST_MAIN(TestBadContexts)
#include "test_bad_contexts.moc"
