// Any kind as a live table, found in the list of kinds and by the palette: task T16 in the real window on the demo.

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QTest>

#include <nlohmann/json.hpp>

#include "app/kube/kube_client.h"
#include "app/kube/served_kind.h"
#include "app/session/cluster_session.h"
#include "tests/gui/demo_console.h"
#include "ui/pages/kinds/kind_page.h"
#include "ui/pages/table/table_header.h"
#include "ui/pages/table/table_page.h"
#include "ui/text/error_text.h"
#include "widgets/code_view.h"
#include "widgets/details_drawer.h"
#include "widgets/label.h"
#include "widgets/navigation_rail.h"
#include "widgets/palette_popup.h"
#include "widgets/state_panel.h"
#include "widgets/style.h"

using namespace quarterdeck;
using namespace quarterdeck::gui_tests;
using nlohmann::json;

namespace {

const std::string kCertificates = "certificates.cert-manager.io";
const std::string kDefinition = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + kCertificates;
const std::string kBakeryCertificates = "/apis/cert-manager.io/v1/namespaces/bakery-ia/certificates";

const ui::KindPage& kindPage(const Console& console) {
    return *static_cast<const ui::KindPage*>(console.window->page());
}

/// Row whose cell in the column is this; -1 without one.
int rowOf(const Console& console, const char* column, const char* text) {
    const int at = console.findColumn(column);
    for (int row = 0; at >= 0 && row < console.table()->model()->rowCount(); ++row) {
        if (console.cell(row, at) == QString::fromUtf8(text)) {
            return row;
        }
    }
    return -1;
}

QString cellOf(const Console& console, int row, const char* column) {
    return console.cell(row, console.columnOf(column));
}

/// A call to the API of the bakery, as another user of the cluster would make it.
json call(const Console& console, const char* method, const std::string& target, const json& body = nullptr) {
    session::ClusterSession* session = console.hub->session("bakery-ia-prod");
    session->setLocked(false);
    http::Request request;
    request.method = method;
    request.target = target;
    if (!body.is_null()) {
        request.body = body.dump();
        request.headers.push_back(
            {"Content-Type", request.method == "PATCH" ? "application/merge-patch+json" : "application/json"});
    }
    request.effect = request.method == "GET" ? http::Effect::Read : http::Effect::Write;
    const auto answer = session->client()->channel().send(request, {});
    return answer && answer->head.status < 300 ? json::parse(answer->body, nullptr, false) : json();
}

json asNew(json object) {
    for (const char* key : {"uid", "resourceVersion", "creationTimestamp", "generation"}) {
        object["metadata"].erase(key);
    }
    return object;
}

/// What stands beside the title.
QString counts(const Console& console) {
    return console.window->page()->findChild<ui::TableHeader*>()->countsText();
}

void openCertificates(const Console& console) {
    console.showKind("kind");
    QTRY_VERIFY_WITH_TIMEOUT(console.live() && kindPage(console).table() != nullptr, kPatience);
}

}  // namespace

class TestKinds : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void t16AnyKindAsALiveTable() {
        const Console console("fleet");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        console.key(Qt::Key_5, Qt::ControlModifier);
        QCOMPARE(console.pageId(), std::string("kinds"));
        QTRY_VERIFY_WITH_TIMEOUT(console.live() && rowOf(console, "Kind", "Certificate") >= 0, kPatience);
        const int row = rowOf(console, "Kind", "Certificate");
        QCOMPARE(cellOf(console, row, "Name"), QStringLiteral("certificates"));
        QCOMPARE(cellOf(console, row, "Group"), QStringLiteral("cert-manager.io"));
        QCOMPARE(cellOf(console, row, "Short names"), QStringLiteral("cert, certs"));
        QCOMPARE(cellOf(console, row, "Served by"), QStringLiteral("bakery-ia-prod"));
        // Each kind once, with all contexts that serve it.
        QTRY_COMPARE_WITH_TIMEOUT(cellOf(console, rowOf(console, "Kind", "ConfigMap"), "Served by"),
                                  QStringLiteral("3 contexts"), kPatience);

