// The state of a kind that is listed namespace by namespace, from the states of its parts.
#include <QTest>

#include "app/kube/scope_freshness.h"

using namespace quarterdeck;
using namespace quarterdeck::kube;
using namespace std::chrono_literals;

namespace {

constexpr Instant kNow{1'700'000'000s};

/// A part by one letter: Live, Empty, Waiting, Stale, Unwatched, Forbidden, Bad (failed); each later one is a second
/// older.
ScopedParts parts(const QString& letters) {
    ScopedParts scoped;
    scoped.context = "prod";
    scoped.type = {"", "v1", "pods", "Pod", true};
    scoped.denial = makeError(kForbidden, {{"verb", "list"}, {"message", "no"}});
    for (qsizetype i = 0; i < letters.size(); ++i) {
        Freshness part;
        part.since = kNow - std::chrono::seconds(i);
        const std::string name(1, static_cast<char>('a' + i));
        switch (letters[i].toLatin1()) {
            case 'L':
                part.state = FreshnessState::Live;
                break;
            case 'E':
                part.state = FreshnessState::Empty;
                break;
            case 'W':
                part.state = FreshnessState::Loading;
                break;
            case 'S':
                part.state = FreshnessState::Stale;
                part.reason = makeError(kSilent);
                break;
            case 'B':
                part.state = FreshnessState::Failed;
                part.reason = makeError(kServerError);
                part.nextTry = kNow + std::chrono::seconds(10 - i);
                break;
            case 'U':
                part.state = FreshnessState::Stale;
                part.reason = makeWatchForbidden(makeError(kForbidden, {{"verb", "watch"}}), 60s);
                break;
            default:
                part = forbiddenPart(scoped, name, {"list", "watch"}, part.since);
        }
        scoped.parts[name] = part;
    }
    return scoped;
}

}  // namespace

class TestScopeFreshness : public QObject {
    Q_OBJECT

private slots:
    void theWorstOfWhatMayBeSeenSpeaks_data() {
        QTest::addColumn<QString>("letters");
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* letters, FreshnessState state, const char* code) {
            QTest::newRow(*letters == '\0' ? "none" : letters)
                << QString::fromUtf8(letters) << static_cast<int>(state) << QString::fromUtf8(code);
        };
        row("", FreshnessState::Forbidden, "kube.nowhere-allowed");
        row("F", FreshnessState::Forbidden, "kube.nowhere-allowed");
        row("FF", FreshnessState::Forbidden, "kube.nowhere-allowed");
        row("L", FreshnessState::Live, "kube.scope-narrowed");
        row("E", FreshnessState::Live, "kube.scope-narrowed");
        row("LF", FreshnessState::Live, "kube.scope-partly");
        row("EF", FreshnessState::Live, "kube.scope-partly");
        row("W", FreshnessState::Loading, "");
        row("LW", FreshnessState::Loading, "");
        row("FW", FreshnessState::Loading, "");
        row("LS", FreshnessState::Stale, "kube.silent");
        row("SFW", FreshnessState::Stale, "kube.silent");
        row("BS", FreshnessState::Stale, "kube.silent");
        row("B", FreshnessState::Failed, "kube.server-error");
        row("BF", FreshnessState::Failed, "kube.server-error");
        row("LB", FreshnessState::Stale, "kube.server-error");
        row("U", FreshnessState::Stale, "kube.scope-partly");
        row("LU", FreshnessState::Stale, "kube.scope-partly");
        row("FU", FreshnessState::Stale, "kube.scope-partly");
        row("US", FreshnessState::Stale, "kube.silent");
        row("UB", FreshnessState::Stale, "kube.server-error");
        row("UW", FreshnessState::Loading, "");
    }
    void theWorstOfWhatMayBeSeenSpeaks() {
        QFETCH(QString, letters);
        QFETCH(int, state);
        QFETCH(QString, code);
        const Freshness whole = combine(parts(letters));
        // Live or Empty is the store's own knowledge; both stand for "true".
        const int shown = static_cast<int>(whole.state == FreshnessState::Empty ? FreshnessState::Live : whole.state);
        QCOMPARE(shown, state);
        QCOMPARE(whole.reason ? QString::fromUtf8(whole.reason->code->id) : QString(), code);
        if (whole.reason && code != QStringLiteral("kube.silent") && code != QStringLiteral("kube.server-error")) {
            QVERIFY2(describe(*whole.reason).find('{') == std::string::npos, describe(*whole.reason).c_str());
        }
    }

