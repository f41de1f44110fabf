#include <atomic>
#include <latch>
#include <thread>

#include <sys/stat.h>

#include "app/kubeconfig/credential_source.h"
#include "app/kubeconfig/errors.h"
#include "tests/kubeconfig/exec_bench.h"

using namespace quarterdeck;
using namespace quarterdeck::kubeconfig;
using namespace quarterdeck::kubeconfig::test;

class TestExecCache : public QObject {
    Q_OBJECT
private slots:
    void eightCallersShareOneRun() {
        Bench bench;
        const std::string gate = bench.folder.path("gate");
        QCOMPARE(::mkfifo(gate.c_str(), 0600), 0);
        bench.plugin(kCount + "read line < \"$HOME/gate\"\n" + printing(answer("{\"token\":\"CANARY\"}")));
        ExecPluginCache cache(bench.options);
        std::atomic<int> good = 0;
        std::latch started(8);
        std::vector<std::jthread> callers;
        for (int i = 0; i < 8; ++i) {
            callers.emplace_back([&, i] {
                ExecRequest request = bench.request;
                request.userName = "user " + std::to_string(i);  // other users, same configuration
                started.count_down();
                const auto credential = cache.current(request, {});
                good +=
                    credential && credential->bearerToken == Secret("CANARY") && credential->generation == 1 ? 1 : 0;
            });
        }
        started.wait();
        QTRY_COMPARE(bench.runs(), 1);
        bench.folder.write("gate", "go\n");
        callers.clear();
        QCOMPARE(good.load(), 8);
        QCOMPARE(bench.runs(), 1);
    }

    void otherConfigurationsRunOnTheirOwn() {
        Bench bench;
        bench.plugin(counting());
        ExecPluginCache cache(bench.options);
        QVERIFY(cache.current(bench.request, {}).has_value());
        ExecRequest other = bench.request;
        other.exec.env = {{"X", Secret("CANARY")}};
        QVERIFY(cache.current(other, {}).has_value());
        other.exec.args = {"x"};
        QVERIFY(cache.current(other, {}).has_value());
        QCOMPARE(bench.runs(), 3);
        // The cluster counts only where the plugin is told about it.
        ExecRequest elsewhere = bench.request;
        elsewhere.cluster.server = "https://b";
        QVERIFY(cache.current(elsewhere, {}).has_value());
        QCOMPARE(bench.runs(), 3);
        elsewhere.exec.provideClusterInfo = true;
        QVERIFY(cache.current(elsewhere, {}).has_value());
        QCOMPARE(bench.runs(), 4);
    }

    void aCredentialIsKeptUntilItExpires() {
        Bench bench;
        bench.plugin(counting(",\"expirationTimestamp\":\"2026-02-25T06:14:20Z\""));  // 60 s after the clock's start
        ExecPluginCache cache(bench.options);
        const auto first = cache.current(bench.request, {});
        bench.clock->advance(59s);
        QVERIFY(cache.current(bench.request, {})->bearerToken == first->bearerToken);
        QCOMPARE(bench.runs(), 1);
        bench.clock->advance(1s);
        const auto second = cache.current(bench.request, {});
        QVERIFY(second->bearerToken == Secret("CANARY-2"));
        QCOMPARE(second->generation, 2U);
    }

    void aRejectionRunsOnceUnlessRotated() {
        Bench bench;
        bench.plugin(counting());
        ExecPluginCache cache(bench.options);
        const auto first = cache.current(bench.request, {});
        const auto renewed = cache.renew(bench.request, *first, {});
        QVERIFY(renewed->value().bearerToken == Secret("CANARY-2"));
        // Somebody else's 401 to the old one: it has rotated already.
        const auto again = cache.renew(bench.request, *first, {});
        QVERIFY(again->value().bearerToken == Secret("CANARY-2"));
        QCOMPARE(bench.runs(), 2);
    }

