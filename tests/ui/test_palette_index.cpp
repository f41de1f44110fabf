#include <QSignalSpy>
#include <QTest>

#include "app/kinds/deployment.h"
#include "app/kinds/name_space.h"
#include "app/kinds/node.h"
#include "tests/gui/fake_access.h"
#include "tests/ui/make_pod.h"
#include "ui/palette/palette_feed.h"
#include "ui/palette/palette_worker.h"

using namespace quarterdeck;
using namespace quarterdeck::ui;
using namespace quarterdeck::tests;

namespace {

const auto kNever = [] { return false; };

std::vector<std::string> namesOf(const PaletteFindings& findings) {
    std::vector<std::string> names;
    for (const PaletteHit& hit : findings.hits) {
        names.push_back(hit.object.name);
    }
    return names;
}

PaletteFindings search(const PaletteIndex& index, const std::string& text,
                       const std::vector<ObjectReference>& recent = {}, std::size_t limit = 50) {
    return index.search(parsePaletteQuery(text, [&](std::string_view word) { return index.isNamespace(word); }), recent,
                        limit, kNever);
}

void addPods(PaletteIndex& index, const std::string& context, const std::vector<PodFields>& pods) {
    PaletteChange change;
    for (const PodFields& fields : pods) {
        change.present.push_back(makePod(fields));
    }
    index.apply(context, kinds::podKind(), change);
}

PodFields pod(const std::string& name, const std::string& nameSpace = "shop",
              kube::Health health = kube::Health::Good) {
    PodFields fields;
    fields.name = name;
    fields.nameSpace = nameSpace;
    fields.health = health;
    return fields;
}

using Names = std::vector<std::string>;

}  // namespace

class TestPaletteIndex : public QObject {
    Q_OBJECT

private slots:
    void theBetterMatchComesFirst() {
        PaletteIndex index;
        index.setContexts({"c"});
        addPods(index, "c",
                {pod("my-reorders"), pod("orders"), pod("old-orders"), pod("orders-db"), pod("o-r-d-e-r-s"),
                 pod("oxrxdxexrxs"), pod("payments", "orders"), pod("nothing")});
        QCOMPARE(namesOf(search(index, "orders")),
                 (Names{"orders", "orders-db", "old-orders", "my-reorders", "o-r-d-e-r-s", "payments", "oxrxdxexrxs"}));
    }

    void amongEqualMatchesTheVisitedThenTheUnhealthyComeFirst() {
        PaletteIndex index;
        index.setContexts({"c"});
        addPods(index, "c",
                {pod("api-1"), pod("api-2", "shop", kube::Health::Critical), pod("api-3"),
                 pod("api-4", "shop", kube::Health::Warning), pod("api-5")});
        const std::vector<ObjectReference> recent{{"c", "shop", "api-5", "uid-shop-api-5"},
                                                  {"c", "shop", "api-3", "uid-shop-api-3"},
                                                  {"gone", "shop", "api-1", "uid-shop-api-1"}};
        QCOMPARE(namesOf(search(index, "api", recent)), (Names{"api-5", "api-3", "api-2", "api-4", "api-1"}));
        // A better match outweighs both.
        QCOMPARE(namesOf(search(index, "api-1", recent)).front(), std::string("api-1"));
    }

    void allWordsMustBeSomewhere() {
        PaletteIndex index;
        index.setContexts({"bakery-prod", "test"});
        PodFields labelled = pod("web-1");
        labelled.labels = {{"app.kubernetes.io/Name", "Frontend"}};
        addPods(index, "bakery-prod", {pod("orders-1"), labelled});
        addPods(index, "test", {pod("orders-1")});
        QCOMPARE(search(index, "orders prod").found, std::size_t{1});
        QCOMPARE(search(index, "orders pod shop").found, std::size_t{2});
        QCOMPARE(namesOf(search(index, "frontend")), Names{"web-1"});
        QCOMPARE(namesOf(search(index, "name=front prod")), Names{"web-1"});
        QCOMPARE(search(index, "orders nowhere").found, std::size_t{0});
    }

    void kindNamespaceAndContextNarrow() {
        PaletteIndex index;
        index.setContexts({"a-prod", "b-test"});
        addPods(index, "a-prod", {pod("orders-1", "bakery-ia"), pod("orders-2", "other")});
        addPods(index, "b-test", {pod("orders-3", "bakery-ia")});
        auto deployment = std::make_shared<kinds::Deployment>();
        deployment->meta.name = "orders";
        deployment->meta.uid = "d";
        deployment->meta.nameSpace = pool().intern("bakery-ia");
        index.apply("a-prod", kinds::deploymentKind(), {false, {deployment}, {}});
        QCOMPARE(namesOf(search(index, ":pods bakery-ia /orders @prod")), Names{"orders-1"});
        QCOMPARE(search(index, ":pods bakery-ia /orders @prod").contexts, Names{"a-prod"});
        QCOMPARE(namesOf(search(index, ":pods")), (Names{"orders-1", "orders-2", "orders-3"}));
        QCOMPARE(namesOf(search(index, ":deploy orders")), Names{"orders"});
        QCOMPARE(search(index, ":unknown orders").found, std::size_t{0});
        QCOMPARE(search(index, ">orders").found, std::size_t{0});
        QCOMPARE(search(index, "").found, std::size_t{0});
        QCOMPARE(search(index, "@none orders").contexts, Names{});
    }

