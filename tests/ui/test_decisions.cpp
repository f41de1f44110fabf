#include <QTest>

#include "ui/decisions.h"

using namespace quarterdeck;
using settings::ContextSettings;
using ui::rememberLock;
using ui::rememberProduction;

namespace {

session::ContextEntry entryOf(bool production) {
    session::ContextEntry entry;
    entry.id = "shop";
    entry.clusterKey = "key";
    entry.production = production;
    return entry;
}

ContextSettings keptIn(const settings::Settings& settings) {
    const auto found = settings.clusters.find("key");
    return found == settings.clusters.end() ? ContextSettings{} : found->second;
}

}  // namespace

class TestDecisions : public QObject {
    Q_OBJECT

private slots:
    void aLockIsKeptAndForgottenWithTheLock() {
        settings::Settings settings;
        QVERIFY(rememberLock(settings, entryOf(false), true));
        QCOMPARE(keptIn(settings).locked, std::optional(true));
        QVERIFY(!rememberLock(settings, entryOf(false), true));  // nothing new
        QVERIFY(rememberLock(settings, entryOf(false), false));
        QVERIFY(settings.clusters.empty());
    }

    void takingTheLockOffProductionIsForOneSession() {
        settings::Settings settings;
        QVERIFY(!rememberLock(settings, entryOf(true), false));
        QVERIFY(settings.clusters.empty());
    }

    void theLockStaysWhenTheMarkGoes() {
        settings::Settings settings;
        QVERIFY(rememberProduction(settings, entryOf(true), true));
        QCOMPARE(keptIn(settings).production, std::optional(true));
        QVERIFY(!keptIn(settings).locked);  // comes with production
        QVERIFY(rememberProduction(settings, entryOf(false), true));
        QCOMPARE(keptIn(settings).production, std::optional(false));
        QCOMPARE(keptIn(settings).locked, std::optional(true));
        QVERIFY(rememberLock(settings, entryOf(false), false));
        QVERIFY(!keptIn(settings).locked);
    }

    void whatIsNotKnownKeepsNothing() {
        settings::Settings settings;
        session::ContextEntry entry = entryOf(true);
        QVERIFY(!rememberLock(settings, entry, std::nullopt));
        entry.clusterKey.clear();
        QVERIFY(!rememberProduction(settings, entry, true));
        QVERIFY(settings.clusters.empty());
    }
};

QTEST_GUILESS_MAIN(TestDecisions)
#include "test_decisions.moc"