    void theSameCredentialAgainIsNoRenewal() {
        Bench bench;
        bench.plugin(kCount + printing(answer("{\"token\":\"CANARY\"}")));
        ExecPluginCache cache(bench.options);
        const auto first = cache.current(bench.request, {});
        QVERIFY(!cache.renew(bench.request, *first, {})->has_value());
        QCOMPARE(bench.runs(), 2);
        QVERIFY(!cache.renew(bench.request, *first, {})->has_value());
        QCOMPARE(bench.runs(), 2);  // not a run per 401
        bench.clock->advance(9min);
        QVERIFY(!cache.renew(bench.request, *first, {})->has_value());
        QCOMPARE(bench.runs(), 2);
        bench.clock->advance(1min);
        QVERIFY(!cache.renew(bench.request, *first, {})->has_value());
        QCOMPARE(bench.runs(), 3);
        cache.forgetFailure(bench.request, bench.clock->monotonic());  // the person asks
        QVERIFY(!cache.renew(bench.request, *first, {})->has_value());
        QCOMPARE(bench.runs(), 4);
    }

    void whatIsRefusedAtOnceIsNotReplacedEveryMinute() {
        Bench bench;
        bench.plugin(counting());
        ExecPluginCache cache(bench.options);
        const auto first = cache.current(bench.request, {});
        auto newest = **cache.renew(bench.request, *first, {});
        QCOMPARE(bench.runs(), 2);
        // The server takes nothing, whatever the plugin gives.
        for (int minute = 1; minute < 10; ++minute) {
            bench.clock->advance(60s);
            QVERIFY(!cache.renew(bench.request, newest, {})->has_value());
        }
        QCOMPARE(bench.runs(), 2);
        bench.clock->advance(60s);
        newest = **cache.renew(bench.request, newest, {});
        QCOMPARE(bench.runs(), 3);
        // It was taken this time, for five minutes, which nobody had announced.
        bench.clock->advance(5min);
        QVERIFY(cache.renew(bench.request, newest, {})->has_value());
        QCOMPARE(bench.runs(), 4);
    }

    void aFailureIsHeldUntilSomebodyForgetsIt() {
        Bench bench;
        bench.plugin(kCount + "exit 1\n");
        ExecPluginCache cache(bench.options);
        const auto failed = [&] { return cache.current(bench.request, {}).error().is(kExecFailed); };
        const auto begun = bench.clock->monotonic();
        QVERIFY(failed());
        for (int hour = 0; hour < 12; ++hour) {
            bench.clock->advance(1h);
            QVERIFY(failed());
        }
        QCOMPARE(bench.runs(), 1);
        cache.forgetFailure(bench.request, begun - 1s);  // asked before it failed: that was the answer
        ExecRequest other = bench.request;
        other.exec.args = {"x"};
        cache.forgetFailure(other, bench.clock->monotonic());
        QVERIFY(failed());
        QCOMPARE(bench.runs(), 1);
        cache.forgetFailure(bench.request, bench.clock->monotonic());
        QVERIFY(failed() && failed());
        QCOMPARE(bench.runs(), 2);
        cache.forgetFailures();
        QVERIFY(failed() && failed());
        QCOMPARE(bench.runs(), 3);
        bench.plugin(counting());
        cache.forgetFailures();
        QVERIFY(cache.current(bench.request, {}).has_value());
    }

    void whoWaitsIsToldSomethingThoughTheFailureIsForgottenAtOnce() {
        Bench bench;
        bench.plugin("exit 1\n");
        ExecPluginCache cache(bench.options);
        std::atomic<int> told = 0;
        std::vector<std::jthread> callers;
        for (int i = 0; i < 6; ++i) {
            callers.emplace_back([&] {
                for (int turn = 0; turn < 10; ++turn) {
                    const auto credential = cache.current(bench.request, {});
                    told += !credential && credential.error().is(kExecFailed) ? 1 : 0;
                    cache.forgetFailure(bench.request, bench.clock->monotonic());  // the others may still wait for it
                }
            });
        }
        callers.clear();
        QCOMPARE(told.load(), 60);
    }