    void theOldestConfirmationAndTheNextTryCount() {
        QCOMPARE(combine(parts(QStringLiteral("LLL"))).since, kNow - 2s);
        QCOMPARE(*combine(parts(QStringLiteral("LBB"))).nextTry, kNow + 8s);
    }

    void whatIsMissingIsKnownByNamespace() {
        const Freshness whole = combine(parts(QStringLiteral("LF")));
        QCOMPARE(missingIn(whole, "b"), std::string_view("list and watch pods in namespace b"));
        QVERIFY(missingIn(whole, "a").empty());
        QVERIFY(missingIn(combine(parts(QStringLiteral("W"))), "a").empty());
    }

    void whatWasNotTriedIsCountedWhateverElseIsMissing_data() {
        QTest::addColumn<QString>("letters");
        QTest::addColumn<QString>("code");
        QTest::newRow("all shown") << QStringLiteral("LL") << QStringLiteral("kube.scope-crowded");
        QTest::newRow("some refused") << QStringLiteral("LF") << QStringLiteral("kube.scope-partly-crowded");
        QTest::newRow("all refused") << QStringLiteral("FF") << QStringLiteral("kube.nowhere-crowded");
        QTest::newRow("none tried") << QString() << QStringLiteral("kube.nowhere-crowded");
    }
    void whatWasNotTriedIsCountedWhateverElseIsMissing() {
        QFETCH(QString, letters);
        QFETCH(QString, code);
        ScopedParts scoped = parts(letters);
        scoped.leftOut = 77;
        const Freshness whole = combine(scoped);
        QCOMPARE(QString::fromUtf8(whole.reason->code->id), code);
        const std::string text = describe(*whole.reason);
        QVERIFY2(text.find("77 more namespaces were not tried") != std::string::npos, text.c_str());
        QVERIFY2(text.find('{') == std::string::npos, text.c_str());
    }

    void whileItIsBeingLookedForNothingIsSaidToBeMissing() {
        for (const char* letters : {"", "FF", "LF"}) {
            ScopedParts scoped = parts(QString::fromUtf8(letters));
            scoped.searchingSince = kNow;
            const Freshness whole = combine(scoped);
            QCOMPARE(whole.state, FreshnessState::Loading);
            QCOMPARE(whole.since, kNow);
            QVERIFY(!whole.reason);
        }
        ScopedParts scoped = parts(QStringLiteral("LS"));
        scoped.searchingSince = kNow;
        QCOMPARE(combine(scoped).state, FreshnessState::Stale);
    }

    void refusedNamespacesThatAreNotKeptAreCounted() {
        ScopedParts scoped = parts(QStringLiteral("FFFFFFFF"));
        scoped.refusedMore = 10;
        const std::string nowhere = describe(*combine(scoped).reason);
        QVERIFY2(nowhere.find("namespaces a, b, c, d, e, f and 12 more") != std::string::npos, nowhere.c_str());
        scoped = parts(QStringLiteral("LF"));
        scoped.refusedMore = 10;
        const std::string partly = describe(*combine(scoped).reason);
        QVERIFY2(partly.find("pods in namespace b and 10 more") != std::string::npos, partly.c_str());
    }

    void namespacesThatMayNotBeWatchedAreShownAndNamed() {
        const Freshness whole = combine(parts(QStringLiteral("LUF")));
        const std::string text = describe(*whole.reason);
        QVERIFY2(text.find("Only namespaces a, b of context prod") != std::string::npos, text.c_str());
        QVERIFY2(
            text.find("Needs watch on pods in namespace b, list and watch on pods in namespace c") != std::string::npos,
            text.c_str());
        QCOMPARE(whole.since, kNow - 1s);
        QVERIFY(missingIn(whole, "b").empty());
    }

    void manyNamespacesAreNamedInShort() {
        const std::string text = describe(*combine(parts(QStringLiteral("LLLLLLLLLFF"))).reason);
        QVERIFY2(text.find("namespaces a, b, c, d, e, f and 3 more") != std::string::npos, text.c_str());
        QVERIFY2(text.find("Needs list and watch on pods in namespace j, list and watch on pods in namespace k") !=
                     std::string::npos,
                 text.c_str());
    }
};

QTEST_GUILESS_MAIN(TestScopeFreshness)
#include "test_scope_freshness.moc"
