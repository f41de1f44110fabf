// Rows of any kind as servers print them, from lists and watches.

#include <QTest>

#include <thread>

#include <nlohmann/json.hpp>

#include "app/kinds/errors.h"
#include "app/kinds/table_kind.h"
#include "app/kube/object_store.h"
#include "app/kube/reflector.h"
#include "tests/fakes/scripted_channel.h"

using namespace quarterdeck;
using namespace quarterdeck::kube;
using namespace std::chrono_literals;
using fakes::ScriptedChannel;
using nlohmann::json;

namespace {

const ResourceType kType{"example.com", "v1", "foos", "Foo", true};

json columns() {
    return {{{"name", "Name"}, {"type", "string"}, {"format", "name"}, {"description", "its name"}, {"priority", 0}},
            {{"name", "Ready"}, {"type", "string"}, {"format", ""}, {"description", ""}, {"priority", 0}},
            {{"name", "Size"}, {"type", "integer"}, {"format", "int64"}, {"description", ""}, {"priority", 1}},
            {{"name", "Age"}, {"type", "date"}, {"format", ""}, {"description", ""}, {"priority", 0}}};
}

json row(const std::string& name, const json& ready, const json& size, const std::string& version = "5") {
    return {{"cells", {name, ready, size, "3d"}},
            {"object",
             {{"kind", "PartialObjectMetadata"},
              {"apiVersion", "meta.k8s.io/v1"},
              {"metadata",
               {{"name", name},
                {"namespace", "shop"},
                {"uid", "uid-" + name},
                {"resourceVersion", version},
                {"creationTimestamp", "2026-03-14T03:12:40Z"},
                {"labels", {{"app", name}}},
                {"managedFields", {{{"manager", "x"}}}}}}}}};
}

json table(const json& rows, const json& definitions = columns(), const std::string& version = "7") {
    return {{"kind", "Table"},
            {"apiVersion", "meta.k8s.io/v1"},
            {"metadata", {{"resourceVersion", version}}},
            {"columnDefinitions", definitions},
            {"rows", rows}};
}

std::string eventText(const char* type, const json& object) {
    return json{{"type", type}, {"object", object}}.dump();
}

struct Decoder {
    StringPool pool;
    DecodeContext context{pool};
    KindDescriptor kind = kinds::tableKind(kType);

    Result<DecodedList> list(std::string text) { return kind.decodeList(text, context); }
    Result<WatchEvent> watch(std::string text) { return kind.decodeWatchLine(text, context); }
};

const TableRow& as(const ObjectPtr& object) {
    return static_cast<const TableRow&>(*object);
}

}  // namespace

class TestTableKind : public QObject {
    Q_OBJECT
private slots:
    void aListGivesRowsWithTypedCellsAndMetadata() {
        Decoder decoder;
        QVERIFY(decoder.kind.accept.find("as=Table;v=v1;g=meta.k8s.io") != std::string_view::npos);
        QVERIFY(decoder.kind.isTable());
        const auto list = decoder.list(table(json::array({row("a", "True", 3), row("b", "False", nullptr)})).dump());
        QVERIFY(list);
        QCOMPARE(list->resourceVersion, std::string("7"));
        QCOMPARE(list->items.size(), std::size_t{2});
        const TableRow& a = as(list->items[0]);
        QCOMPARE(a.meta.name, std::string("a"));
        QCOMPARE(a.meta.nameSpace.str(), std::string("shop"));
        QCOMPARE(a.meta.uid, std::string("uid-a"));
        QVERIFY(a.meta.creation.has_value());
        QCOMPARE(a.meta.labels.size(), std::size_t{1});
        QCOMPARE(a.columns->size(), std::size_t{4});
        QCOMPARE(a.columns->at(0).description, std::string("its name"));
        QCOMPARE(a.columns->at(2).priority, 1);
        QCOMPARE(std::get<std::int64_t>(*a.cell("Size")), std::int64_t{3});
        QCOMPARE(cellText(*a.cell("Ready")), std::string("True"));
        QVERIFY(std::holds_alternative<std::monostate>(*as(list->items[1]).cell("Size")));
        QVERIFY(a.cell("Nothing") == nullptr);
        QCOMPARE(a.health, Health::Good);
        QCOMPARE(as(list->items[1]).health, Health::Warning);
        QVERIFY(a.columns == as(list->items[1]).columns);
    }

