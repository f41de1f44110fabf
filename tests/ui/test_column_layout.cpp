#include <QTest>

#include <random>

#include "ui/tables/column_layout.h"
#include "ui/tables/table_specs.h"

using namespace quarterdeck::ui;
using quarterdeck::widgets::ColumnPlace;

namespace {

int col(const char* id) {
    return podTable().columnIndex(id);
}

QVector<int> order(const QVector<ColumnPlace>& places) {
    QVector<int> columns;
    for (const ColumnPlace& place : places) {
        columns += place.column;
    }
    return columns;
}

int widthOfName(const char* text) {
    for (const ColumnPlace& place : readColumns(podTable(), text)) {
        if (place.column == col("name")) {
            return place.width;
        }
    }
    return -1;
}

}  // namespace

class TestColumnLayout : public QObject {
    Q_OBJECT

private slots:
    void theTablesOwnPlacesNeedNoText() {
        QCOMPARE(writeColumns(podTable(), ownColumns(podTable())), std::string());
        QCOMPARE(readColumns(podTable(), ""), ownColumns(podTable()));
        for (const ColumnPlace& place : ownColumns(podTable())) {
            QCOMPARE(place.hidden, podTable().columns[static_cast<std::size_t>(place.column)].hidden);
        }
        QVERIFY(ownColumns(podTable())[col("qos")].hidden);
        QVERIFY(!ownColumns(podTable())[col("status")].hidden);
    }

    void whatIsWrittenIsReadBack() {
        std::mt19937 random(7);  // NOLINT: the same every time
        for (int round = 0; round < 200; ++round) {
            QVector<ColumnPlace> places = ownColumns(podTable());
            std::shuffle(places.begin(), places.end(), random);
            const bool wide = random() % 2 == 0;
            for (ColumnPlace& place : places) {
                place.hidden = random() % 3 == 0;
                place.width = wide && !place.hidden ? static_cast<int>(24 + random() % 500) : 0;
            }
            places[0].hidden = false;
            QCOMPARE(readColumns(podTable(), writeColumns(podTable(), places)), places);
        }
    }

    void unknownAndRepeatedIdsAreDropped() {
        const auto places = readColumns(podTable(), "name nonsense age name:90 -age ::: - -:7 status");
        QCOMPARE(places.size(), ownColumns(podTable()).size());
        QCOMPARE(places[0].column, col("name"));
        QVERIFY(std::none_of(places.begin(), places.end(),
                             [](const ColumnPlace& place) { return place.column == col("age") && place.hidden; }));
    }

    void aNewColumnAppearsBehindItsNeighbour() {
        // As if "ready" had come with an update: behind the namespace, wherever the person has that.
        const auto places = readColumns(podTable(),
                                        "namespace status name context restarts age node ip qos images "
                                        "cpu-request cpu-limit memory-request memory-limit");
        QCOMPARE(order(places)[0], col("namespace"));
        QCOMPARE(order(places)[1], col("ready"));
        QVERIFY(!places[1].hidden);
    }

    void widthsBeyondReasonAreDropped() {
        for (const char* text :
             {"name:0 age", "name:-5 age", "name:99999 age", "name:12x age", "name:99999999999999 age"}) {
            QCOMPARE(widthOfName(text), 0);
        }
        QCOMPARE(widthOfName("name:240 age"), 240);
    }

    void aTextThatHidesEverythingIsNotObeyed() {
        std::string all;
        for (const Column& column : podTable().columns) {
            all += std::string(" -") + column.id;
        }
        QCOMPARE(readColumns(podTable(), all), ownColumns(podTable()));
    }

    void noiseGivesTheTablesOwnPlaces() {
        QCOMPARE(readColumns(podTable(), "\x01\xff{}[]"), ownColumns(podTable()));
        QCOMPARE(readColumns(podTable(), std::string(100000, ' ')), ownColumns(podTable()));
    }

    void idsAreUniqueAndHoldNoSigns() {
        for (const TableSpec* spec : allTables()) {
            QSet<QByteArray> ids;
            for (const Column& column : spec->columns) {
                const QByteArray id(column.id);
                QVERIFY(!ids.contains(id));
                QVERIFY(!id.startsWith('-') && !id.contains(':') && !id.contains(' '));
                ids.insert(id);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestColumnLayout)
#include "test_column_layout.moc"
