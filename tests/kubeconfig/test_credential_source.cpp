#include "app/kubeconfig/credential_source.h"
#include "app/kubeconfig/errors.h"
#include "tests/kubeconfig/kubeconfig_helpers.h"

using namespace quarterdeck;
using namespace quarterdeck::kubeconfig;
using namespace quarterdeck::kubeconfig::test;
using namespace std::chrono_literals;

namespace {

struct Bench {
    Folder folder;
    std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>(Instant(1'772'000'000s));
    std::shared_ptr<http::CredentialSource> source;

    void open(const std::string& user) {
        const Kubeconfig config =
            loadText(folder,
                     "contexts: [{name: x, context: {cluster: C, user: U}}]\nclusters: [{name: C, cluster: "
                     "{server: 'https://a'}}]\nusers: [{name: U, user: " +
                         user + "}]\n");
        ExecOptions options;
        options.clock = clock;
        auto made = makeCredentialSource(config, "x", {clock, std::make_shared<ExecPluginCache>(options), ""});
        if (!made) {
            qFatal("%s", describe(made.error()).c_str());
        }
        source = *made;
    }
    [[nodiscard]] Result<http::Credential> now() const { return source->current({}); }
};

std::string jwt(const std::string& claims) {
    return "e30." +
           QByteArray::fromStdString(claims)
               .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
               .toStdString() +
           ".CANARY";
}

}  // namespace

class TestCredentialSource : public QObject {
    Q_OBJECT
private slots:
    void staticCredentialsComeAsTheyAre() {
        Bench bench;
        bench.open("{token: CANARY-1, client-certificate-data: " + base64(fixtureText("pair-1.crt")) +
                   ", client-key-data: " + base64(fixtureText("pair-1.key")) + "}");
        const auto first = bench.now();
        QVERIFY(first->bearerToken == Secret("CANARY-1"));
        COMPARE_TEXT(first->clientCertificatePem, fixtureText("pair-1.crt"));
        QVERIFY(first->clientKeyPem == Secret(fixtureText("pair-1.key")));
        QCOMPARE(bench.now()->generation, first->generation);
        QVERIFY(!bench.source->renewAfterRejection(*first, {})->has_value());
    }

    void basicCredentialsAndNobody() {
        Bench bench;
        bench.open("{username: bob, password: CANARY}");
        COMPARE_TEXT(bench.now()->basicUser, "bob");
        QVERIFY(bench.now()->basicPassword == Secret("CANARY"));
        bench.open("{}");
        QVERIFY(bench.now()->bearerToken.empty() && bench.now()->basicUser.empty());
    }

    void staticCredentialsBeatAPlugin() {
        Bench bench;
        bench.open(
            "{token: CANARY-1, exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: "
            "/nowhere/plugin}}");
        QVERIFY(bench.now()->bearerToken == Secret("CANARY-1"));
    }

    void aTokenFileBeatsTheTokenAndIsTrimmed() {
        Bench bench;
        bench.folder.write("tok", "  CANARY-file\n");
        bench.open("{token: CANARY-inline, tokenFile: tok}");
        QVERIFY(bench.now()->bearerToken == Secret("CANARY-file"));
    }

    void anUnreadableTokenFileFallsBackToTheToken() {
        Bench bench;
        bench.open("{token: CANARY-inline, tokenFile: absent}");
        QVERIFY(bench.now()->bearerToken == Secret("CANARY-inline"));
        bench.folder.write("absent", "CANARY-late");
        QVERIFY(bench.now()->bearerToken == Secret("CANARY-late"));
    }

    void aTokenFileIsReadAgainWithinAMinute() {
        Bench bench;
        bench.folder.write("tok", "CANARY-1");
        bench.open("{tokenFile: tok}");
        const auto first = bench.now();
        bench.folder.write("tok", "CANARY-2");
        bench.clock->advance(49s);
        QVERIFY(bench.now()->bearerToken == Secret("CANARY-1"));
        bench.clock->advance(1s);
        QVERIFY(bench.now()->bearerToken == Secret("CANARY-2"));
        QVERIFY(bench.now()->generation != first->generation);
    }

    void aRefusedTokenIsReadFromItsFileAgainAtOnce() {
        Bench bench;
        bench.folder.write("tok", "CANARY-1");
        bench.open("{tokenFile: tok}");
        const auto first = bench.now();
        QVERIFY(!bench.source->renewAfterRejection(*first, {})->has_value());  // the file says the same
        bench.folder.write("tok", "CANARY-2");
        const auto second = bench.source->renewAfterRejection(*first, {});
        QVERIFY(second && second->has_value());
        QVERIFY((*second)->bearerToken == Secret("CANARY-2"));
        QVERIFY((*second)->generation != first->generation);
        QVERIFY(bench.now()->bearerToken == Secret("CANARY-2"));
        QVERIFY(!bench.source->renewAfterRejection(**second, {})->has_value());
        QVERIFY(QFile::remove(QString::fromStdString(bench.folder.path("tok"))));
        QVERIFY(!bench.source->renewAfterRejection(**second, {})->has_value());  // the last good one, refused
    }

