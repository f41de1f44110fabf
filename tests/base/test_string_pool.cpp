#include <memory>
#include <thread>
#include <vector>

#include <QTest>

#include "app/base/string_pool.h"

using namespace quarterdeck;

class TestStringPool : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalTextsAreKeptOnce() {
        StringPool pool;
        const PooledString first = pool.intern("worker-01");
        const PooledString second = pool.intern(std::string("worker-01"));
        QCOMPARE(first.view().data(), second.view().data());
        QCOMPARE(pool.size(), std::size_t(1));
        QVERIFY(first == second);
        QVERIFY(first == std::string_view("worker-01"));
        QVERIFY(!(first == pool.intern("worker-02")));
    }

    void aTextLeavesWithItsLastUser() {
        StringPool pool;
        PooledString first = pool.intern("a");
        {
            const PooledString copy = first;
            first = PooledString();
            QCOMPARE(pool.size(), std::size_t(1));
            QCOMPARE(copy.view(), std::string_view("a"));
        }
        QCOMPARE(pool.size(), std::size_t(0));
    }

    void anEmptyTextCostsNothing() {
        StringPool pool;
        QVERIFY(pool.intern("").empty());
        QVERIFY(PooledString().view().empty());
        QVERIFY(PooledString() == pool.intern(""));
        QCOMPARE(pool.size(), std::size_t(0));
        QCOMPARE(sizeof(PooledString), sizeof(void*));
    }

    void stringsMoveAndCopyLikeValues() {
        StringPool pool;
        PooledString a = pool.intern("a");
        PooledString b = pool.intern("b");
        const PooledString& self = a;
        a = self;
        QCOMPARE(a.view(), std::string_view("a"));
        b = std::move(a);
        QVERIFY(a.empty());  // NOLINT(bugprone-use-after-move): the contract
        QCOMPARE(b.str(), std::string("a"));
        QCOMPARE(pool.size(), std::size_t(1));
    }

    void stringsOutliveTheirPool() {
        auto pool = std::make_unique<StringPool>();
        PooledString text = pool->intern("long enough not to be kept in place by a small string");
        pool.reset();
        const PooledString copy = text;
        QCOMPARE(copy.view(), std::string_view("long enough not to be kept in place by a small string"));
    }

    void equalTextsOfTwoPoolsAreEqual() {
        StringPool one;
        StringPool two;
        QVERIFY(one.intern("x") == two.intern("x"));
    }

    void churnDoesNotGrowThePool() {
        StringPool pool;
        for (int i = 0; i < 10'000; ++i) {
            const PooledString text = pool.intern("pod-" + std::to_string(i));
            QCOMPARE(pool.size(), std::size_t(1));
        }
        QCOMPARE(pool.size(), std::size_t(0));
    }

    void manyThreadsInternAndReleaseTheSameTexts() {
        StringPool pool;
        std::atomic<int> wrong = 0;
        std::vector<std::thread> threads;
        for (unsigned thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&pool, &wrong, thread] {
                PooledString kept;
                for (unsigned i = 0; i < 20'000; ++i) {
                    // Few texts, so that the last user leaves while another comes.
                    const std::string text = "text-" + std::to_string((i + thread) % 3);
                    PooledString made = pool.intern(text);
                    wrong += made.view() == text ? 0 : 1;
                    if (i % 7 == 0) {
                        kept = made;
                    }
                }
            });
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
        QCOMPARE(wrong.load(), 0);
        QCOMPARE(pool.size(), std::size_t(0));
    }
};

QTEST_GUILESS_MAIN(TestStringPool)
#include "test_string_pool.moc"
