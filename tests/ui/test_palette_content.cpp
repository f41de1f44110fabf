#include <QAction>
#include <QApplication>
#include <QSet>
#include <QTest>

#include "app/kinds/deployment.h"
#include "app/kinds/name_space.h"
#include "app/kinds/node.h"
#include "app/kinds/pod.h"
#include "app/kube/served_kind.h"
#include "ui/actions/action_registry.h"
#include "ui/palette/key_help.h"
#include "ui/palette/palette_content.h"
#include "ui/palette/palette_places.h"
#include "ui/palette/recent_places.h"
#include "ui/view_memory.h"

using namespace quarterdeck;
using namespace quarterdeck::ui;

namespace {

PaletteQuery parse(const std::string& text) {
    return parsePaletteQuery(text, [](std::string_view word) { return word == "shop"; });
}

PaletteHit hitOf(const kube::KindDescriptor& kind, const std::string& name, const std::string& nameSpace = "shop",
                 int match = 6) {
    return {{"prod", nameSpace, name, "uid-" + name}, &kind, kube::Health::Critical, match};
}

Location placeOn(const std::string& page) {
    Location place;
    place.page = page;
    return place;
}

struct Setup {
    ActionRegistry actions{windowActions()};
    PaletteSources sources{actions, placeOn("pods"), {}, {}, std::nullopt, {"prod", "test"}};
    PaletteFindings findings;

    [[nodiscard]] PaletteContent content(const std::string& text) {
        findings.query = parse(text);
        return makePaletteContent(findings, sources);
    }
};

QStringList sectionTitles(const PaletteContent& content) {
    QStringList titles;
    for (const auto& section : content.sections) {
        titles += section.title;
    }
    return titles;
}

const widgets::PaletteItem* find(const PaletteContent& content, const QString& id) {
    for (const auto& section : content.sections) {
        for (const auto& item : section.items) {
            if (item.id == id) {
                return &item;
            }
        }
    }
    return nullptr;
}

}  // namespace

class TestPaletteContent : public QObject {
    Q_OBJECT

private slots:
    void anObjectLeadsToItsRowAndNothingHidesIt() {
        Location here = placeOn("pods");
        here.filter = "old";
        here.contexts = {"test"};
        here.namespaces = {"web"};
        here.sort = SortOrder{"age", true};
        const Location place = placeOfHit(hitOf(kinds::podKind(), "orders"), here);
        QCOMPARE(place.page, std::string("pods"));
        QCOMPARE(place.object->name, std::string("orders"));
        QVERIFY(place.filter.empty());
        QCOMPARE(place.contexts, (std::vector<std::string>{"prod", "test"}));
        QCOMPARE(place.namespaces, (std::vector<std::string>{"shop", "web"}));
        QVERIFY(place.sort == here.sort);
        const Location fromFleet = placeOfHit(hitOf(kinds::nodeKind(), "node-1", ""), placeOn("fleet"));
        QCOMPARE(fromFleet.page, std::string("nodes"));
        QVERIFY(fromFleet.contexts.empty() && fromFleet.namespaces.empty() && !fromFleet.sort);
    }

    void theTimeRangeStaysUnlessAPlaceNamesOne() {
        Setup setup;
        Location& here = setup.sources.here;
        here = *parseLocation("quarterdeck://events?range=15m");
        QVERIFY(placeOfHit(hitOf(kinds::podKind(), "orders"), here).range == here.range);
        QVERIFY(placeOfHit(hitOf(kinds::deploymentKind(), "orders"), here).range == here.range);
        QVERIFY(placeOfQuery(parse(":pods shop"), {}, here).range == here.range);
        const auto rangeOf = [](const PaletteContent& content, const QString& id) {
            return formatLocation(std::get<Location>(content.choices.at(id)));
        };
        setup.sources.views = {{"Pods", placeOn("pods")},
                               {"Any time", placeOn("events")},
                               {"A day", *parseLocation("quarterdeck://pods?range=1d")}};
        setup.sources.recent = {*parseLocation("quarterdeck://pods?filter=x")};
        const PaletteContent content = setup.content("");
        QCOMPARE(rangeOf(content, QStringLiteral("page:nodes")), std::string("quarterdeck://nodes?range=15m"));
        QCOMPARE(rangeOf(content, viewItemId("Pods")), std::string("quarterdeck://pods?range=15m"));
        QCOMPARE(rangeOf(content, viewItemId("A day")), std::string("quarterdeck://pods?range=1d"));
        // There it is a part of the view.
        QCOMPARE(rangeOf(content, viewItemId("Any time")), std::string("quarterdeck://events"));
        QCOMPARE(rangeOf(content, QStringLiteral("recent:quarterdeck://pods?filter=x")),
                 std::string("quarterdeck://pods?filter=x&range=15m"));
    }

