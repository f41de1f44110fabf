#include <QTest>

#include <atomic>
#include <thread>

#include "ui/windows/stall_watchdog.h"

using namespace quarterdeck;
using namespace std::chrono_literals;

namespace {

constexpr int kPatience = 60'000;

/// Keeps the interface thread until a stall has lasted so much longer.
std::chrono::microseconds stall(const ui::StallWatchdog& watchdog, std::chrono::milliseconds longer) {
    const auto before = watchdog.longestStall();
    while (watchdog.longestStall() < before + longer) {
        std::this_thread::yield();
    }
    return before;
}

}  // namespace

class TestStallWatchdog : public QObject {
    Q_OBJECT
private slots:
    void aStallCountsWhileItLastsAndAfterwards() {
        ui::StallWatchdog watchdog;
        QTRY_VERIFY_WITH_TIMEOUT(watchdog.answers() > 0, kPatience);
        stall(watchdog, 50ms);
        const auto longest = watchdog.longestStall();
        QVERIFY(longest >= 50ms);
        QVERIFY(watchdog.frames().missed >= 3);
        const auto answers = watchdog.answers();
        QTRY_VERIFY_WITH_TIMEOUT(watchdog.answers() > answers, kPatience);
        QVERIFY(watchdog.longestStall() >= longest);
        QVERIFY(watchdog.frames().missed >= 3);
        QVERIFY(watchdog.frames().all >= watchdog.frames().missed);
    }

    void excusedTimeDoesNotCount() {
        std::atomic<std::int64_t> excused{0};
        ui::StallWatchdog watchdog([&] { return std::chrono::microseconds(excused.load()); });
        QTRY_VERIFY_WITH_TIMEOUT(watchdog.answers() > 0, kPatience);
        const auto before = stall(watchdog, 50ms);
        excused = std::chrono::microseconds(1h).count();
        QVERIFY(watchdog.longestStall() <= before);
        const auto answers = watchdog.answers();
        QTRY_VERIFY_WITH_TIMEOUT(watchdog.answers() > answers, kPatience);
    }
};

QTEST_MAIN(TestStallWatchdog)
#include "test_stall_watchdog.moc"
