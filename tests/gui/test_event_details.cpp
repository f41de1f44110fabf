// The drawer beside events that are shown in groups, and beside objects that no uid tells apart.

#include <QTest>

#include <nlohmann/json.hpp>

#include "app/kinds/event.h"
#include "app/kube/kube_client.h"
#include "tests/fakes/scripted_channel.h"
#include "tests/gui/demo_console.h"
#include "tests/gui/fake_access.h"
#include "tests/gui/file_console.h"
#include "tests/ui/make_pod.h"
#include "ui/details/object_details.h"
#include "ui/pages/table/table_page.h"
#include "ui/pages/view_scope.h"
#include "ui/tables/event_groups.h"
#include "ui/tables/row_key.h"
#include "ui/tables/table_specs.h"
#include "widgets/code_view.h"
#include "widgets/details_drawer.h"
#include "widgets/style.h"

using namespace quarterdeck;
using namespace quarterdeck::gui_tests;

namespace {

constexpr int kLong = 60'000;

/// What the drawer is about.
ui::ObjectReference shown(const Console& console) {
    return console.window->location().object.value_or(ui::ObjectReference{});
}

/// The row of what the drawer is about; null where the list has none.
std::shared_ptr<const kinds::Event> shownEvent(const Console& console) {
    const ui::ObjectReference object = shown(console);
    return std::static_pointer_cast<const kinds::Event>(
        console.rows().objectOf(ui::rowKey(object.context, object.uid)));
}

QString yamlOf(const Console& console) {
    return console.part<widgets::CodeView>("details.yaml")->text();
}

}  // namespace

class TestEventDetails : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void theYamlOfAGroupIsThatOfItsNewestEvent() {
        const Console console("events", true, "crash-loop");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kLong);
        console.openFirstRow();
        QTRY_VERIFY_WITH_TIMEOUT(shownEvent(console) != nullptr, kLong);
        const auto group = shownEvent(console);
        QVERIFY(group->member != nullptr);
        console.part<widgets::DetailsDrawer>("page.events.drawer")->setCurrentTab(QStringLiteral("yaml"));
        QTRY_VERIFY_WITH_TIMEOUT(yamlOf(console).contains(QStringLiteral("kind: Event")), kLong);
        QVERIFY2(yamlOf(console).contains(QString::fromStdString(group->subject.name)), qPrintable(yamlOf(console)));
        QVERIFY2(yamlOf(console).contains(ui::fromUtf8(group->reason)), qPrintable(yamlOf(console)));
    }

    void theDrawerStaysWithItsEventWhenTheGroupingChanges() {
        const Console console("events", true, "bad-image");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kLong);
        console.openFirstRow();
        const auto* drawer = console.part<widgets::DetailsDrawer>("page.events.drawer");
        QTRY_VERIFY_WITH_TIMEOUT(shownEvent(console) != nullptr, kLong);
        const auto group = shownEvent(console);
        const auto isOfTheGroup = [&](bool grouped) {
            const auto event = shownEvent(console);
            const ui::ObjectReference object = shown(console);
            return event != nullptr && (event->member != nullptr) == grouped && console.live() &&
                   ui::eventGroupKey(*event) == group->meta.uid &&
                   console.table()->currentUid() == ui::rowKey(object.context, object.uid);
        };
        QVERIFY(isOfTheGroup(true));
        console.trigger("view.group");
        QTRY_VERIFY_WITH_TIMEOUT(isOfTheGroup(false), kLong);
        QVERIFY(drawer->isVisible());
        QVERIFY2(!wordsOn(drawer).contains(QStringLiteral("Gone")), qPrintable(wordsOn(drawer)));
        QVERIFY2(!wordsOn(drawer).contains(QStringLiteral("no longer exists")), qPrintable(wordsOn(drawer)));
        console.trigger("view.group");
        QTRY_VERIFY_WITH_TIMEOUT(isOfTheGroup(true), kLong);
        QCOMPARE(shown(console).uid, group->meta.uid);
        QVERIFY(drawer->isVisible());
        QVERIFY2(!wordsOn(drawer).contains(QStringLiteral("Gone")), qPrintable(wordsOn(drawer)));
        QVERIFY2(!wordsOn(drawer).contains(QStringLiteral("taken its place")), qPrintable(wordsOn(drawer)));
    }

    void anObjectWithoutAUidIsReadByItsName() {
        tests::FakeAccess access;
        auto channel = std::make_shared<fakes::ScriptedChannel>();
        channel->answer({200, nlohmann::json{{"kind", "Pod"},
                                             {"metadata", {{"name", "pod-1"}, {"namespace", "shop"}}},
                                             {"usage", {{"cpu", "3m"}}}}
                                  .dump()});
        access.kubeClient = std::make_shared<kube::KubeClient>(channel, "prod");
        access.openContext("prod");
        auto pod = tests::makePod({"pod-1"});
        pod->meta.uid = "shop:pod-1";  // as rows get it whose objects have none
        access.feed("prod", kinds::podKind()).replaceAll({pod}, tests::live());
        ui::ViewScope scope(access);
        widgets::DetailsDrawer drawer;
        ui::ObjectDetails details(ui::podTable(), access, scope, drawer);
        details.setActive(true);
        drawer.setCurrentTab(QStringLiteral("yaml"));
        details.show({"prod", "shop", "pod-1", "shop:pod-1"}, pod);
        const auto* yaml = drawer.findChild<widgets::CodeView*>(QStringLiteral("details.yaml"));
        QTRY_VERIFY_WITH_TIMEOUT(yaml->text().contains(QStringLiteral("cpu: 3m")), kLong);
    }
};

QTEST_MAIN(TestEventDetails)
#include "test_event_details.moc"
