// The table of a discovered kind: columns of several servers together, typed order, names for people.

#include <QTest>

#include <set>

#include "app/kinds/table_kind.h"
#include "ui/palette/palette_kinds.h"
#include "ui/tables/column_layout.h"
#include "ui/tables/kind_table.h"
#include "ui/tables/table_specs.h"

using namespace quarterdeck;
using namespace quarterdeck::ui;

namespace {

const kube::ResourceType kType{"example.com", "v1", "foos", "Foo", true};

kube::TableColumn column(const char* name, const char* type = "string", int priority = 0, const char* format = "") {
    return {name, type, format, "Says something. And more.", priority};
}

ColumnSet sets(std::initializer_list<kube::TableColumns> all) {
    ColumnSet made;
    for (const kube::TableColumns& one : all) {
        made.push_back(std::make_shared<const kube::TableColumns>(one));
    }
    return made;
}

std::vector<std::string> titles(const KindTable& table) {
    std::vector<std::string> all;
    for (const Column& one : table.spec.columns) {
        all.emplace_back(std::string(one.hidden ? "-" : "") + one.title);
    }
    return all;
}

struct Rows {
    StringPool pool;

    kube::TableRow row(const std::shared_ptr<const kube::TableColumns>& columns,
                       std::initializer_list<kube::TableCell> cells) {
        kube::TableRow made;
        made.meta.name = "x";
        made.meta.uid = "u";
        made.columns = columns;
        made.cells = cells;
        made.health = kinds::healthOf(made);
        return made;
    }
    kube::TableCell text(const char* words) { return pool.intern(words); }
};

const Column& named(const KindTable& table, const char* title) {
    for (const Column& one : table.spec.columns) {
        if (std::string_view(one.title) == title) {
            return one;
        }
    }
    static const Column none;
    return none;
}

using Texts = std::vector<std::string>;

}  // namespace

class TestKindTable : public QObject {
    Q_OBJECT
private slots:
    void serverColumnsStandBetweenOurs() {
        const auto table = makeKindTable(kType, sets({{column("Name", "string", 0, "name"), column("Ready"),
                                                       column("Size", "integer", 1), column("Age", "date")}}));
        QCOMPARE(titles(*table), (Texts{"Name", "Namespace", "Context", "Ready", "-Size", "Age"}));
        QCOMPARE(table->spec.id, std::string("kind/foos.example.com"));
        QCOMPARE(table->spec.title, std::string("Foos"));
        QVERIFY(table->spec.hasHealth);
        QVERIFY(table->spec.kind == &table->kind && table->kind.isTable());
        // Without an age of the server's, ours can be chosen.
        const auto plain =
            makeKindTable(kType, sets({{column("Name", "string", 0, "name"), column("Created At", "date")}}));
        QCOMPARE(titles(*plain), (Texts{"Name", "Namespace", "Context", "Age"}));
        QVERIFY(!plain->spec.hasHealth);
        const auto ageless = makeKindTable({"", "v1", "foos", "Foo", false}, sets({{column("Data")}}));
        QCOMPARE(titles(*ageless), (Texts{"Name", "Context", "Data", "-Age"}));
        QCOMPARE(titles(*makeKindTable(kType, {})), (Texts{"Name", "Namespace", "Context", "Age"}));
    }

    void columnsOfSeveralServersAreUnitedByName() {
        const auto table = makeKindTable(kType, sets({{column("Name"), column("A"), column("B")},
                                                      {column("Name"), column("B"), column("C"), column("A")},
                                                      {column("A"), column("A")}}));
        QCOMPARE(titles(*table), (Texts{"Name", "Namespace", "Context", "A", "B", "C", "A", "-Age"}));
        std::set<std::string> ids;
        for (const Column& one : table->spec.columns) {
            QVERIFY2(ids.insert(one.id).second, one.id);
        }
        // A row gives what its own server has, wherever it stands there.
        Rows rows;
        const auto other = sets({{column("Name"), column("C"), column("A")}}).front();
        const kube::TableRow row = rows.row(other, {rows.text("x"), rows.text("see"), rows.text("aye")});
        const CellContext context{"ctx", Instant{}};
        QCOMPARE(named(*table, "A").text(row, context), QStringLiteral("aye"));
        QCOMPARE(named(*table, "B").text(row, context), QString());
        QCOMPARE(named(*table, "C").text(row, context), QStringLiteral("see"));
    }

    void idsSurviveSettings() {
        const auto table = makeKindTable(
            kType,
            sets({{column("Port(s)"), column("External-IP"), column("Last Schedule"), column("名前"), column("")}}));
        auto places = ownColumns(table->spec);
        places.swapItemsAt(3, 5);
        places[4].hidden = true;
        QCOMPARE(readColumns(table->spec, writeColumns(table->spec, places)), places);
    }

