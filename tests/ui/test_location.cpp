#include <QTest>

#include <random>

#include "app/http/message.h"
#include "ui/location.h"
#include "ui/windows/navigator.h"

using namespace quarterdeck;
using namespace quarterdeck::ui;

class TestLocation : public QObject {
    Q_OBJECT

private slots:
    void whatIsWrittenIsReadBack() {
        const Location location{"pods",
                                {"bakery-ia-prod", "arn:aws:eks:eu/west&1=x"},
                                {"bakery-ia", "ns %?#/"},
                                ObjectReference{"c/1", "n s", "name", "uid-1"},
                                "is:unhealthy !\"a b\" app=ü",
                                SortOrder{"restarts", true}};
        const std::string text = formatLocation(location);
        QVERIFY(text.starts_with("quarterdeck://pods?"));
        QVERIFY(text.find(' ') == std::string::npos);
        const auto read = parseLocation(text);
        QVERIFY(read.has_value());
        QVERIFY(*read == location);
    }

    void theKindOfATableIsPartOfThePlace() {
        Location location;
        location.page = "kind";
        location.resource = "certificates.cert-manager.io";
        location.contexts = {"a"};
        QCOMPARE(formatLocation(location),
                 std::string("quarterdeck://kind?resource=certificates.cert-manager.io&context=a"));
        QVERIFY(*parseLocation(formatLocation(location)) == location);
        location.resource = "odd/&=%20";
        QVERIFY(*parseLocation(formatLocation(location)) == location);
        Navigator navigator;
        navigator.push(location);
        Location other = location;
        other.resource = "configmaps";
        navigator.push(other);
        QVERIFY(navigator.canGoBack());
        QCOMPARE(navigator.back().resource, location.resource);
    }