    void aFailedReadKeepsTheLastToken() {
        Bench bench;
        bench.folder.write("tok", "CANARY-1");
        bench.open("{tokenFile: tok}");
        QVERIFY(bench.now().has_value());
        QVERIFY(QFile::remove(QString::fromStdString(bench.folder.path("tok"))));
        bench.clock->advance(60s);
        QVERIFY(bench.now()->bearerToken == Secret("CANARY-1"));
        bench.folder.write("tok", " \n");
        QVERIFY(bench.now()->bearerToken == Secret("CANARY-1"));
        bench.folder.write("tok", "CANARY-3");
        QVERIFY(bench.now()->bearerToken == Secret("CANARY-3"));
    }

    void aTokenFileThatNeverWorkedIsAnError_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("reason");
        QTest::newRow("empty") << QByteArray("") << "it is empty";
        QTest::newRow("two lines") << QByteArray("CANARY\nCANARY") << "more than one line";
        QTest::newRow("missing") << QByteArray() << "No such file";
    }
    void aTokenFileThatNeverWorkedIsAnError() {
        QFETCH(QByteArray, content);
        QFETCH(QString, reason);
        Bench bench;
        if (!content.isNull()) {
            bench.folder.write("tok", content.toStdString());
        }
        bench.open("{tokenFile: tok}");
        const auto failed = bench.now();
        QVERIFY(!failed.has_value());
        QVERIFY(failed.error().is(kTokenFileUnreadable));
        VERIFY_CONTAINS(describe(failed.error()), bench.folder.path("tok"));
        VERIFY_CONTAINS(describe(failed.error()), reason.toStdString());
        VERIFY_NO_CANARY(describe(failed.error()));
    }

    void certificateFilesAreReadAgainWhenTheyChange() {
        Bench bench;
        bench.folder.write("crt", fixtureText("pair-1.crt"));
        bench.folder.write("key", fixtureText("pair-1.key"));
        bench.open("{client-certificate: crt, client-key: key}");
        const auto first = bench.now();
        COMPARE_TEXT(first->clientCertificatePem, fixtureText("pair-1.crt"));
        // Half of a rotation: the halves do not belong together, so the last pair stands.
        bench.folder.write("crt", fixtureText("pair-2.crt"));
        COMPARE_TEXT(bench.now()->clientCertificatePem, fixtureText("pair-1.crt"));
        QCOMPARE(bench.now()->generation, first->generation);
        bench.folder.write("key", fixtureText("pair-2.key"));
        COMPARE_TEXT(bench.now()->clientCertificatePem, fixtureText("pair-2.crt"));
        QVERIFY(bench.now()->clientKeyPem == Secret(fixtureText("pair-2.key")));
        QVERIFY(bench.now()->generation != first->generation);
        // Files that vanish or break keep the last pair too.
        bench.folder.write("key", "CANARY");
        COMPARE_TEXT(bench.now()->clientCertificatePem, fixtureText("pair-2.crt"));
        QVERIFY(QFile::remove(QString::fromStdString(bench.folder.path("crt"))));
        COMPARE_TEXT(bench.now()->clientCertificatePem, fixtureText("pair-2.crt"));
    }

    void anOidcTokenIsUsedUntilItExpires() {
        Bench bench;
        bench.open("{auth-provider: {name: oidc, config: {id-token: " + jwt("{\"exp\": 1772000100}") + "}}}");
        QVERIFY(bench.now()->bearerToken == Secret(jwt("{\"exp\": 1772000100}")));
        bench.clock->advance(89s);
        QVERIFY(bench.now().has_value());
        bench.clock->advance(1s);
        const auto expired = bench.now();
        QVERIFY(!expired.has_value());
        QVERIFY(expired.error().is(kOidcExpired));
        VERIFY_CONTAINS(describe(expired.error()), "expired at 2026-02-25T06:15:00Z");
        VERIFY_CONTAINS(describe(expired.error()), "clock says 2026-02-25T06:14:50Z");
        VERIFY_NO_CANARY(describe(expired.error()));
    }

    void anOidcTokenThatIsNoneIsSaidSo_data() {
        QTest::addColumn<QString>("config");
        QTest::newRow("none") << "{}";
        QTest::newRow("no JWT") << "{id-token: CANARY}";
        QTest::newRow("no expiry") << QString::fromStdString("{id-token: " + jwt("{}") + "}");
        QTest::newRow("no JSON") << QString::fromStdString("{id-token: " + jwt("CANARY") + "}");
        QTest::newRow("text expiry") << QString::fromStdString("{id-token: " + jwt("{\"exp\": \"CANARY\"}") + "}");
        QTest::newRow("absurd expiry") << QString::fromStdString("{id-token: " + jwt("{\"exp\": 1e300}") + "}");
    }
    void anOidcTokenThatIsNoneIsSaidSo() {
        QFETCH(QString, config);
        Bench bench;
        bench.open("{auth-provider: {name: oidc, config: " + config.toStdString() + "}}");
        QVERIFY(!bench.now().has_value());
        QVERIFY(bench.now().error().is(kOidcNoToken));
        VERIFY_NO_CANARY(describe(bench.now().error()));
    }

    void aStoppedCallerGetsNothing() {
        Bench bench;
        bench.open("{token: CANARY}");
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(bench.source->current(stop.get_token()).error().is(kCancelled));
    }

    void anUnusableContextHasNoSource() {
        const Folder folder;
        const auto made = makeCredentialSource(loadText(folder, ""), "x", {});
        QVERIFY(!made.has_value());
        QVERIFY(made.error().is(kContextUnusable));
    }
};

QTEST_GUILESS_MAIN(TestCredentialSource)
#include "test_credential_source.moc"