    void aFailureAfterARejectionIsHeldAsWell() {
        Bench bench;
        bench.plugin(kCount + "[ $(wc -l < \"$HOME/runs\") = 1 ] || exit 1\n" +
                     printing(answer("{\"token\":\"CANARY\"}")));
        ExecPluginCache cache(bench.options);
        const auto first = cache.current(bench.request, {});
        QVERIFY(cache.renew(bench.request, *first, {}).error().is(kExecFailed));
        bench.clock->advance(12h);
        // The credential has not expired and may be taken again one day; the plugin is left alone.
        QVERIFY(cache.current(bench.request, {})->bearerToken == Secret("CANARY"));
        QVERIFY(cache.renew(bench.request, *first, {}).error().is(kExecFailed));
        QCOMPARE(bench.runs(), 2);
    }

    void aRunThatTheNetworkLeftBehindIsRepeated() {
        Bench bench;
        const std::string gate = bench.folder.path("gate");
        QCOMPARE(::mkfifo(gate.c_str(), 0600), 0);
        bench.plugin(kCount + "[ -e \"$HOME/network\" ] || { read line < \"$HOME/gate\"; exit 1; }\n" +
                     printing(answer("{\"token\":\"CANARY\"}")));
        ExecPluginCache cache(bench.options);
        std::atomic<int> good = 0;
        std::vector<std::jthread> callers;
        for (int i = 0; i < 3; ++i) {
            callers.emplace_back([&] { good += cache.current(bench.request, {}).has_value() ? 1 : 0; });
        }
        QTRY_COMPARE(bench.runs(), 1);
        cache.forgetFailures();
        bench.folder.write("network", "");
        bench.folder.write("gate", "go\n");
        callers.clear();
        QCOMPARE(good.load(), 3);
        QCOMPARE(bench.runs(), 2);
    }

    void onePluginRunsAtATimeWhateverItIsFor() {
        Bench bench;
        bench.plugin(kCount +
                     "mkdir \"$HOME/inside\" || echo met >> \"$HOME/met\"\nsleep 0.2\nrmdir \"$HOME/inside\"\n" +
                     printing(answer("{\"token\":\"CANARY\"}")));
        ExecPluginCache cache(bench.options);
        std::atomic<int> good = 0;
        std::vector<std::jthread> callers;
        for (const char* argument : {"one", "two", "three"}) {
            callers.emplace_back([&, argument] {
                ExecRequest request = bench.request;
                request.exec.args = {argument};
                good += cache.current(request, {}).has_value() ? 1 : 0;
            });
        }
        callers.clear();
        QCOMPARE(good.load(), 3);
        QCOMPARE(bench.runs(), 3);
        QVERIFY(bench.read("met").empty());
    }

    void whoeverWaitsForATurnCanLeave() {
        Bench bench;
        bench.plugin("echo \"$1\" >> \"$HOME/runs\"\n[ -e \"$HOME/quick\" ] || exec sleep 600\n" +
                     printing(answer("{\"token\":\"CANARY\"}")));
        ExecPluginCache cache(bench.options);
        std::stop_source first;
        std::stop_source second;
        std::jthread holder([&] { static_cast<void>(cache.current(bench.request, first.get_token())); });
        QTRY_COMPARE(bench.runs(), 1);
        ExecRequest other = bench.request;
        other.exec.args = {"two"};
        std::atomic<bool> left = false;
        std::jthread waiter([&] { left = cache.current(other, second.get_token()).error().is(kCancelled); });
        second.request_stop();
        waiter.join();
        QVERIFY(left);
        QCOMPARE(bench.runs(), 1);
        bench.folder.write("quick", "");
        first.request_stop();
        holder.join();
        QVERIFY(cache.current(other, {}).has_value());
        QCOMPARE(bench.runs(), 2);
    }