    void cellsSortByWhatTheyAre_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QStringList>("ordered");
        QTest::newRow("numbers") << QStringLiteral("integer")
                                 << QStringList{QStringLiteral("#9"), QStringLiteral("#10")};
        QTest::newRow("counts called text")
            << QStringLiteral("string") << QStringList{QStringLiteral("#9"), QStringLiteral("#10")};
        QTest::newRow("shares") << QStringLiteral("string")
                                << QStringList{QStringLiteral("2/3"), QStringLiteral("10/10")};
        QTest::newRow("quantities") << QStringLiteral("string")
                                    << QStringList{QStringLiteral("900"), QStringLiteral("2Ki"),
                                                   QStringLiteral("500Mi"), QStringLiteral("1Gi"),
                                                   QStringLiteral("1.5Gi")};
        QTest::newRow("lengths of time") << QStringLiteral("string")
                                         << QStringList{QStringLiteral("59s"), QStringLiteral("5m"),
                                                        QStringLiteral("2h"), QStringLiteral("3d4h")};
        QTest::newRow("nothing among quantities")
            << QStringLiteral("string") << QStringList{QStringLiteral("2Gi"), QStringLiteral("<none>")};
        QTest::newRow("words") << QStringLiteral("string") << QStringList{QStringLiteral("a"), QStringLiteral("b")};
        QTest::newRow("ages") << QStringLiteral("date")
                              << QStringList{QStringLiteral("59s"), QStringLiteral("2h"), QStringLiteral("3d")};
        QTest::newRow("moments") << QStringLiteral("date")
                                 << QStringList{QStringLiteral("2026-03-14T03:12:40Z"),
                                                QStringLiteral("2025-03-14T03:12:40Z"), QStringLiteral("<none>")};
    }
    void cellsSortByWhatTheyAre() {
        QFETCH(QString, type);
        QFETCH(QStringList, ordered);
        const auto table = makeKindTable(kType, sets({{column("V", type.toUtf8().constData())}}));
        Rows rows;
        const auto columns = sets({{column("V")}}).front();
        std::vector<SortKey> keys;
        for (const QString& text : ordered) {
            const kube::TableCell cell = text.startsWith(QLatin1Char('#'))
                                             ? kube::TableCell(static_cast<std::int64_t>(text.mid(1).toInt()))
                                             : rows.text(text.toUtf8().constData());
            keys.push_back(named(*table, "V").sortKey(rows.row(columns, {cell}), "ctx"));
        }
        for (std::size_t i = 1; i < keys.size(); ++i) {
            QVERIFY2(keys[i - 1] < keys[i], qPrintable(ordered[static_cast<qsizetype>(i)]));
        }
    }

    void processorsAreThousandthsNotMinutes() {
        const auto columns = sets({{column("CPU(cores)")}});
        const auto table = makeKindTable(kType, columns);
        Rows rows;
        const auto key = [&](const char* text) {
            return named(*table, "CPU(cores)").sortKey(rows.row(columns.front(), {rows.text(text)}), "ctx");
        };
        QVERIFY(key("500m") < key("2"));
        QVERIFY(key("2") < key("2500m"));
    }

    void hostileCellsAndTitlesAreShownSafely() {
        const auto table = makeKindTable(kType, sets({{column("T\u202etle\n")}}));
        QVERIFY(!QString::fromUtf8(table->spec.columns[3].title).contains(QChar(0x202e)));
        Rows rows;
        const auto columns = sets({{column("T\u202etle\n")}}).front();
        const kube::TableRow row = rows.row(columns, {rows.text("a\nb\u202ec")});
        const CellContext context{"ctx", Instant{}};
        const QString shown = table->spec.columns[3].text(row, context);
        QVERIFY(!shown.contains(QLatin1Char('\n')) && !shown.contains(QChar(0x202e)));
        QCOMPARE(table->spec.columns[3].copyText(row, context), QString::fromUtf8("a\nb\u202ec"));
    }

    void titlesArePluralsThatPeopleWrite_data() {
        QTest::addColumn<QString>("resource");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("title");
        const auto add = [](const char* resource, const char* kind, const char* title) {
            QTest::newRow(kind) << QString::fromUtf8(resource) << QString::fromUtf8(kind) << QString::fromUtf8(title);
        };
        add("configmaps", "ConfigMap", "ConfigMaps");
        add("ingresses", "Ingress", "Ingresses");
        add("networkpolicies", "NetworkPolicy", "NetworkPolicies");
        add("endpoints", "Endpoints", "Endpoints");
        add("oxen", "Ox", "Oxen");
    }
    void titlesArePluralsThatPeopleWrite() {
        QFETCH(QString, resource);
        QFETCH(QString, kind);
        QFETCH(QString, title);
        QCOMPARE(QString::fromStdString(pluralTitle({"", "v1", resource.toStdString(), kind.toStdString(), true})),
                 title);
    }

    void theListOfKindsHasColumnsThatSort() {
        std::set<std::string> ids;
        for (const Column& one : servedKindTable().columns) {
            QVERIFY2(ids.insert(one.id).second, one.id);
            QVERIFY2(one.text && one.sortKey, one.id);
        }
        QVERIFY(servedKindTable().columnIndex(servedKindTable().defaultSort.column) >= 0);
    }

    void aKindAnswersToAllItsNames() {
        kube::ServedResource resource{
            {"stable.example.com", "v1", "crontabs", "CronTab", true}, "crontab", {"ct"}, {}, {"list", "watch"}, {}};
        const auto kind = kube::makeServedKind(resource, {"a"}, false);
        for (const char* word : {"crontabs", "CRONTAB", "ct", "CronTab", "crontabs.stable.example.com"}) {
            QVERIFY2(kindMatch(*kind, word) >= kExactKind, word);
        }
        QVERIFY(kindMatch(*kind, "cron") > kindMatch(*kind, "tab"));
        QVERIFY(kindMatch(*kind, "tab") > kindMatch(*kind, "stable.ex") || kindMatch(*kind, "stable.ex") > 0);
        QCOMPARE(kindMatch(*kind, "pods"), 0);
        // Of two of one name the core's, and what can be opened, comes first.
        resource.type.group.clear();
        const auto core = kube::makeServedKind(resource, {"a"}, false);
        QCOMPARE(kindNamed({kind, core}, "ct"), core);
        resource.verbs = {"create"};
        const auto closed = kube::makeServedKind(resource, {"a"}, false);
        QCOMPARE(kindNamed({closed, kind}, "ct"), kind);
        QVERIFY(kindNamed({kind}, "cr") == nullptr);
    }
};

QTEST_MAIN(TestKindTable)
#include "test_kind_table.moc"