    void changesGoingsAndClosedContextsAreFollowed() {
        PaletteIndex index;
        index.setContexts({"a", "b"});
        addPods(index, "a", {pod("orders-1"), pod("orders-2")});
        addPods(index, "b", {pod("orders-3", "only-here")});
        QVERIFY(index.isNamespace("only-here"));
        index.apply(
            "a", kinds::podKind(),
            {false, {makePod(pod("orders-1", "shop", kube::Health::Critical))}, {"uid-shop-orders-2", "never-there"}});
        QCOMPARE(namesOf(search(index, "orders")), (Names{"orders-1", "orders-3"}));
        QCOMPARE(search(index, "orders").hits.front().health, kube::Health::Critical);
        index.setContexts({"a"});
        QCOMPARE(index.size(), std::size_t{1});
        QVERIFY(!index.isNamespace("only-here"));
        addPods(index, "b", {pod("orders-4")});  // came too late
        QCOMPARE(index.size(), std::size_t{1});
        index.apply("a", kinds::podKind(), {true, {makePod(pod("orders-5"))}, {}});
        QCOMPARE(namesOf(search(index, "orders")), Names{"orders-5"});
        index.setContexts({"a", "c"});  // takes the place of b
        addPods(index, "c", {pod("orders-6")});
        QCOMPARE(search(index, "orders @c").hits.front().object.context, std::string("c"));
    }

    void onlyTheBestAreHandedOverAndAllAreCounted() {
        PaletteIndex index;
        index.setContexts({"c"});
        std::vector<PodFields> pods;
        for (int i = 0; i < 5'000; ++i) {
            pods.push_back(pod("pod-" + std::to_string(i)));
        }
        addPods(index, "c", pods);
        const PaletteFindings findings = search(index, "pod-", {}, 7);
        QCOMPARE(findings.hits.size(), std::size_t{7});
        QCOMPARE(findings.found, std::size_t{5'000});
        QCOMPARE(findings.searched, std::size_t{5'000});
    }

    void aSupersededSearchStops() {
        PaletteIndex index;
        index.setContexts({"c"});
        std::vector<PodFields> pods;
        for (int i = 0; i < 10'000; ++i) {
            pods.push_back(pod("pod-" + std::to_string(i)));
        }
        addPods(index, "c", pods);
        int asked = 0;
        const auto findings = index.search(parsePaletteQuery("pod", [](std::string_view) { return false; }), {}, 50,
                                           [&] { return ++asked == 2; });
        QCOMPARE(asked, 2);
        QVERIFY(findings.hits.empty());
    }

    void namesOfAnyLengthAndContentAreTaken() {
        PaletteIndex index;
        index.setContexts({"c"});
        PodFields full = pod("full");
        for (int i = 0; i < 500; ++i) {
            full.labels.emplace_back("label-" + std::to_string(i), std::string(63, 'v'));
        }
        addPods(index, "c",
                {pod(std::string(253, 'n')), pod("a\nb\t\x01"), pod("\xe2\x80\xaeorders"), pod("\xff\xfe"), full});
        QCOMPARE(search(index, std::string(253, 'n')).found, std::size_t{1});
        QCOMPARE(search(index, "orders").found, std::size_t{1});
        QCOMPARE(search(index, "label-0").found, std::size_t{1});
        QCOMPARE(search(index, "full").found, std::size_t{1});
    }

    void theWorkerAnswersTheNewestQuestionOnly() {
        QObject receiver;
        std::vector<PaletteWorker::Answer> answers;
        PaletteWorker worker(&receiver, [&](PaletteWorker::Answer answer) { answers.push_back(std::move(answer)); });
        worker.setContexts({"c"});
        worker.apply("c", kinds::podKind(),
                     batchOf({present(makePod(pod("orders"))), present(makePod(pod("api")))}, true), true);
        worker.ask({"orders", {}});
        worker.ask({"ord", {}});
        const std::uint64_t last = worker.ask({"api", {}});
        QTRY_VERIFY(!answers.empty() && answers.back().question == last);
        QCOMPARE(namesOf(answers.back().findings), Names{"api"});
        QTRY_COMPARE(answers.back().findings.searched, std::size_t{2});
        // What was still loading brings a new answer to the same question.
        const std::size_t before = answers.size();
        worker.apply("c", kinds::podKind(), batchOf({present(makePod(pod("api-2")))}), true);
        QTRY_VERIFY(answers.size() > before);
        QCOMPARE(answers.back().question, last);
        QCOMPARE(namesOf(answers.back().findings), (Names{"api", "api-2"}));
        worker.clear();
        worker.ask({"api", {}});
        QTRY_COMPARE(answers.back().findings.searched, std::size_t{0});
    }

    void theFeedLeadsEveryOpenContextInAndSaysWhatIsAwaited() {
        FakeAccess access;
        access.openContext("a");
        access.openContext("b");
        QObject receiver;
        PaletteFindings last;
        PaletteWorker worker(&receiver, [&](PaletteWorker::Answer answer) { last = std::move(answer.findings); });
        PaletteFeed feed(access, worker);
        const QSignalSpy changed(&feed, &PaletteFeed::awaitedChanged);
        feed.setActive(true);
        worker.ask({"orders", {}});
        QCOMPARE(feed.awaited(), (Names{"a", "b"}));
        for (const kube::KindDescriptor* kind : paletteKinds()) {
            kube::Freshness none = live();
            none.state = kube::FreshnessState::Empty;
            access.feed("a", *kind).replaceAll({}, none);
        }
        access.feed("a", kinds::podKind()).replaceAll({makePod(pod("orders"))}, live());
        QTRY_COMPARE(namesOf(last), Names{"orders"});
        QTRY_COMPARE(feed.awaited(), Names{"b"});
        QVERIFY(changed.count() > 0);
        access.closeContext("b");
        QCOMPARE(feed.awaited(), Names{});
        access.closeContext("a");
        QTRY_COMPARE(last.searched, std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(TestPaletteIndex)
#include "test_palette_index.moc"
