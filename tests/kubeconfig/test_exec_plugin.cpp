#include <csignal>
#include <thread>

#include <QElapsedTimer>

#include <nlohmann/json.hpp>

#include "app/kubeconfig/errors.h"
#include "app/kubeconfig/exec_credential.h"
#include "tests/kubeconfig/exec_bench.h"

using namespace quarterdeck;
using namespace quarterdeck::kubeconfig;
using namespace quarterdeck::kubeconfig::test;

class TestExecPlugin : public QObject {
    Q_OBJECT
private slots:
    void aTokenIsTaken() {
        Bench bench;
        const auto credential =
            bench.plugin(printing(answer(R"({"token":"CANARY-1","expirationTimestamp":"2030-01-01T00:00:00Z"})")))
                .run();
        QVERIFY2(credential.has_value(), credential ? "" : describe(credential.error()).c_str());
        QVERIFY(credential->bearerToken == Secret("CANARY-1"));
        QVERIFY(credential->expires.has_value());
    }

    void aCertificateIsTakenInBothVersions() {
        Bench bench;
        bench.request.exec.apiVersion = kBeta;
        const nlohmann::json status = {{"clientCertificateData", fixtureText("pair-1.crt")},
                                       {"clientKeyData", fixtureText("pair-1.key")}};
        const auto credential = bench.plugin(printing(answer(status.dump(), kBeta))).run();
        QVERIFY2(credential.has_value(), credential ? "" : describe(credential.error()).c_str());
        COMPARE_TEXT(credential->clientCertificatePem, fixtureText("pair-1.crt"));
    }