    void cellsOfEveryTypeAreKept() {
        Decoder decoder;
        json definitions = json::array();
        for (int i = 0; i < 7; ++i) {
            definitions.push_back({{"name", "c" + std::to_string(i)}, {"type", "string"}});
        }
        json one = row("a", "", 1);
        one["cells"] = {
            true, 2.5, -4, json{{"x", {1, 2}}}, "ü\u202e", std::string(10'000, 'x'), 18446744073709551615ULL};
        const auto list = decoder.list(table(json::array({one}), definitions).dump());
        QVERIFY(list);
        const auto& cells = as(list->items[0]).cells;
        QCOMPARE(cells.size(), std::size_t{7});
        QCOMPARE(cellText(cells[0]), std::string("true"));
        QCOMPARE(cellText(cells[1]), std::string("2.5"));
        QCOMPARE(cellText(cells[2]), std::string("-4"));
        QCOMPARE(cellText(cells[3]), std::string("{\"x\":[1,2]}"));
        QCOMPARE(cellText(cells[4]), std::string("ü\u202e"));
        QCOMPARE(cellText(cells[5]).size(), kMaxCellBytes);
        QVERIFY(!cellText(cells[6]).empty());
    }

    void aStreamNamesItsColumnsOnce() {
        Decoder decoder;
        const auto first = decoder.watch(eventText("ADDED", table(json::array({row("a", "True", 3)}))));
        QVERIFY(first);
        const auto second =
            decoder.watch(eventText("MODIFIED", table(json::array({row("a", "False", 4, "6")}), nullptr)));
        QVERIFY(second);
        QVERIFY(as(first->object).columns == as(second->object).columns);
        QCOMPARE(second->resourceVersion, std::string("6"));
        QCOMPARE(cellText(*as(second->object).cell("Size")), std::string("4"));
        // Other columns from now on: the definition changed.
        const json fewer = {{{"name", "Name"}, {"type", "string"}}};
        json small = row("a", "True", 1, "8");
        small["cells"] = {"a"};
        const auto third = decoder.watch(eventText("MODIFIED", table(json::array({small}), fewer)));
        QVERIFY(third);
        QCOMPARE(as(third->object).columns->size(), std::size_t{1});
        const auto gone = decoder.watch(eventText("DELETED", table(json::array({small}), nullptr)));
        QVERIFY(gone && gone->type == WatchEventType::Deleted && gone->object != nullptr);
    }

    void bookmarksAndErrorsOfAStreamAreRead() {
        Decoder decoder;
        const json metadata = {{"resourceVersion", "44"}, {"annotations", {{"k8s.io/initial-events-end", "true"}}}};
        json bookmark = table(json::array(), nullptr, "40");
        bookmark["rows"].push_back({{"cells", json::array()}, {"object", {{"metadata", metadata}}}});
        const auto mark = decoder.watch(eventText("BOOKMARK", bookmark));
        QVERIFY(mark && mark->type == WatchEventType::Bookmark);
        QCOMPARE(mark->resourceVersion, std::string("44"));
        QVERIFY(mark->initialEventsEnd);
        const auto bare = decoder.watch(eventText("BOOKMARK", table(json::array(), nullptr, "50")));
        QVERIFY(bare);
        QCOMPARE(bare->resourceVersion, std::string("50"));
        const auto error = decoder.watch(
            eventText("ERROR", {{"kind", "Status"}, {"code", 410}, {"reason", "Expired"}, {"message", "old"}}));
        QVERIFY(error && error->type == WatchEventType::Error);
        QCOMPARE(error->status.code, 410);
    }

    void aServerWithoutTablesGivesNamesAndAges() {
        Decoder decoder;
        const json item = {{"metadata", {{"name", "x"}, {"uid", "u"}, {"creationTimestamp", "2026-03-14T03:12:40Z"}}}};
        const auto list =
            decoder.list(json{{"kind", "FooList"}, {"metadata", {{"resourceVersion", "3"}}}, {"items", {item}}}.dump());
        QVERIFY(list);
        QCOMPARE(list->items.size(), std::size_t{1});
        QCOMPARE(as(list->items[0]).columns->size(), std::size_t{2});
        QVERIFY(list->items[0]->meta.creation.has_value());
        json object = item;
        object["kind"] = "Foo";
        object["metadata"]["resourceVersion"] = "9";
        const auto added = decoder.watch(eventText("ADDED", object));
        QVERIFY(added && added->object);
        QCOMPARE(added->resourceVersion, std::string("9"));
    }

    void objectsWithoutAUidGetOneOfTheirOwn() {
        Decoder decoder;
        json one = row("a", "True", 1);
        one["object"]["metadata"].erase("uid");
        json nameless = row("", "True", 1);
        const auto list = decoder.list(table(json::array({one, nameless})).dump());
        QVERIFY(list);
        QCOMPARE(list->items.size(), std::size_t{1});
        QCOMPARE(list->skipped, std::size_t{1});
        QCOMPARE(list->items[0]->meta.uid, std::string("shop:a"));
    }

    void whatIsNoTableIsRefused_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("code");
        QTest::newRow("nothing") << QString() << QStringLiteral("kinds.empty-answer");
        QTest::newRow("html") << QStringLiteral("<html>") << QStringLiteral("kinds.html-answer");
        QTest::newRow("cut") << QStringLiteral("{\"kind\":\"Table\",\"rows\":[{") << QStringLiteral("kinds.truncated");
        QTest::newRow("pod") << QStringLiteral("{\"kind\":\"Pod\"}") << QStringLiteral("kinds.wrong-kind");
        QTest::newRow("list without items")
            << QStringLiteral("{\"kind\":\"FooList\"}") << QStringLiteral("kinds.wrong-kind");
        QTest::newRow("status") << QStringLiteral("{\"kind\":\"Status\",\"code\":403,\"message\":\"no\"}")
                                << QStringLiteral("kinds.status-answer");
    }
    void whatIsNoTableIsRefused() {
        QFETCH(QString, text);
        QFETCH(QString, code);
        Decoder decoder;
        const auto list = decoder.list(text.toStdString());
        QVERIFY(!list);
        QCOMPARE(QString::fromUtf8(list.error().code->id), code);
    }

    void anEventWithoutARowIsLeftOut() {
        Decoder decoder;
        const auto nothing = decoder.watch(eventText("ADDED", table(json::array())));
        QVERIFY(!nothing && nothing.error().is(kIncompleteObject));
        const auto odd = decoder.watch(eventText("SURPRISE", table(json::array({row("a", "True", 1)}))));
        QVERIFY(!odd && odd.error().is(kinds::kUnknownWatchEvent));
    }

    void howItFaresFollowsFromTheUsualColumns_data() {
        QTest::addColumn<QString>("column");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("health");
        const auto add = [](const char* column, const char* text, Health health) {
            QTest::addRow("%s %s", column, text)
                << QString::fromUtf8(column) << QString::fromUtf8(text) << static_cast<int>(health);
        };
        add("Ready", "True", Health::Good);
        add("Ready", "False", Health::Warning);
        add("READY", "Unknown", Health::Unknown);
        add("Ready", "2/3", Health::Warning);
        add("Ready", "3/3", Health::Good);
        add("Available", "False (MissingEndpoints)", Health::Warning);
        add("Status", "Bound", Health::Good);
        add("Status", "Pending", Health::Progressing);
        add("Phase", "Failed", Health::Critical);
        add("Status", "Complete", Health::Finished);
        add("Status", "anything else", Health::Good);
        add("Size", "Failed", Health::Good);
    }
    void howItFaresFollowsFromTheUsualColumns() {
        QFETCH(QString, column);
        QFETCH(QString, text);
        QFETCH(int, health);
        StringPool pool;
        TableRow one;
        one.columns = std::make_shared<const TableColumns>(
            TableColumns{{"Name", "string", "name", "", 0}, {column.toStdString(), "string", "", "", 0}});
        one.cells = {pool.intern("x"), pool.intern(text.toStdString())};
        QCOMPARE(static_cast<int>(kinds::healthOf(one)), health);
        QCOMPARE(kinds::tellsHealth(*one.columns), column != QStringLiteral("Size"));
    }

    void aReflectorKeepsTheColumnsFromListToWatch() {
        auto channel = std::make_shared<ScriptedChannel>();
        channel->answer({.body = table(json::array({row("a", "True", 3)})).dump()});
        // A server that does not name the columns again at all.
        channel->answer({.body = eventText("ADDED", table(json::array({row("b", "False", 4, "9")}), nullptr)) + "\n",
                         .holdOpen = true});
        auto store = std::make_shared<ObjectStore>();
        Reflector::Options options;
        options.context = "test";
        options.clock = std::make_shared<SystemClock>();
        options.random = [] { return 0.5; };
        Reflector reflector(channel, kinds::tableKind(kType), std::make_shared<StringPool>(), store, options);
        std::jthread thread([&](std::stop_token stop) { reflector.run(std::move(stop)); });
        QTRY_VERIFY_WITH_TIMEOUT(store->find("uid-b") != nullptr, 30'000);
        QCOMPARE(cellText(*as(store->find("uid-b")).cell("Size")), std::string("4"));
        const auto targets = channel->targets();
        QCOMPARE(targets[0], std::string("/apis/example.com/v1/foos?resourceVersion=0&includeObject=Metadata"));
        QVERIFY(targets[1].find("&includeObject=Metadata") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestTableKind)
#include "test_table_kind.moc"
