#include <memory>
#include <thread>
#include <vector>

#include <QCoreApplication>
#include <QTest>
#include <QThread>

#include "app/base/mailbox.h"

using namespace quarterdeck;

class TestMailbox : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aBurstWakesTheReceiverOnce() {
        QObject receiver;
        int calls = 0;
        std::vector<int> got;
        const auto box = std::make_shared<Mailbox<int>>(&receiver, [&](std::vector<int> values) {
            ++calls;
            got.insert(got.end(), values.begin(), values.end());
        });
        for (int i = 0; i < 1'000; ++i) {
            box->post(i);
        }
        QCOMPARE(calls, 0);
        QTRY_COMPARE(got.size(), std::size_t(1'000));
        QCoreApplication::processEvents();
        QCOMPARE(calls, 1);
        QVERIFY(std::is_sorted(got.begin(), got.end()));
    }

    void everyThreadMayPostAndTheReceiversThreadTakes() {
        constexpr int kThreads = 4;
        constexpr int kEach = 5'000;
        QObject receiver;
        std::vector<std::vector<int>> got(kThreads);
        QThread* const here = QThread::currentThread();
        bool foreign = false;
        std::size_t total = 0;
        const auto box =
            std::make_shared<Mailbox<std::pair<int, int>>>(&receiver, [&](std::vector<std::pair<int, int>> values) {
                foreign |= QThread::currentThread() != here;
                for (const auto& [thread, value] : values) {
                    got[static_cast<std::size_t>(thread)].push_back(value);
                }
                total += values.size();
            });
        std::vector<std::thread> threads;
        for (int thread = 0; thread < kThreads; ++thread) {
            threads.emplace_back([box, thread] {
                for (int i = 0; i < kEach; ++i) {
                    box->post({thread, i});
                }
            });
        }
        QTRY_COMPARE(total, std::size_t(kThreads * kEach));
        for (std::thread& thread : threads) {
            thread.join();
        }
        QVERIFY(!foreign);
        for (const auto& values : got) {
            QCOMPARE(values.size(), std::size_t(kEach));
            QVERIFY(std::is_sorted(values.begin(), values.end()));
        }
    }

    void whatIsPostedWhileTakingComesNext() {
        QObject receiver;
        std::shared_ptr<Mailbox<int>> box;
        std::vector<int> got;
        box = std::make_shared<Mailbox<int>>(&receiver, [&](std::vector<int> values) {
            got.insert(got.end(), values.begin(), values.end());
            if (got.size() < 3) {
                box->post(static_cast<int>(got.size()));
            }
        });
        box->post(0);
        QTRY_COMPARE(got, (std::vector<int>{0, 1, 2}));
        box.reset();
    }

    void nothingComesAfterClosing() {
        QObject receiver;
        int calls = 0;
        const auto box = std::make_shared<Mailbox<std::shared_ptr<int>>>(
            &receiver, [&](const std::vector<std::shared_ptr<int>>&) { ++calls; });
        const auto early = std::make_shared<int>(1);
        box->post(early);
        box->close();
        QCOMPARE(early.use_count(), 1L);
        const auto late = std::make_shared<int>(2);
        box->post(late);
        QCOMPARE(late.use_count(), 1L);
        QCoreApplication::processEvents();
        QCOMPARE(calls, 0);
    }

    void postingAfterTheReceiversDeathDoesNoHarm() {
        auto receiver = std::make_unique<QObject>();
        int calls = 0;
        const auto box = std::make_shared<Mailbox<int>>(receiver.get(), [&](const std::vector<int>&) { ++calls; });
        std::thread poster([box] {
            for (int i = 0; i < 10'000; ++i) {
                box->post(i);
            }
        });
        box->close();
        receiver.reset();
        poster.join();
        box->post(1);
        QCoreApplication::processEvents();
        QCOMPARE(calls, 0);
    }

    void valuesThatOnlyMoveAreTaken() {
        QObject receiver;
        int sum = 0;
        const auto box =
            std::make_shared<Mailbox<std::unique_ptr<int>>>(&receiver, [&](std::vector<std::unique_ptr<int>> values) {
                for (const auto& value : values) {
                    sum += *value;
                }
            });
        box->post(std::make_unique<int>(4));
        box->post(std::make_unique<int>(5));
        QTRY_COMPARE(sum, 9);
    }
};

QTEST_GUILESS_MAIN(TestMailbox)
#include "test_mailbox.moc"