    void aTimeRangeHasAShortText_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("minutes");  // 0: not understood
        QTest::addColumn<QByteArray>("written");
        QTest::newRow("minutes") << QByteArray("15m") << 15 << QByteArray("15m");
        QTest::newRow("an hour") << QByteArray("1h") << 60 << QByteArray("1h");
        QTest::newRow("minutes that are hours") << QByteArray("180m") << 180 << QByteArray("3h");
        QTest::newRow("days") << QByteArray("7d") << 7 * 24 * 60 << QByteArray("7d");
        QTest::newRow("the longest") << QByteArray("90d") << 90 * 24 * 60 << QByteArray("90d");
        for (const char* bad : {"", "h", "0m", "-1h", "1.5h", "1x", "1hh", "91d", "99999999999999999999m", "1 h"}) {
            QTest::newRow(bad) << QByteArray(bad) << 0 << QByteArray();
        }
    }

    void aTimeRangeHasAShortText() {
        QFETCH(QByteArray, text);
        QFETCH(int, minutes);
        QFETCH(QByteArray, written);
        const auto range = parseRange(text.toStdString());
        QCOMPARE(range ? static_cast<int>(std::get<std::chrono::minutes>(*range).count()) : 0, minutes);
        const auto place = parseLocation("quarterdeck://pods?range=" + http::percentEncode(text.toStdString()));
        QCOMPARE(place.has_value(), minutes > 0);
        if (range) {
            QCOMPARE(formatRange(*range), written.toStdString());
            QVERIFY(place->range == range);
            QVERIFY(parseLocation(formatLocation(*place))->range == range);
        }
    }

    void aSpanIsWrittenInUtcAndReadWithAnyOffset() {
        const auto span = parseRange("2026-03-14T04:00:00+01:00/2026-03-14T03:12:40.250Z");
        QVERIFY(span.has_value());
        QCOMPARE(formatRange(*span), std::string("2026-03-14T03:00:00Z/2026-03-14T03:12:40.250Z"));
        Location place;
        place.page = "events";
        place.range = span;
        QCOMPARE(formatLocation(place),
                 std::string("quarterdeck://events?range=2026-03-14T03%3A00%3A00Z%2F2026-03-14T03%3A12%3A40.250Z"));
        QVERIFY(parseLocation(formatLocation(place))->range == span);
        for (const char* bad : {"/", "2026-03-14T03:00:00Z/", "/2026-03-14T03:00:00Z", "1h/2h",
                                "2026-03-14T03:00:01Z/2026-03-14T03:00:00Z"}) {
            QVERIFY2(!parseRange(bad), bad);
        }
    }

    void aRangeTouchesWhatLastedIntoIt_data() {
        QTest::addColumn<int>("first");  // minutes after the hour
        QTest::addColumn<int>("last");
        QTest::addColumn<bool>("inSpan");     // from 10 to 20 past
        QTest::addColumn<bool>("inQuarter");  // the last 15 minutes before 30 past
        QTest::newRow("before") << 1 << 9 << false << false;
        QTest::newRow("until its beginning") << 1 << 10 << true << false;
        QTest::newRow("around it") << 1 << 25 << true << true;
        QTest::newRow("within") << 12 << 13 << true << false;
        QTest::newRow("from its end") << 20 << 29 << true << true;
        QTest::newRow("after") << 21 << 29 << false << true;
        QTest::newRow("in the future of a clock that is behind") << 31 << 31 << false << true;
    }
    void aRangeTouchesWhatLastedIntoIt() {
        QFETCH(int, first);
        QFETCH(int, last);
        const auto at = [](int minute) { return Instant(std::chrono::hours(490'000) + std::chrono::minutes(minute)); };
        const TimeSpan lasted{at(first), at(last)};
        QTEST(touches(TimeSpan{at(10), at(20)}, lasted, at(30)), "inSpan");
        QTEST(touches(std::chrono::minutes(15), lasted, at(30)), "inQuarter");
    }

    void anyPlaceSurvivesTheRoundTrip() {
        std::mt19937 random(7);
        const auto bytes = [&](std::size_t most, bool mayBeEmpty) {
            std::string text;
            const std::size_t length = random() % (most + 1) + (mayBeEmpty ? 0 : 1);
            for (std::size_t i = 0; i < length; ++i) {
                text += static_cast<char>(random() % 255 + 1);
            }
            return text;
        };
        for (int round = 0; round < 500; ++round) {
            Location location;
            location.page = random() % 2 ? "pods" : "";
            for (auto i = random() % 3; i > 0; --i) {
                location.contexts.push_back(bytes(12, true));
            }
            for (auto i = random() % 3; i > 0; --i) {
                location.namespaces.push_back(bytes(12, true));
            }
            if (random() % 2) {
                location.object = ObjectReference{bytes(8, false), bytes(8, true), bytes(8, false), bytes(8, true)};
            }
            location.filter = bytes(20, true);
            if (random() % 2) {
                location.sort = SortOrder{"age", random() % 2 == 0};
            }
            if (random() % 2) {
                location.range = std::chrono::minutes(random() % (90 * 24 * 60) + 1);
            }
            const auto read = parseLocation(formatLocation(location));
            QVERIFY(read.has_value());
            QVERIFY(*read == location);
        }
    }

    void homeIsTheEmptyPlace() {
        const auto home = parseLocation("quarterdeck://");
        QVERIFY(home.has_value());
        QVERIFY(*home == Location{});
        QCOMPARE(formatLocation({}), std::string("quarterdeck://"));
    }

    void aLinkOfANewerVersionStillOpens() {
        const auto read = parseLocation("quarterdeck://pods/?context=a&range=1h&filter=x&");
        QVERIFY(read.has_value());
        QCOMPARE(read->page, std::string("pods"));
        QCOMPARE(read->contexts, std::vector<std::string>{"a"});
        QCOMPARE(read->filter, std::string("x"));
    }

    void whatIsNoLinkIsRefusedWithAReason_data() {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"", "pods", "http://pods", "quarterdeck:pods", "quarterdeck://a/b", "quarterdeck://pods?filter=%4",
              "quarterdeck://pods?filter=%zz", "quarterdeck://pods?object=only", "quarterdeck://pods?object=/n/n/u",
              "quarterdeck://pods?object=a/b/c/d/e", "quarterdeck://pods?sort=-"}) {
            QTest::newRow(*text ? text : "nothing") << QString::fromUtf8(text);
        }
    }
    void whatIsNoLinkIsRefusedWithAReason() {
        QFETCH(QString, text);
        const auto read = parseLocation(text.toStdString());
        QVERIFY(!read.has_value());
        QVERIFY(read.error().is(kBadLocation));
        QVERIFY(!read.error().parameter("reason").empty());
    }

    void backAndForwardGoOverPlaces() {
        Navigator navigator;
        const Location fleet{"fleet", {}, {}, {}, {}, {}};
        const Location pods{"pods", {}, {}, {}, {}, {}};
        const Location nodes{"nodes", {}, {}, {}, {}, {}};
        navigator.push(fleet);
        QVERIFY(!navigator.canGoBack());
        navigator.push(pods);
        navigator.push(pods);  // the same place is no step
        navigator.push(nodes);
        QVERIFY(navigator.back() == pods);
        QVERIFY(navigator.back() == fleet);
        QVERIFY(!navigator.canGoBack());
        QVERIFY(navigator.forward() == pods);
        Location filtered = pods;
        filtered.filter = "x";
        navigator.replace(filtered);
        QVERIFY(navigator.back() == fleet);
        QVERIFY(navigator.forward() == filtered);
        QVERIFY(navigator.canGoForward());
        navigator.push(fleet);  // what lay ahead is forgotten
        QVERIFY(!navigator.canGoForward());
        QVERIFY(navigator.back() == filtered);
    }
};

QTEST_GUILESS_MAIN(TestLocation)
#include "test_location.moc"