    void badPluginsAreToldApart_data() {
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const std::string& body, const char* expected) {
            QTest::newRow(name) << QString::fromStdString("echo 'sso session ended' >&2\n" + body)
                                << QString::fromUtf8(expected);
        };
        row("exit code", "echo CANARY; exit 7\n", "exec: executable ./plugin failed with exit code 7");
        row("signal", "echo CANARY; kill -9 $$\n", "failed with signal 9");
        row("nothing", "true\n", "it printed nothing");
        row("rubbish", "echo Please visit https://CANARY\n", "bytes that are not a JSON object");
        row("half", "printf '{\"kind\":\"ExecCredential\",\"status\":{\"token\":\"CANARY'\n", "not a JSON object");
        row("HTML", "echo '<html>CANARY</html>'\n", "not a JSON object");
        row("list", "echo '[\"CANARY\"]'\n", "not a JSON object");
        row("deep", "printf '{\"a\":%0300d' 0 | tr 0 '['\n", "nested too deeply");
        row("other kind", "echo '{\"kind\":\"Secret\",\"data\":\"CANARY\"}'\n", "JSON of another kind");
        row("other version", printing(answer("{\"token\":\"CANARY\"}", kBeta)),
            "exec plugin is configured to use API version client.authentication.k8s.io/v1, plugin returned version "
            "client.authentication.k8s.io/v1beta1");
        row("strange version", printing(answer("{\"token\":\"CANARY\"}", "CANARY")), "plugin returned version unknown");
        row("no version", "echo '{\"kind\":\"ExecCredential\"}'\n", "plugin returned version none");
        row("no status", printing(answer("null")), "exec plugin didn't return a status field");
        row("no token", printing(answer("{}")), "exec plugin didn't return a token or cert/key pair");
        row("token no text", printing(answer("{\"token\":[\"CANARY\"]}")), "didn't return a token or cert/key pair");
        row("half a pair", printing(answer("{\"token\":\"CANARY\",\"clientKeyData\":\"CANARY\"}")),
            "both parts of a cert/key pair");
        row("pair no PEM", printing(answer("{\"clientCertificateData\":\"CANARY\",\"clientKeyData\":\"CANARY\"}")),
            "is not PEM");
        row("token of two lines", printing(answer("{\"token\":\"CANARY\\nX: y\"}")), "its token holds a line break");
        row("bad expiry", printing(answer("{\"token\":\"CANARY\",\"expirationTimestamp\":\"CANARY\"}")),
            "is not a time");
    }
    void badPluginsAreToldApart() {
        QFETCH(QString, body);
        QFETCH(QString, expected);
        Bench bench;
        const auto credential = bench.plugin(body.toStdString()).run();
        QVERIFY(!credential.has_value());
        const std::string said = describe(credential.error());
        VERIFY_CONTAINS(said, expected.toStdString());
        VERIFY_CONTAINS(said, "It said: sso session ended.");
        VERIFY_CONTAINS(said, "user U");
        VERIFY_CONTAINS(said, bench.folder.path("plugin"));
        VERIFY_NO_CANARY(said);
    }

    void aMissingPluginNamesWhereItWasSought() {
        Bench bench;
        bench.request.exec.command = "no-such-login";
        bench.request.exec.installHint = "\x1b[31mInstall it:\x1b[0m \x1b]8;;http://x\x07 apt install login\n";
        auto said = describe(bench.run().error());
        VERIFY_CONTAINS(said, "exec: executable no-such-login not found");
        VERIFY_CONTAINS(said, "PATH /usr/bin:/bin");
        VERIFY_CONTAINS(said, bench.folder.path("config"));
        VERIFY_CONTAINS(said, "Install it:  apt install login");
        QVERIFY(said.find("[31m") == std::string::npos && said.find("8;;") == std::string::npos);
        bench.request.exec.command = "bin/absent";
        VERIFY_CONTAINS(describe(bench.run().error()), "sought in " + bench.folder.path("bin/absent"));
        bench.folder.write("notes.txt", "no program");
        bench.request.exec.command = "./notes.txt";
        QVERIFY(bench.run().error().is(kExecNotFound));
        bench.request.exec.command = "./";
        QVERIFY(bench.run().error().is(kExecNotFound));
    }

    void aPluginThatCannotStartSaysWhy() {
        Bench bench;
        bench.plugin("");
        bench.folder.write("plugin", "#!/nowhere/interpreter\n");
        const auto failed = bench.run();
        QVERIFY(failed.error().is(kExecCannotStart));
        VERIFY_CONTAINS(describe(failed.error()), "No such file or directory");
    }

    void aHangingPluginIsStoppedWithItsChildren() {
        Bench bench;
        bench.options.timeLimit = 300ms;
        bench.plugin(
            "trap '' TERM\necho waiting for the browser >&2\nsleep 600 & echo $! > \"$HOME/child\"\necho $$ > "
            "\"$HOME/self\"\nwait\nsleep 600\n");
        QElapsedTimer timer;
        timer.start();
        const auto failed = bench.run();
        QVERIFY(failed.error().is(kExecTimeout));
        QVERIFY2(timer.elapsed() < 10'000, "bounded");
        VERIFY_CONTAINS(describe(failed.error()), "did not end within 300 ms");
        VERIFY_CONTAINS(describe(failed.error()), "waiting for the browser");
        QTRY_VERIFY(isGone(bench.read("child")));
        QVERIFY(isGone(bench.read("self")));
    }

    void aPluginThatWantsInputOrATerminalGetsNone() {
        Bench bench;
        bench.plugin(
            "if read line; then echo got >&2; fi\nif (: < /dev/tty) 2>/dev/null; then echo tty >&2; fi\nexit 3\n");
        VERIFY_CONTAINS(describe(bench.run().error()), "It said: nothing.");
    }

    void aStoppedCallerEndsThePlugin() {
        Bench bench;
        bench.plugin("echo $$ > \"$HOME/self\"\nsleep 600\n");
        std::stop_source stop;
        std::jthread killer([&] {
            while (bench.read("self").empty()) {
                std::this_thread::yield();
            }
            stop.request_stop();
        });
        QVERIFY(bench.run(stop.get_token()).error().is(kCancelled));
        QVERIFY(isGone(bench.read("self")));
    }

    void tooMuchOutputIsRefused() {
        Bench bench;
        bench.options.maxOutput = 4096;
        const auto failed = bench.plugin("while :; do echo CANARY; done\n").run();
        QVERIFY(failed.error().is(kExecTooMuch));
        VERIFY_CONTAINS(describe(failed.error()), "4 KiB");
        VERIFY_NO_CANARY(describe(failed.error()));
    }

    void muchErrorOutputIsBoundedAndEscaped() {
        Bench bench;
        const auto failed = bench
                                .plugin(
                                    "i=0; while [ $i -lt 3000 ]; do echo line $i >&2; i=$((i+1)); done\nprintf "
                                    "'\\033[1mred\\r\\n' >&2; exit 1\n")
                                .run();
        const std::string said = describe(failed.error());
        QVERIFY2(said.size() < 3'000, said.c_str());
        QVERIFY(said.find('\x1b') == std::string::npos && said.find('\n') == std::string::npos);
        QVERIFY(bench
                    .plugin("i=0; while [ $i -lt 3000 ]; do echo line $i >&2; i=$((i+1)); done\n" +
                            printing(answer("{\"token\":\"CANARY\"}")))
                    .run());
    }

    void aGrandchildHoldingThePipeDoesNotDelay() {
        Bench bench;
        QElapsedTimer timer;
        timer.start();
        const auto credential =
            bench.plugin("sleep 20 &\necho $! > \"$HOME/child\"\n" + printing(answer("{\"token\":\"CANARY\"}"))).run();
        ::kill(std::stoi(bench.read("child")), SIGKILL);
        QVERIFY(credential.has_value());
        QVERIFY2(timer.elapsed() < 15'000, "did not wait for the grandchild");
    }

    void interactiveModesAreObeyed() {
        Bench bench;
        bench.plugin(counting());
        bench.request.exec.interactiveMode = "Always";
        const auto failed = bench.run();
        QVERIFY(failed.error().is(kExecInteractive));
        VERIFY_CONTAINS(describe(failed.error()), "cannot support interactive mode: standard input is not a terminal");
        QCOMPARE(bench.runs(), 0);
        bench.request.exec.interactiveMode = "IfAvailable";
        QVERIFY(bench.run().has_value());
    }

    void thePluginSeesItsArgumentsAndEnvironment() {
        Bench bench;
        bench.options.environment.push_back("KEPT=yes");
        bench.options.environment.push_back("AWS_PROFILE=old");
        bench.request.exec.args = {"a b", "$(c)"};
        bench.request.exec.env = {{"AWS_PROFILE", Secret("CANARY-profile")}};
        bench.request.exec.provideClusterInfo = true;
        bench.request.caPem = fixtureText("pair-1.crt");
        bench.request.cluster.tlsServerName = "real";
        bench.request.cluster.execExtensionJson = R"({"audience":"x"})";
        bench.plugin(
            "printf '%s|' \"$@\" > \"$HOME/args\"\nprintf '%s|%s' \"$AWS_PROFILE\" \"$KEPT\" > \"$HOME/env\"\n"
            "printf '%s' \"$KUBERNETES_EXEC_INFO\" > \"$HOME/info\"\n" +
            printing(answer("{\"token\":\"CANARY\"}")));
        QVERIFY(bench.run().has_value());
        COMPARE_TEXT(bench.read("args"), "a b|$(c)|");
        COMPARE_TEXT(bench.read("env"), "CANARY-profile|yes");
        const nlohmann::json info = nlohmann::json::parse(bench.read("info"));
        COMPARE_TEXT(info["apiVersion"].get<std::string>(), kV1);
        COMPARE_TEXT(info["kind"].get<std::string>(), "ExecCredential");
        QVERIFY(info["spec"]["interactive"] == false);
        const nlohmann::json& cluster = info["spec"]["cluster"];
        COMPARE_TEXT(cluster["server"].get<std::string>(), "https://a:6443");
        COMPARE_TEXT(cluster["tls-server-name"].get<std::string>(), "real");
        COMPARE_TEXT(cluster["certificate-authority-data"].get<std::string>(), base64(fixtureText("pair-1.crt")));
        COMPARE_TEXT(cluster["config"].dump(), R"({"audience":"x"})");
        bench.request.exec.provideClusterInfo = false;
        QVERIFY(bench.run().has_value());
        QVERIFY(!nlohmann::json::parse(bench.read("info"))["spec"].contains("cluster"));
    }

    void theSearchPathIsOverridable() {
        Bench bench;
        bench.folder.script("login/bin/my-login",
                            "printf '%s' \"$PATH\" > \"$HOME/path\"\n" + printing(answer("{\"token\":\"CANARY\"}")));
        bench.request.exec.command = "my-login";
        QVERIFY(bench.run().error().is(kExecNotFound));
        const std::string path = "relative:" + bench.folder.path("login/bin") + ":/usr/bin:/bin";
        bench.options.searchPath = [&](std::stop_token) { return path; };
        QVERIFY(bench.run().has_value());
        COMPARE_TEXT(bench.read("path"), path);
        bench.options.searchPath = {};
        bench.request.searchPath = path;
        QVERIFY(bench.run().has_value());
        COMPARE_TEXT(*resolveCommand(bench.request, path), bench.folder.path("login/bin/my-login"));
    }

    void escapeSequencesAreRemoved() {
        COMPARE_TEXT(withoutAnsi("\x1b[1;31mred\x1b[0m \x1b]0;title\x07x\x1b]8;;u\x1b\\y\x1b(z\r\a\n\x1b["),
                     "red xyz\n");
    }
};

QTEST_GUILESS_MAIN(TestExecPlugin)
#include "test_exec_plugin.moc"