    void kindsWithoutAPageLeadToTheirPods() {
        const Location deployment = placeOfHit(hitOf(kinds::deploymentKind(), "orders"), placeOn("fleet"));
        QCOMPARE(formatLocation(deployment),
                 std::string("quarterdeck://pods?context=prod&namespace=shop&filter=orders"));
        const Location space = placeOfHit(hitOf(kinds::nameSpaceKind(), "shop", ""), placeOn("fleet"));
        QCOMPARE(formatLocation(space), std::string("quarterdeck://pods?context=prod&namespace=shop"));
    }

    void theGrammarLeadsToAPlace_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("place");
        const auto row = [](const char* text, const char* from, const char* place) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(from) << QString::fromUtf8(place);
        };
        row(":pods shop /orders @prod", "fleet", "quarterdeck://pods?context=prod&namespace=shop&filter=orders");
        row(":nodes", "pods?namespace=web&sort=-age", "quarterdeck://nodes?namespace=web");
        row(":pods", "pods?context=test&filter=x&sort=-age", "quarterdeck://pods?context=test&sort=-age");
        row("/is:unhealthy api", "nodes", "quarterdeck://nodes?filter=is%3Aunhealthy%20api");
        row("/api", "fleet", "quarterdeck://pods?filter=api");
        row("@prod", "fleet", "quarterdeck://fleet?context=prod");
    }
    void theGrammarLeadsToAPlace() {
        QFETCH(QString, text);
        QFETCH(QString, from);
        Setup setup;
        setup.sources.here = *parseLocation("quarterdeck://" + from.toStdString());
        setup.findings.contexts = {"prod"};
        const PaletteContent content = setup.content(text.toStdString());
        const auto choice = content.choices.find(QStringLiteral("place"));
        QVERIFY(choice != content.choices.end());
        QTEST(QString::fromStdString(formatLocation(std::get<Location>(choice->second))), "place");
        QCOMPARE(content.sections.first().items.first().id, QStringLiteral("place"));
    }

    void kindsThatTheServersBringAreFound() {
        Setup setup;
        const auto served = [](const char* group, const char* resource, const char* kind, const char* shortName,
                               std::vector<std::string> verbs) {
            return kube::makeServedKind(
                {{group, "v1", resource, kind, true}, "", {shortName}, {}, std::move(verbs), {}}, {"prod"}, false);
        };
        setup.sources.kinds = {served("stable.example.com", "crontabs", "CronTab", "ct", {"list", "watch"}),
                               served("apps", "deployments", "Deployment", "deploy", {"list", "watch"}),
                               served("", "pods", "Pod", "po", {"list", "watch"}),
                               served("metrics.k8s.io", "nodes", "NodeMetrics", "nm", {"get", "list"}),
                               served("", "bindings", "Binding", "bi", {"create"})};
        setup.sources.here = placeOn("nodes");
        const auto place = [&](const char* text, const char* id) {
            const PaletteContent content = setup.content(text);
            const auto choice = content.choices.find(QString::fromUtf8(id));
            return choice == content.choices.end() ? std::string() : formatLocation(std::get<Location>(choice->second));
        };
        QCOMPARE(place(":ct shop /night", "place"),
                 std::string("quarterdeck://kind?resource=crontabs.stable.example.com&namespace=shop&filter=night"));
        QCOMPARE(place(":CronTab", "place"), std::string("quarterdeck://kind?resource=crontabs.stable.example.com"));
        QCOMPARE(place(":deploy", "place"), std::string("quarterdeck://kind?resource=deployments.apps"));
        QCOMPARE(place(":po", "place"), std::string("quarterdeck://pods"));
        QCOMPARE(place(":cron", "kind:crontabs.stable.example.com"),
                 std::string("quarterdeck://kind?resource=crontabs.stable.example.com"));
        QCOMPARE(place("ct", "kind:crontabs.stable.example.com"),
                 std::string("quarterdeck://kind?resource=crontabs.stable.example.com"));
        // What can only be listed has a table, too.
        QCOMPARE(place(":nm", "place"), std::string("quarterdeck://kind?resource=nodes.metrics.k8s.io"));
        QCOMPARE(place("nm", "kind:nodes.metrics.k8s.io"),
                 std::string("quarterdeck://kind?resource=nodes.metrics.k8s.io"));
        QVERIFY(place(":bi", "place").empty());
        QVERIFY(setup.content(":bi").sections.first().items.first().disabledReason.contains(QStringLiteral("listed")));
        QVERIFY(place("pods", "kind:pods").empty());  // stands among the pages
        QVERIFY(setup.content(":nonsense").sections.first().items.first().title.contains(QStringLiteral("no kind")));
    }

    void whatCannotBeReachedSaysWhy() {
        Setup setup;
        const auto reason = [&](const char* text) {
            const PaletteContent content = setup.content(text);
            return content.choices.contains(QStringLiteral("place"))
                       ? QString()
                       : content.sections.first().items.first().disabledReason;
        };
        QVERIFY(reason(":poods").contains(QStringLiteral("pods")));
        QVERIFY(!reason(":deploy").isEmpty());
        QVERIFY(reason(":pods @nowhere").contains(QStringLiteral("nowhere")));
    }

    void thePlaceIsWrittenOut() {
        Setup setup;
        setup.findings.contexts = {"prod"};
        const PaletteContent content = setup.content(":pods shop /orders @prod");
        QCOMPARE(content.sections.first().items.first().title,
                 QStringLiteral("Go to Pods · shop · filter “orders” · prod"));
    }

    void nothingTypedOffersRecentPlacesPagesAndTheActionsOfThePage() {
        Setup setup;
        Location object = placeOn("pods");
        object.object = ObjectReference{"prod", "shop", "orders", "u"};
        Location closed = object;
        closed.object->context = "closed";
        Location here = setup.sources.here;
        setup.sources.recent = {here, object, closed, placeOn("gone-page"), placeOn("nodes")};
        const PaletteContent content = setup.content("");
        QCOMPARE(sectionTitles(content).first(), QStringLiteral("Recent"));
        QCOMPARE(content.sections.first().items.size(), 1);
        QCOMPARE(content.sections.first().items.first().title, QStringLiteral("orders"));
        QVERIFY(find(content, QStringLiteral("page:events")) != nullptr);
        QVERIFY(find(content, QStringLiteral("action:table.csv")) != nullptr);
        QVERIFY(find(content, QStringLiteral("action:app.quit")) == nullptr);
        setup.sources.here = placeOn("fleet");
        QVERIFY(find(setup.content(""), QStringLiteral("action:table.csv")) == nullptr);
    }

    void actionsShowKeysAndWhyTheyCannotRun() {
        Setup setup;
        setup.actions.action("go.back")->setEnabled(false);
        setup.actions.action("go.back")->setStatusTip(QStringLiteral("No earlier place"));
        const PaletteContent content = setup.content(">");
        QCOMPARE(sectionTitles(content), QStringList{QStringLiteral("Actions")});
        QCOMPARE(find(content, QStringLiteral("action:go.back"))->disabledReason, QStringLiteral("No earlier place"));
        QVERIFY(!content.choices.contains(QStringLiteral("action:go.back")));
        QCOMPARE(find(content, QStringLiteral("action:view.filter"))->keys, QStringLiteral("Ctrl F"));
        QVERIFY(find(content, QStringLiteral("action:palette.open")) == nullptr);
        setup.sources.here = placeOn("fleet");
        QVERIFY(!find(setup.content(">filter"), QStringLiteral("action:view.filter"))->disabledReason.isEmpty());
        QVERIFY(setup.content(">qqqq").sections.isEmpty());
        QVERIFY(setup.content(">qqqq").emptyText.contains(QStringLiteral(">qqqq")));
    }

    void theSectionWithTheBestMatchComesFirstAndObjectsDoNotDrownTheRest() {
        Setup setup;
        for (int i = 0; i < 50; ++i) {
            setup.findings.hits.push_back(hitOf(kinds::podKind(), "theme-" + std::to_string(i)));
        }
        setup.findings.found = 400;
        PaletteContent content = setup.content("theme");
        QVERIFY(content.sections.first().title.contains(QStringLiteral("400")));
        QCOMPARE(content.sections.first().items.size(), 12);
        QVERIFY(find(content, QStringLiteral("action:theme.dark")) != nullptr);
        for (PaletteHit& hit : setup.findings.hits) {
            hit.match = 1;
        }
        content = setup.content("theme");
        QCOMPARE(content.sections.first().title, QStringLiteral("Actions"));
        content = setup.content("theme-4");  // nothing but objects
        QCOMPARE(content.sections.first().items.size(), 50);
    }

    void hostileNamesAreShownEscapedAndMarksStayOnLetters() {
        Setup setup;
        setup.findings.hits = {hitOf(kinds::podKind(), "orders\xe2\x80\xae\n\x01", "\xff"),
                               hitOf(kinds::podKind(), std::string(253, 'o'))};
        setup.findings.found = 2;
        const PaletteContent content = setup.content("orders");
        const auto& items = content.sections.first().items;
        QCOMPARE(items.first().title, QStringLiteral("orders\\u202e\\n\\u0001"));
        QCOMPARE(items.first().marks, (QVector<int>{0, 1, 2, 3, 4, 5}));
        QVERIFY(!items.first().detail.contains(QChar::ReplacementCharacter));
        QCOMPARE(items.last().title.size(), 253);
        QCOMPARE(items.last().marks, QVector<int>{});
        const QString odd = QStringLiteral("Äb😀cd");
        QCOMPARE(marksIn(odd, {"😀c"}), (QVector<int>{2, 3, 4}));
    }

    void viewsAreKeptReplacedAndRemoved() {
        ViewMemory memory;
        QVERIFY(savedViews(memory).empty());
        const SavedView sick{"Sick “pods” \n", *parseLocation("quarterdeck://pods?filter=is%3Aunhealthy")};
        saveView(memory, {"Z", placeOn("nodes")});
        saveView(memory, sick);
        saveView(memory, {"Z", placeOn("events")});
        const ViewMemory reread(memory.all());
        QCOMPARE(savedViews(reread), (std::vector<SavedView>{sick, {"Z", placeOn("events")}}));
        removeView(memory, "Z");
        removeView(memory, "never there");
        QCOMPARE(savedViews(memory), std::vector<SavedView>{sick});
        removeView(memory, sick.name);
        QVERIFY(memory.all().empty());
    }

    void brokenMemoryIsForgotten_data() {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"{", "[1,2]", "{\"name\":1}", "[{\"name\":\"x\",\"place\":\"http://x\"}]", "[\"x\"]",
                                 "[{\"name\":\"\",\"place\":\"quarterdeck://pods\"}]", "null"}) {
            QTest::newRow(text) << QByteArray(text);
        }
    }
    void brokenMemoryIsForgotten() {
        QFETCH(QByteArray, text);
        ViewMemory memory;
        memory.put("saved-views", text.toStdString());
        memory.put("palette.recent", text.toStdString());
        QVERIFY(savedViews(memory).empty());
        QVERIFY(recentPlaces(memory).empty());
        noteVisit(memory, placeOn("pods"));
        QCOMPARE(recentPlaces(memory).size(), std::size_t{1});
    }

    void viewsAreListedAndLeadToTheirPlace() {
        Setup setup;
        const SavedView view{"Sick pods", *parseLocation("quarterdeck://pods?filter=is%3Aunhealthy")};
        setup.sources.views = {view, {"Old", placeOn("no-such-page")}};
        setup.sources.removed = SavedView{"Gone", placeOn("nodes")};
        const PaletteContent content = setup.content("");
        const auto* item = find(content, viewItemId("Sick pods"));
        QVERIFY(item != nullptr && item->removable);
        QCOMPARE(viewOfItem(item->id), std::optional<std::string>("Sick pods"));
        QVERIFY(!viewOfItem(QStringLiteral("page:pods")));
        QVERIFY(std::get<Location>(content.choices.at(item->id)) == view.place);
        QVERIFY(!content.choices.contains(viewItemId("Old")));
        QVERIFY(content.choices.contains(QStringLiteral("bring-back")));
        QVERIFY(find(setup.content("sick"), viewItemId("Sick pods")) != nullptr);
        QVERIFY(find(setup.content("nodes"), viewItemId("Sick pods")) == nullptr);
    }

    void theLatestFiftyPlacesAreRemembered() {
        ViewMemory memory;
        for (int i = 0; i < 60; ++i) {
            Location place = placeOn("pods");
            place.filter = "f" + std::to_string(i);
            noteVisit(memory, place);
        }
        Location again = placeOn("pods");
        again.filter = "f30";
        again.sort = SortOrder{"age", false};
        noteVisit(memory, again);
        Location object = placeOn("pods");
        object.object = ObjectReference{"prod", "shop", "orders", "u"};
        noteVisit(memory, object);
        object.contexts = {"prod"};
        noteVisit(memory, object);
        const auto places = recentPlaces(memory);
        QCOMPARE(places.size(), kMaxRecentPlaces);
        QCOMPARE(places[0].object->name, std::string("orders"));
        QCOMPARE(places[1].filter, std::string("f30"));
        QCOMPARE(places[2].filter, std::string("f59"));
        QCOMPARE(objectsOf(places).size(), std::size_t{1});
    }

    void everyActionWithAShortcutIsInTheKeyHelpOnce() {
        const ActionRegistry actions(windowActions());
        const auto groups = keyGroups(actions, {{QStringLiteral("Own"), {QKeySequence(Qt::Key_Space)}}});
        QSet<QString> texts;
        qsizetype lines = 0;
        for (const auto& group : groups) {
            QVERIFY(!group.title.isEmpty());
            for (const auto& line : group.lines) {
                QVERIFY(!line.keys.isEmpty());
                texts += line.text;
                ++lines;
            }
        }
        qsizetype wanted = 1;
        for (const QAction* action : actions.actions()) {
            if (!action->shortcuts().isEmpty()) {
                ++wanted;
                QVERIFY2(texts.contains(action->text()), qPrintable(action->text()));
            }
        }
        QCOMPARE(lines, wanted);
        QVERIFY(texts.contains(QStringLiteral("Own")));
    }
};

QTEST_MAIN(TestPaletteContent)
#include "test_palette_content.moc"
