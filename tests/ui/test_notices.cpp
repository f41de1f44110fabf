#include <QTest>

#include "app/session/session_hub.h"
#include "ui/notices/notice_center.h"
#include "ui/notices/outage_tracker.h"
#include "ui/tables/csv.h"
#include "ui/windows/desk.h"

using namespace quarterdeck;
using namespace quarterdeck::ui;
using namespace std::chrono_literals;
using session::ConnectionState;

namespace {

/// What went out, for tests to read.
class RecordingSink : public NoticeSink {
public:
    explicit RecordingSink(std::vector<Notice>& posted) : posted_(posted) {}
    void post(const Notice& notice) override { posted_.push_back(notice); }
    void setChosen(std::function<void(const Location&)> /*chosen*/) override {}

private:
    std::vector<Notice>& posted_;
};

Notice lost(const QString& context) {
    Notice notice;
    notice.id = "context.lost";
    notice.group = "contexts.lost";
    notice.subject = context;
    notice.title = context + QStringLiteral(" does not answer.");
    notice.place.page = "fleet";
    notice.together = [](const std::vector<Notice>& all) {
        return QStringLiteral("%1 do not answer: %2").arg(all.size()).arg(subjectsOf(all));
    };
    return notice;
}

Notice lost(const char* context) {
    return lost(QString::fromUtf8(context));
}

/// 2026-03-14T12:00:00Z; tests run in UTC.
Instant noon() {
    return Instant(std::chrono::seconds(1'773'489'600));
}

struct Bench {
    std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>(noon());
    std::vector<Notice> posted;
    int noticed = 0;
    bool active = false;
    NoticeCenter center{{clock, std::make_unique<RecordingSink>(posted), [this] { return active; }}};

    Bench() {
        QObject::connect(&center, &NoticeCenter::noticed, &center, [this] { ++noticed; });
    }
};

}  // namespace

class TestNotices : public QObject {
    Q_OBJECT

private slots:
    void nothingLeavesWhileAWindowIsActiveButItIsKept() {
        Bench bench;
        bench.active = true;
        bench.center.post(lost("a"));
        QVERIFY(bench.posted.empty());
        QCOMPARE(bench.noticed, 1);
        bench.active = false;
        bench.center.post(lost("a"));
        QCOMPARE(bench.posted.size(), std::size_t{1});
    }

    void noticesOfOneGroupThatComeTogetherAreOneWithACount() {
        Bench bench;
        bench.center.post(lost("a"));
        bench.clock->advance(4s);
        bench.center.post(lost("b"));
        QCOMPARE(bench.posted.back().count, 2);
        Notice other = lost("c");
        other.group = "jobs";
        bench.center.post(other);
        QCOMPARE(bench.posted.back().count, 1);
        bench.clock->advance(6s);
        bench.center.post(lost("d"));
        QCOMPARE(bench.posted.back().count, 1);  // ten seconds after the first
        QCOMPARE(bench.posted.size(), std::size_t{4});
    }

    void noticesAboutDifferentThingsNameThemAll() {
        Bench bench;
        Notice first = lost("a");
        first.text = QStringLiteral("refused");
        first.urgency = Urgency::Critical;
        bench.center.post(first);
        QCOMPARE(bench.posted.back().title, QStringLiteral("a does not answer."));
        QCOMPARE(bench.posted.back().text, QStringLiteral("refused"));
        bench.center.post(lost("b"));
        Notice third = lost("c");
        third.text = QStringLiteral("timed out");
        bench.center.post(third);
        QCOMPARE(bench.posted.back().title, QStringLiteral("3 do not answer: a, b, c"));
        QCOMPARE(bench.posted.back().text, QStringLiteral("a: refused\nb does not answer.\nc: timed out"));
        QCOMPARE(bench.posted.back().urgency, Urgency::Critical);  // as the worst of them
        QCOMPARE(bench.posted.back().place.page, std::string("fleet"));
        // The same thing over and over is one thing with a count.
        bench.clock->advance(20s);
        bench.center.post(lost("a"));
        bench.center.post(lost("a"));
        QCOMPARE(bench.posted.back().title, QStringLiteral("a does not answer. (2 times)"));
    }

    void manyAndLongNamesStayShort() {
        Bench bench;
        for (int i = 0; i < 40; ++i) {
            bench.center.post(
                lost(QStringLiteral("%1-").arg(i) + QString(200, QLatin1Char('x')) + QStringLiteral("-end")));
        }
        const Notice& last = bench.posted.back();
        QCOMPARE(last.count, 40);
        QVERIFY2(last.title.startsWith(QStringLiteral("40 do not answer: 0-xxx")), qPrintable(last.title));
        QVERIFY2(last.title.endsWith(QStringLiteral("x-end and 37 more")), qPrintable(last.title));
        QVERIFY(last.title.size() < 300);
        QCOMPARE(last.text.count(QLatin1Char('\n')), 5);
    }

    void aNoticeOfSeveralPlacesLeadsToTheFleet() {
        Bench bench;
        Notice one = lost("a");
        one.place.contexts = {"alpha"};
        bench.center.post(one);
        QCOMPARE(bench.posted.back().place.contexts, std::vector<std::string>{"alpha"});
        Notice other = lost("b");
        other.place.contexts = {"beta"};
        bench.center.post(other);
        QCOMPARE(bench.posted.back().place.page, std::string("fleet"));
        QVERIFY(bench.posted.back().place.contexts.empty());
    }

    void quietHoursAreQuiet_data() {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        QTest::addColumn<int>("minute");
        QTest::addColumn<bool>("quiet");
        QTest::newRow("inside") << 600 << 800 << 720 << true;
        QTest::newRow("its first minute") << 720 << 800 << 720 << true;
        QTest::newRow("its end is outside") << 600 << 720 << 720 << false;
        QTest::newRow("before") << 721 << 800 << 720 << false;
        QTest::newRow("over midnight, late") << 1320 << 420 << 1400 << true;
        QTest::newRow("over midnight, early") << 1320 << 420 << 419 << true;
        QTest::newRow("over midnight, outside") << 1320 << 420 << 720 << false;
        QTest::newRow("from and to the same is none") << 720 << 720 << 720 << false;
    }

    void quietHoursAreQuiet() {
        QFETCH(int, from);
        QFETCH(int, to);
        QFETCH(int, minute);
        QFETCH(bool, quiet);
        Bench bench;
        bench.clock->advance(std::chrono::minutes(minute - 720));
        bench.center.setQuietHours(QuietHours{from, to});
        Notice critical = lost("a");
        critical.urgency = Urgency::Critical;
        bench.center.post(critical);
        QCOMPARE(bench.posted.empty(), quiet);
        QCOMPARE(bench.noticed, 1);
        bench.center.setQuietHours(std::nullopt);
        bench.center.post(critical);
        QVERIFY(!bench.posted.empty());
    }

    void aContextIsLostAfterHalfAMinuteAndToldOnce() {
        OutageTracker tracker;
        const auto look = [&](ConnectionState state, Instant since, Instant now) {
            return tracker.look({{"alpha", state, since}}, now);
        };
        QVERIFY(look(ConnectionState::Connected, noon(), noon()).empty());
        QVERIFY(look(ConnectionState::Unreachable, noon(), noon() + 29s).empty());
        const auto news = look(ConnectionState::Unreachable, noon(), noon() + 30s);
        QCOMPARE(news.size(), std::size_t{1});
        QVERIFY(!news[0].back);
        QVERIFY(look(ConnectionState::Unreachable, noon(), noon() + 90s).empty());
        const auto back = look(ConnectionState::Connected, noon() + 95s, noon() + 95s);
        QCOMPARE(back.size(), std::size_t{1});
        QVERIFY(back[0].back);
        QCOMPARE(back[0].since, noon());
        QVERIFY(look(ConnectionState::Connected, noon() + 95s, noon() + 99s).empty());
    }

    void aShortOutageAndAContextThatNeverAnsweredAreNobodysBusiness() {
        OutageTracker tracker;
        QVERIFY(tracker.look({{"never", ConnectionState::Unreachable, noon()}}, noon() + 60s).empty());
        QVERIFY(tracker.look({{"short", ConnectionState::Connected, noon()}}, noon()).empty());
        QVERIFY(tracker.look({{"short", ConnectionState::Unreachable, noon()}}, noon() + 10s).empty());
        QVERIFY(tracker.look({{"short", ConnectionState::Connected, noon()}}, noon() + 12s).empty());
        QVERIFY(tracker.look({}, noon() + 20s).empty());  // closed: forgotten
        QVERIFY(tracker.look({{"short", ConnectionState::Unreachable, noon()}}, noon() + 90s).empty());
    }

    void aLongJobEndsInANoticeAndAShortOneDoesNot() {
        const auto clock = std::make_shared<ManualClock>(noon());
        session::SessionHub::Options hubOptions;
        hubOptions.kubeconfigPath = "/nonexistent/quarterdeck-test";
        hubOptions.clock = clock;
        session::SessionHub hub(std::move(hubOptions));
        std::vector<Notice> posted;
        Desk desk(hub, {clock, std::make_unique<RecordingSink>(posted), {}});
        jobs::JobRunner& runner = desk.jobs();
        const jobs::JobId quick = runner.begin("Quick", {}, {});
        clock->advance(10s);
        runner.end(quick, std::string("ok"));
        QVERIFY(posted.empty());
        const jobs::JobId slow = runner.begin("Restore drill", "alpha", {});
        const jobs::JobId given = runner.begin("Given up", {}, {});
        clock->advance(11s);
        runner.end(slow, std::string("42 rows."));
        runner.end(given, fail(kCancelled));
        QCOMPARE(posted.size(), std::size_t{1});
        QCOMPARE(posted[0].title, QStringLiteral("Restore drill is done."));
        QCOMPARE(posted[0].text, QStringLiteral("42 rows."));
        QCOMPARE(posted[0].place.contexts, std::vector<std::string>{"alpha"});
        QCOMPARE(desk.messages().size(), std::size_t{1});
        // Two more at the same time: one notice that names all of them and says that one failed.
        const jobs::JobId second = runner.begin("Copy the volume", "beta", {});
        const jobs::JobId third = runner.begin("Drain node-1", "beta", {});
        clock->advance(11s);
        runner.end(second, std::string("Copied."));
        runner.end(third, fail(ui::kCsvNotWritten, {{"file", "x"}, {"reason", "no room"}}));
        QCOMPARE(posted.size(), std::size_t{3});
        QCOMPARE(posted[1].title, QStringLiteral("Copy the volume is done."));
        QCOMPARE(posted[2].title, QStringLiteral("2 jobs have ended, 1 failed: Copy the volume, Drain node-1"));
        QVERIFY2(posted[2].text.startsWith(QStringLiteral("Copy the volume: Copied.\nDrain node-1: ")),
                 qPrintable(posted[2].text));
        QCOMPARE(posted[2].urgency, Urgency::Critical);
    }
};

QTEST_GUILESS_MAIN(TestNotices)
#include "test_notices.moc"
