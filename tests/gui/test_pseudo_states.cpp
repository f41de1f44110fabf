// Each state of a page in a language whose texts are 40 % longer: nothing is cut.

#include "tests/gui/demo_console.h"
#include "tests/gui/pseudo_translator.h"
#include "tests/gui/state_stage.h"
#include "widgets/code_view.h"
#include "widgets/details_drawer.h"
#include "widgets/filter_line.h"

using namespace quarterdeck;
using namespace quarterdeck::gui_tests;
using kube::FreshnessState;
namespace answers = fakes::answers;

namespace {

constexpr int kLong = 90'000;

}  // namespace

class TestPseudoStates : public QObject {
    Q_OBJECT

    fakes::TestAuthority authority_;
    PseudoTranslator translator_;

    static void check(QWidget& window, const QString& name) {
        const QStringList faults = faultsInEveryLook(window, QStringLiteral("pseudo-") + name);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

private slots:
    void initTestCase() {
        QVERIFY(qApp->installTranslator(&translator_));
        widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false));
    }

    void aPageFitsInEachState_data() {
        QTest::addColumn<QByteArray>("page");
        QTest::addColumn<QByteArray>("state");
        for (const char* page : {"pods", "nodes", "events"}) {
            for (const char* state : {"loading", "empty", "filtered", "stale", "forbidden", "failed"}) {
                QTest::addRow("%s %s", page, state) << QByteArray(page) << QByteArray(state);
            }
        }
    }
    void aPageFitsInEachState() {
        QFETCH(QByteArray, page);
        QFETCH(QByteArray, state);
        const std::string name = page.toStdString();
        const auto list = state == "loading"     ? answers::silence()
                          : state == "empty"     ? emptyList()
                          : state == "forbidden" ? refusal(page.constData())
                          : state == "failed"    ? failure()
                                                 : fixtureList(name);
        const bool everywhere = state == "forbidden";  // or it would look namespace by namespace
        Stage stage(
            [served = clusterWith(name, list), list, everywhere](const auto& request, auto& peer) {
                (everywhere && request.path() != "/version" ? list : served)(request, peer);
            },
            authority_, name);
        if (state == "filtered" || state == "stale") {
            QTRY_VERIFY_WITH_TIMEOUT(stage.console.window->page()->isComplete(), kLong);
        }
        if (state == "filtered") {
            auto* filter = stage.console.part<widgets::FilterLine>("page." + name + ".filter");
            filter->setFocus();
            QTest::keyClicks(filter, QStringLiteral("nothing-like-it"));
            QTRY_COMPARE_WITH_TIMEOUT(stage.console.window->page()->rows(), 0, kLong);
        } else if (state == "stale") {
            stage.server.reset();
        }
        const FreshnessState wanted = state == "loading"     ? FreshnessState::Loading
                                      : state == "empty"     ? FreshnessState::Empty
                                      : state == "stale"     ? FreshnessState::Stale
                                      : state == "forbidden" ? FreshnessState::Forbidden
                                      : state == "failed"    ? FreshnessState::Failed
                                                             : FreshnessState::Live;
        QTRY_COMPARE_WITH_TIMEOUT(stage.state(), wanted, kLong);
        check(*stage.console.window, QString::fromUtf8(page + '-' + state));
    }

    void aStartWithoutAContextFits() {
        FileConsole console;
        console.start({console.write("config", "apiVersion: v1\nkind: Config\n")}, "fleet");
        check(*console.window, QStringLiteral("fleet-welcome"));
    }

    void cardsOfWhatIsNotConnectedFit() {
        const MixedFleet fleet(authority_);
        const FileConsole& console = fleet.console;
        QTRY_VERIFY_WITH_TIMEOUT(fleet.isSettled(), kLong);
        console.hub->close("shut");
        QTRY_VERIFY_WITH_TIMEOUT(console.part<QWidget>("closed.shut") != nullptr, kLong);
        check(*console.window, QStringLiteral("fleet-not-connected"));
        // The same contexts as chips over a table.
        console.window->go({"pods", {}, {}, {}, {}, {}});
        QTRY_VERIFY_WITH_TIMEOUT(console.window->page()->rows() == 2, kLong);
        check(*console.window, QStringLiteral("pods-not-connected"));
    }

    void theYamlTabFits() {
        const Console console("pods", true);
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kLong);
        console.openFirstRow();
        auto* drawer = console.window->page()->findChild<widgets::DetailsDrawer*>();
        QTRY_VERIFY(drawer != nullptr && drawer->isVisible());
        drawer->setCurrentTab(QStringLiteral("yaml"));
        QTRY_VERIFY_WITH_TIMEOUT(
            drawer->findChild<widgets::CodeView*>() != nullptr &&
                drawer->findChild<widgets::CodeView*>()->text().contains(QStringLiteral("kind: Pod")),
            kLong);
        check(*console.window, QStringLiteral("drawer-yaml"));
    }
};

QTEST_MAIN(TestPseudoStates)
#include "test_pseudo_states.moc"
