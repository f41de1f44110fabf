#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <condition_variable>
#include <latch>
#include <mutex>

#include "app/jobs/job_runner.h"

using namespace quarterdeck;
using namespace quarterdeck::jobs;

namespace {

constexpr ErrorCode kBroken{"test.broken", "The {thing} broke."};

/// Blocks a worker until the test opens it or the job is stopped.
class Door {
public:
    /// False where it was stopped.
    bool pass(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        return wake_.wait(lock, stop, [this] { return open_; });
    }
    void open() {
        const std::scoped_lock lock(mutex_);
        open_ = true;
        wake_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable_any wake_;
    bool open_ = false;
};

struct Bench {
    std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>(Instant(std::chrono::seconds(1'000)));
    Door door;  // outlives the runner
    JobRunner runner;

    explicit Bench(std::size_t workers = 8, std::size_t keep = 100) : runner({clock, workers, keep}) {}
    JobId startAtDoor(const std::string& title) {
        return runner.start({title, "alpha", [this](Progress&, std::stop_token stop) -> Result<std::string> {
                                 if (!door.pass(stop)) {
                                     return fail(kCancelled);
                                 }
                                 return "through";
                             }});
    }
    [[nodiscard]] JobState state(JobId id) const { return runner.job(id)->state; }
};

}  // namespace

class TestJobRunner : public QObject {
    Q_OBJECT

private slots:
    void aJobRunsElsewhereAndItsOutcomeComesBack() {
        Bench bench;
        QSignalSpy ended(&bench.runner, &JobRunner::ended);
        std::atomic<bool> elsewhere{false};
        const auto here = std::this_thread::get_id();
        const JobId id = bench.runner.start({"Count", "alpha", [&](Progress&, std::stop_token) -> Result<std::string> {
                                                 elsewhere = std::this_thread::get_id() != here;
                                                 return "42 counted";
                                             }});
        QCOMPARE(bench.state(id), JobState::Queued);
        QTRY_COMPARE(bench.state(id), JobState::Done);
        QVERIFY(elsewhere);
        QCOMPARE(bench.runner.job(id)->text, std::string("42 counted"));
        QCOMPARE(bench.runner.job(id)->context, std::string("alpha"));
        QCOMPARE(bench.runner.job(id)->finished, bench.clock->now());
        QCOMPARE(ended.size(), 1);
        QCOMPARE(bench.runner.active(), std::size_t{0});
    }

    void progressAndWordsArriveWhileItRuns() {
        Bench bench;
        const JobId id =
            bench.runner.start({"Copy", {}, [&](Progress& progress, std::stop_token stop) -> Result<std::string> {
                                    progress.set(0.25);
                                    progress.say("block 1 of 4");
                                    if (!bench.door.pass(stop)) {
                                        return fail(kCancelled);
                                    }
                                    progress.set(7.0);
                                    return "copied";
                                }});
        QTRY_COMPARE(bench.runner.job(id)->text, std::string("block 1 of 4"));
        QCOMPARE(bench.state(id), JobState::Running);
        QCOMPARE(bench.runner.job(id)->progress.value(), 0.25);
        bench.door.open();
        QTRY_COMPARE(bench.state(id), JobState::Done);
        QCOMPARE(bench.runner.job(id)->progress.value(), 1.0);
    }

    void aFailureKeepsItsReason() {
        Bench bench;
        const JobId id = bench.runner.start({"Fail", {}, [](Progress&, std::stop_token) -> Result<std::string> {
                                                 return fail(kBroken, {{"thing", "disk"}});
                                             }});
        QTRY_COMPARE(bench.state(id), JobState::Failed);
        QCOMPARE(describe(*bench.runner.job(id)->error), std::string("The disk broke."));
    }

    void aRunningJobIsCancelledByItsToken() {
        Bench bench;
        const JobId id = bench.startAtDoor("Wait");
        QTRY_COMPARE(bench.state(id), JobState::Running);
        bench.runner.cancel(id);
        QVERIFY(bench.runner.job(id)->cancelling);
        QTRY_COMPARE(bench.state(id), JobState::Cancelled);
        QVERIFY(!bench.runner.job(id)->cancelling);
    }

    void whatIsBeyondTheWorkersWaitsAndCanBeCancelledAtOnce() {
        Bench bench(1);
        const JobId first = bench.startAtDoor("first");
        const JobId second = bench.startAtDoor("second");
        const JobId third = bench.startAtDoor("third");
        QTRY_COMPARE(bench.state(first), JobState::Running);
        QCOMPARE(bench.state(second), JobState::Queued);
        bench.runner.cancel(second);
        QCOMPARE(bench.state(second), JobState::Cancelled);
        QCOMPARE(bench.runner.active(), std::size_t{2});
        bench.door.open();
        QTRY_COMPARE(bench.state(third), JobState::Done);
        QCOMPARE(bench.state(second), JobState::Cancelled);
    }

    void manyJobsAllEndOnFewWorkers() {
        Bench bench(3);
        std::atomic<int> atOnce{0};
        std::atomic<int> most{0};
        for (int i = 0; i < 60; ++i) {
            bench.runner.start({"n", {}, [&](Progress&, std::stop_token) -> Result<std::string> {
                                    const int now = ++atOnce;
                                    int seen = most.load();
                                    while (seen < now && !most.compare_exchange_weak(seen, now)) {
                                    }
                                    --atOnce;
                                    return "";
                                }});
        }
        QTRY_COMPARE(bench.runner.active(), std::size_t{0});
        QCOMPARE(bench.runner.jobs().size(), std::size_t{60});
        QVERIFY(most <= 3);
    }

    void onlyTheLastEndedOnesAreKept() {
        Bench bench(1, 3);
        JobId last = 0;
        for (int i = 0; i < 6; ++i) {
            last = bench.runner.begin("x" + std::to_string(i), {}, {});
            bench.runner.end(last, std::string("ok"));
        }
        QCOMPARE(bench.runner.jobs().size(), std::size_t{3});
        QCOMPARE(bench.runner.jobs().back().id, last);
        QCOMPARE(bench.runner.jobs().front().title, std::string("x3"));
    }

    void workDoneElsewhereIsShownReportedAndCancelled() {
        Bench bench;
        int asked = 0;
        JobId id = 0;
        id = bench.runner.begin("Connecting", "alpha", [&] {
            ++asked;
            bench.runner.end(id, fail(kCancelled));
        });
        QCOMPARE(bench.state(id), JobState::Running);
        bench.runner.report(id, {0.5, "half"});
        QCOMPARE(bench.runner.job(id)->progress.value(), 0.5);
        bench.runner.cancel(id);
        QCOMPARE(bench.state(id), JobState::Cancelled);
        bench.runner.cancel(id);
        bench.runner.end(id, std::string("too late"));
        QCOMPARE(asked, 1);
        QCOMPARE(bench.state(id), JobState::Cancelled);
    }

    void itsEndCancelsWhatRunsAndWaits() {
        std::atomic<bool> stopped{false};
        Door door;
        {
            JobRunner runner({std::make_shared<SystemClock>(), 8, 100});
            std::latch running(1);
            runner.start({"Wait", {}, [&](Progress&, std::stop_token stop) -> Result<std::string> {
                              running.count_down();
                              stopped = !door.pass(stop);
                              return fail(kCancelled);
                          }});
            running.wait();
        }
        QVERIFY(stopped);
    }
};

QTEST_GUILESS_MAIN(TestJobRunner)
#include "test_job_runner.moc"