    void aCancelledLoginEndsForAllAndIsNotRepeated() {
        Bench bench;
        bench.plugin(kCount + "echo $$ > \"$HOME/self\"\nexec sleep 600\n");
        ExecPluginCache cache(bench.options);
        std::atomic<int> cancelled = 0;
        std::vector<std::jthread> callers;
        for (int i = 0; i < 3; ++i) {
            callers.emplace_back([&] { cancelled += cache.current(bench.request, {}).error().is(kExecCancelled); });
        }
        QTRY_VERIFY(!bench.read("self").empty());
        cache.cancel(bench.request);
        callers.clear();
        QCOMPARE(cancelled.load(), 3);
        QTRY_VERIFY(isGone(bench.read("self")));
        bench.clock->advance(12h);
        const auto again = cache.current(bench.request, {});
        QVERIFY(again.error().is(kExecCancelled));
        QVERIFY(describe(again.error()).find("user U with ./plugin was cancelled") != std::string::npos);
        QCOMPARE(bench.runs(), 1);
        cache.forgetFailures();  // another network is no person
        QVERIFY(cache.current(bench.request, {}).error().is(kExecCancelled));
        QCOMPARE(bench.runs(), 1);
        cache.cancel(bench.request);  // nothing runs
        bench.plugin(counting());
        cache.forgetFailure(bench.request, bench.clock->monotonic());
        QVERIFY(cache.current(bench.request, {}).has_value());
    }

    void theLastCallerToLeaveEndsTheRun() {
        Bench bench;
        bench.plugin(kCount + "echo $$ > \"$HOME/self\"\n[ -e \"$HOME/quick\" ] || sleep 600\n" +
                     printing(answer("{\"token\":\"CANARY\"}")));
        ExecPluginCache cache(bench.options);
        std::stop_source stop;
        std::jthread killer([&] {
            while (bench.read("self").empty()) {
                std::this_thread::yield();
            }
            stop.request_stop();
        });
        QVERIFY(cache.current(bench.request, stop.get_token()).error().is(kCancelled));
        QTRY_VERIFY(isGone(bench.read("self")));
        // The cancelled run is no failure: the next caller gets a run of its own.
        bench.folder.write("quick", "");
        const auto credential = cache.current(bench.request, {});
        QVERIFY2(credential.has_value(), credential ? "" : describe(credential.error()).c_str());
        QCOMPARE(bench.runs(), 2);
    }

    void theSourceOfAContextUsesTheCache() {
        Bench bench;
        bench.folder.script("plugin", counting());
        const Kubeconfig config = loadText(
            bench.folder,
            "contexts: [{name: a, context: {cluster: C, user: U}}, {name: b, context: {cluster: C, user: V}}]\n"
            "clusters: [{name: C, cluster: {server: 'https://a'}}]\n"
            "users:\n- {name: U, user: {exec: {apiVersion: " +
                kV1 +
                ", command: ./plugin, interactiveMode: Never}}}\n"
                "- {name: V, user: {exec: {apiVersion: " +
                kV1 + ", command: ./plugin, interactiveMode: Never}}}\n");
        const CredentialServices services{bench.clock, std::make_shared<ExecPluginCache>(bench.options), ""};
        const auto a = makeCredentialSource(config, "a", services);
        const auto b = makeCredentialSource(config, "b", services);
        QCOMPARE(bench.runs(), 0);  // nothing runs for a context that nobody uses
        const auto first = (*a)->current({});
        QVERIFY2(first.has_value(), first ? "" : describe(first.error()).c_str());
        QVERIFY((*b)->current({})->bearerToken == first->bearerToken);
        QCOMPARE(bench.runs(), 1);
        QVERIFY((*a)->renewAfterRejection(*first, {})->value().bearerToken == Secret("CANARY-2"));
    }
};

QTEST_GUILESS_MAIN(TestExecCache)
#include "test_exec_cache.moc"