        console.table()->setFocus();
        console.table()->setCurrentIndex(console.table()->model()->index(rowOf(console, "Kind", "Certificate"), 0));
        QTest::keyClick(console.table(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(console.pageId(), std::string("kind"), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(console.live() && console.window->page()->rows() == 4, kPatience);
        QCOMPARE(console.window->page()->title(), QStringLiteral("Certificates"));
        QVERIFY2(counts(console).startsWith(QStringLiteral("cert-manager.io · 4 in ")), qPrintable(counts(console)));
        // The server's own columns, typed and with the hidden ones to choose.
        for (const char* title : {"Name", "Namespace", "Context", "Ready", "Secret", "Issuer", "Status", "Age"}) {
            QVERIFY2(console.findColumn(title) >= 0, title);
        }
        QVERIFY(console.table()->isColumnHidden(console.columnOf("Issuer")));
        QVERIFY(!console.table()->isColumnHidden(console.columnOf("Secret")));
        QCOMPARE(cellOf(console, rowOf(console, "Name", "webhook-receiver"), "Ready"), QStringLiteral("False"));
        // Live: somebody changes one, makes one, deletes one.
        json one = call(console, "GET", kBakeryCertificates + "/monitoring-tls");
        one["spec"]["secretName"] = "another-secret";
        QVERIFY(!call(console, "PUT", kBakeryCertificates + "/monitoring-tls", one).is_null());
        QTRY_COMPARE_WITH_TIMEOUT(cellOf(console, rowOf(console, "Name", "monitoring-tls"), "Secret"),
                                  QStringLiteral("another-secret"), kPatience);
        one = asNew(one);
        one["metadata"]["name"] = "fresh";
        QVERIFY(!call(console, "POST", kBakeryCertificates, one).is_null());
        QTRY_VERIFY_WITH_TIMEOUT(rowOf(console, "Name", "fresh") >= 0, kPatience);
        QVERIFY(!call(console, "DELETE", kBakeryCertificates + "/fresh").is_null());
        QTRY_VERIFY_WITH_TIMEOUT(rowOf(console, "Name", "fresh") < 0, kPatience);
        // Only what is wrong.
        console.trigger("view.faults");
        QTRY_COMPARE_WITH_TIMEOUT(console.window->page()->rows(), 1, kPatience);
        QCOMPARE(console.cell(0, console.columnOf("Name")), QStringLiteral("webhook-receiver"));
    }

    void thePaletteFindsKindsByAllTheirNames_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("link");
        const auto add = [](const char* typed, const char* link) {
            QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromUtf8(link);
        };
        add(":cm", "quarterdeck://kind?resource=configmaps");
        add(":certs", "quarterdeck://kind?resource=certificates.cert-manager.io");
        add(":Certificate", "quarterdeck://kind?resource=certificates.cert-manager.io");
        add(":deploy bakery-ia", "quarterdeck://kind?resource=deployments.apps&namespace=bakery-ia");
        add(":clusteriss", "quarterdeck://kind?resource=clusterissuers.cert-manager.io");
        add("netpol", "quarterdeck://kind?resource=networkpolicies.networking.k8s.io");
        add(":po", "quarterdeck://pods");
    }
    void thePaletteFindsKindsByAllTheirNames() {
        QFETCH(QString, typed);
        QFETCH(QString, link);
        const Console console("nodes");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        console.trigger("palette.open");
        auto* popup = console.part<widgets::PalettePopup>("palette");
        QTest::keyClicks(console.window->focusWidget(), typed);
        const QString wanted = link;
        // What is served and which namespaces there are comes while one types.
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                const auto items = popup->items();
                const QString first = items.isEmpty() ? QString() : items.first().title;
                const bool place =
                    first.startsWith(QStringLiteral("Go to")) && !first.contains(QStringLiteral("(404)"));
                const bool usable = !items.isEmpty() && items.first().disabledReason.isEmpty();
                const bool space = !typed.contains(QLatin1Char(' ')) || first.contains(QStringLiteral("bakery-ia"));
                return usable && space && (place || items.first().id.startsWith(QStringLiteral("kind:")));
            }(),
            kPatience);
        QTest::keyClick(console.window->focusWidget(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(QString::fromStdString(ui::formatLocation(console.window->location())), wanted,
                                  kPatience);
    }

    void placesComeBackAsTheyWere() {
        const Console console("pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        openCertificates(console);
        ui::Location place = console.window->location();
        QCOMPARE(place.resource, kCertificates);
        place.filter = "monitoring";
        place.sort = ui::SortOrder{"of_secret", true};
        const auto read = ui::parseLocation(ui::formatLocation(place));
        QVERIFY(read && *read == place);
        QVERIFY(console.window->go(*read));
        QTRY_COMPARE_WITH_TIMEOUT(console.window->page()->rows(), 2, kPatience);
        QVERIFY(console.window->location() == place);
        ui::Location maps;
        maps.page = "kind";
        maps.resource = "configmaps";
        QVERIFY(console.window->go(maps));
        QTRY_VERIFY_WITH_TIMEOUT(console.live() && console.findColumn("Data") >= 0, kPatience);
        QVERIFY(console.findColumn("Secret") < 0);
        QVERIFY2(!counts(console).isEmpty() && counts(console).front().isDigit(),
                 qPrintable(counts(console)));  // no group: Kubernetes' own
        console.trigger("go.back");
        QVERIFY(console.window->location() == place);
        QTRY_COMPARE_WITH_TIMEOUT(console.window->page()->rows(), 2, kPatience);
        console.trigger("go.forward");
        QTRY_VERIFY_WITH_TIMEOUT(console.findColumn("Data") >= 0, kPatience);
        QCOMPARE(console.part<widgets::NavigationRail>("rail")->current(), QStringLiteral("kinds"));
        // A kind with a page of our own opens that.
        maps.resource = "pods";
        QVERIFY(console.window->go(maps));
        QCOMPARE(console.pageId(), std::string("pods"));
        maps.resource.clear();
        QVERIFY(console.window->go(maps));
        QCOMPARE(console.pageId(), std::string("kinds"));
    }

    void theDrawerShowsAnyObjectAndItsYaml() {
        const Console console("pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        openCertificates(console);
        console.table()->setFocus();
        console.table()->setCurrentIndex(
            console.table()->model()->index(rowOf(console, "Name", "webhook-receiver"), 0));
        QTest::keyClick(console.table(), Qt::Key_Return);
        auto* drawer = console.window->page()->findChild<widgets::DetailsDrawer*>();
        QVERIFY(drawer->isVisible());
        drawer->setCurrentTab(QStringLiteral("yaml"));
        auto* yaml = drawer->findChild<widgets::CodeView*>();
        QTRY_VERIFY_WITH_TIMEOUT(yaml->text().contains(QStringLiteral("kind: Certificate")), kPatience);
        QVERIFY(yaml->text().contains(QStringLiteral("issuerRef")));
        QVERIFY(console.window->location().object.has_value());
    }

    void noValueOfASecretIsEverShown() {
        const Console console("pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        console.showKind("kind", "secrets");
        QTRY_VERIFY_WITH_TIMEOUT(console.live() && console.findColumn("Type") >= 0, kPatience);
        const json secret = call(console, "GET", "/api/v1/namespaces/bakery-ia/secrets/postgres-tls");
        const std::string value = secret.at("data").begin().value();
        QVERIFY(value.size() > 8);
        console.table()->setFocus();
        console.table()->setCurrentIndex(console.table()->model()->index(rowOf(console, "Name", "postgres-tls"), 0));
        QTest::keyClick(console.table(), Qt::Key_Return);
        auto* drawer = console.window->page()->findChild<widgets::DetailsDrawer*>();
        drawer->setCurrentTab(QStringLiteral("yaml"));
        auto* yaml = drawer->findChild<widgets::CodeView*>();
        QTRY_VERIFY_WITH_TIMEOUT(yaml->text().contains(QStringLiteral("kind: Secret")), kPatience);
        QVERIFY(!yaml->text().contains(QString::fromStdString(value)));
        QVERIFY(!yaml->text().contains(QStringLiteral("CANARY")));
    }

    void aDefinitionThatIsRemovedIsSaidAndComesBack() {
        const Console console("pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        openCertificates(console);
        const json definition = asNew(call(console, "GET", kDefinition));
        const json certificate = asNew(call(console, "GET", kBakeryCertificates + "/monitoring-tls"));
        QVERIFY(!call(console, "DELETE", kDefinition).is_null());
        QTRY_VERIFY_WITH_TIMEOUT(kindPage(console).table() == nullptr, 60'000);
        QVERIFY2(kindPage(console).panelText().contains(QStringLiteral("no longer served")),
                 qPrintable(kindPage(console).panelText()));
        QVERIFY(kindPage(console).panelText().contains(QString::fromStdString(kCertificates)));
        QVERIFY(console.part<widgets::StatePanel>("page.kind.panel")->isVisible());
        QVERIFY(
            !call(console, "POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition).is_null());
        QVERIFY(!call(console, "POST", kBakeryCertificates, certificate).is_null());
        QTRY_VERIFY_WITH_TIMEOUT(console.live() && rowOf(console, "Name", "monitoring-tls") >= 0, 60'000);
        QVERIFY(kindPage(console).table() != nullptr);
    }

    void aKindThatNobodyServesIsSaid() {
        const Console console("pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        console.showKind("kind", "crontabs.stable.example.com");
        QTRY_VERIFY_WITH_TIMEOUT(kindPage(console).panelText().contains(QStringLiteral("not served")), kPatience);
        QVERIFY(kindPage(console).panelText().contains(QStringLiteral("crontabs.stable.example.com")));
        QCOMPARE(kindPage(console).state(), FreshnessState::Failed);
        QVERIFY(kindPage(console).freshness().front().freshness.reason->is(ui::kKindNotServed));
    }

    void aKindThatCannotBeListedIsNotOpened() {
        const Console console("kinds");
        QTRY_VERIFY_WITH_TIMEOUT(console.live() && rowOf(console, "Kind", "SelfSubjectAccessReview") >= 0, kPatience);
        const int row = rowOf(console, "Kind", "SelfSubjectAccessReview");
        QCOMPARE(cellOf(console, row, "Table"), QStringLiteral("none"));
        console.table()->setFocus();
        console.table()->setCurrentIndex(console.table()->model()->index(row, 0));
        QTest::keyClick(console.table(), Qt::Key_Return);
        QVERIFY(console.window->page()->findChild<widgets::DetailsDrawer*>()->isVisible());
        QCOMPARE(console.pageId(), std::string("kinds"));
    }

    void everyKindOfTheDemoOpens() {
        const Console console("kinds");
        QTRY_VERIFY_WITH_TIMEOUT(console.live() && rowOf(console, "Kind", "Certificate") >= 0, kPatience);
        QStringList names;
        for (int row = 0; row < console.table()->model()->rowCount(); ++row) {
            if (cellOf(console, row, "Table") == QStringLiteral("live")) {
                const QString group = cellOf(console, row, "Group");
                names += cellOf(console, row, "Name") +
                         (group == QStringLiteral("core") ? QString() : QLatin1Char('.') + group);
            }
        }
        QVERIFY(names.size() > 20);
        for (const QString& name : names) {
            console.showKind("kind", name.toStdString());
            QTRY_VERIFY2_WITH_TIMEOUT(
                [&] {
                    const FreshnessState state = console.window->page()->state();
                    return state == FreshnessState::Live || state == FreshnessState::Empty;
                }(),
                qPrintable(name), kPatience);
        }
    }
};

QTEST_MAIN(TestKinds)
#include "test_kinds.moc"
