// The real window with the worst that a cluster, a kubeconfig and a desktop may give it.

#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

#include "app/session/session_hub.h"
#include "tests/gui/hostile_objects.h"
#include "tests/gui/layout_check.h"
#include "ui/pages/fleet/problem_list.h"
#include "ui/windows/main_window.h"
#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/details_drawer.h"
#include "widgets/style.h"
#include "widgets/table_view.h"

using namespace quarterdeck;
using fakes::HostileServer;
using gui_tests::hostileCluster;
using gui_tests::hostileNames;
using gui_tests::hostilePods;
using kube::FreshnessState;

namespace {

constexpr int kPatience = 30'000;

/// The window with this many contexts of one server open.
class Console {
public:
    Console(const HostileServer& server, const std::string& caPem, const QStringList& contexts,
            const std::string& page) {
        const QByteArray authority = QByteArray::fromStdString(caPem).toBase64();
        QJsonArray list;
        for (const QString& name : contexts) {
            list.append(
                QJsonObject{{QStringLiteral("name"), name},
                            {QStringLiteral("context"), QJsonObject{{QStringLiteral("cluster"), QStringLiteral("c")},
                                                                    {QStringLiteral("user"), QStringLiteral("u")}}}});
        }
        // JSON is YAML.
        const QJsonObject config{
            {QStringLiteral("current-context"), contexts.front()},
            {QStringLiteral("contexts"), list},
            {QStringLiteral("users"),
             QJsonArray{QJsonObject{
                 {QStringLiteral("name"), QStringLiteral("u")},
                 {QStringLiteral("user"), QJsonObject{{QStringLiteral("token"), QStringLiteral("CANARY-tok")}}}}}},
            {QStringLiteral("clusters"),
             QJsonArray{QJsonObject{
                 {QStringLiteral("name"), QStringLiteral("c")},
                 {QStringLiteral("cluster"),
                  QJsonObject{{QStringLiteral("server"), QString::fromStdString(server.url())},
                              {QStringLiteral("certificate-authority-data"), QString::fromLatin1(authority)}}}}}}};
        const std::string file = folder_.filePath(QStringLiteral("config")).toStdString();
        std::ofstream(file) << QJsonDocument(config).toJson().toStdString();
        const auto clock = std::make_shared<SystemClock>();
        session::SessionHub::Options options;
        options.kubeconfigPath = file;
        options.clock = clock;
        hub = std::make_unique<session::SessionHub>(std::move(options));
        ui::MainWindow::Options windowOptions;
        windowOptions.clock = clock;
        windowOptions.start.page = page;
        window = std::make_unique<ui::MainWindow>(*hub, std::move(windowOptions));
        window->resize(1440, 900);
        window->show();
        QObject::connect(hub.get(), &session::SessionHub::contextsChanged, window.get(), [this, contexts] {
            for (const QString& name : contexts) {
                hub->open(name.toStdString());
            }
        });
    }
    ~Console() {
        window.reset();
        hub.reset();
    }
    [[nodiscard]] bool live() const {
        return window->page()->state() == FreshnessState::Live && window->page()->isSettled();
    }

private:
    QTemporaryDir folder_;

public:
    std::unique_ptr<session::SessionHub> hub;
    std::unique_ptr<ui::MainWindow> window;
};

/// What is wrong at each size a window may have.
QStringList faultsAtEverySize(QWidget& window) {
    QStringList faults;
    QList<QSize> sizes{{1920, 1080}, {1440, 900}, {1024, 768}};
    if (!qEnvironmentVariableIsSet("QUARTERDECK_FONTLESS")) {  // boxes for letters are of any width
        sizes << QSize(800, 480);
    }
    for (const QSize& size : std::as_const(sizes)) {
        window.resize(size);
        // Layouts inside layouts settle one after the other.
        QStringList found{QString()};
        for (int round = 0; round < 20 && !found.isEmpty(); ++round) {
            QCoreApplication::processEvents();
            found = gui_tests::layoutFaults(&window);
        }
        window.grab();
        for (const QString& fault : std::as_const(found)) {
            faults += gui_tests::sizeText(size) + QStringLiteral(": ") + fault;
        }
        if (window.size() != size) {
            faults += QStringLiteral("the window became %1 instead of %2")
                          .arg(gui_tests::sizeText(window.size()), gui_tests::sizeText(size));
        }
    }
    return faults;
}

/// Whether a text holds what may hide, reorder or colour what stands around it.
bool breaksOut(const QString& text) {
    return std::any_of(text.begin(), text.end(), [](QChar one) {
        const ushort code = one.unicode();
        const bool control = (code < 0x20 && code != '\n') || (code >= 0x7F && code < 0xA0);
        const bool turns = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
        return control || turns;
    });
}

/// What every widget shows and what is read of it.
QStringList wordsBelow(const QWidget& window) {
    QStringList words;
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        words << widget->accessibleName() << widget->accessibleDescription() << widget->toolTip();
        for (const char* property : {"text", "title"}) {
            words << widget->property(property).toString();
        }
    }
    words.removeAll(QString());
    return words;
}

QString lines(const QStringList& faults) {
    return faults.join(QLatin1Char('\n'));
}

}  // namespace

class TestHostileContent : public QObject {
    Q_OBJECT

    fakes::TestAuthority authority_;

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void namesOfAnyKindLeaveTheWindowWhole() {
        HostileServer server(fakes::answers::pods(hostilePods()),
                             {.tls = authority_.server(), .clientCaPem = {}, .onConnect = {}});
        const Console console(server, authority_.caPem(), {QStringLiteral("alpha")}, "pods");
        const auto* table = console.window->findChild<widgets::TableView*>(QStringLiteral("page.pods.table"));
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), static_cast<int>(hostileNames().size()), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        const QStringList faults = faultsAtEverySize(*console.window);
        QVERIFY2(faults.isEmpty(), qPrintable(lines(faults)));
    }

    void rowsOfAnyKindLeaveTheWindowWhole_data() {
        QTest::addColumn<QByteArray>("page");
        QTest::newRow("nodes") << QByteArray("nodes");
        QTest::newRow("events") << QByteArray("events");
    }
    void rowsOfAnyKindLeaveTheWindowWhole() {
        QFETCH(QByteArray, page);
        const HostileServer server(hostileCluster(), {.tls = authority_.server(), .clientCaPem = {}, .onConnect = {}});
        const Console console(server, authority_.caPem(), {QStringLiteral("alpha")}, page.toStdString());
        auto* table = console.window->findChild<widgets::TableView*>(
            QStringLiteral("page.%1.table").arg(QString::fromUtf8(page)));
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), static_cast<int>(hostileNames().size()), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        const QStringList faults = faultsAtEverySize(*console.window);
        QVERIFY2(faults.isEmpty(), qPrintable(lines(faults)));
        // The details of each say it escaped, too.
        console.window->resize(1440, 900);
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            table->setFocus();
            table->setCurrentIndex(table->model()->index(row, 0));
            QTest::keyClick(table, Qt::Key_Return);
            auto* drawer = console.window->page()->findChild<widgets::DetailsDrawer*>();
            QTRY_VERIFY_WITH_TIMEOUT(drawer != nullptr && drawer->isVisible(), kPatience);
            QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
            QTRY_VERIFY2_WITH_TIMEOUT(gui_tests::layoutFaults(console.window.get()).isEmpty(),
                                      qPrintable(lines(gui_tests::layoutFaults(console.window.get()))), kPatience);
            for (const QString& raw : wordsBelow(*console.window)) {
                QVERIFY2(!breaksOut(raw), qPrintable(raw.left(200)));
            }
        }
    }

    void aFleetOfThemIsWhole() {
        const HostileServer server(hostileCluster(), {.tls = authority_.server(), .clientCaPem = {}, .onConnect = {}});
        const Console console(server, authority_.caPem(), {QStringLiteral("alpha"), QStringLiteral("beta")}, "fleet");
        const auto* list = [&]() -> const ui::ProblemList* {
            static_cast<void>(QTest::qWaitFor(
                [&] { return console.window->findChild<ui::ProblemList*>(QStringLiteral("card.alpha.problems")); },
                kPatience));
            return console.window->findChild<ui::ProblemList*>(QStringLiteral("card.alpha.problems"));
        }();
        QVERIFY(list != nullptr);
        // Pods, nodes and warnings are all among the problems.
        QTRY_VERIFY_WITH_TIMEOUT(list->lines().size() > 2 * hostileNames().size(), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        const QStringList faults = faultsAtEverySize(*console.window);
        QVERIFY2(faults.isEmpty(), qPrintable(lines(faults)));
        for (const ui::ProblemList::Line& line : list->lines()) {
            QVERIFY2(!breaksOut(line.text), qPrintable(line.text));
        }
        for (const QString& raw : wordsBelow(*console.window)) {
            QVERIFY2(!breaksOut(raw), qPrintable(raw.left(200)));
        }
    }

    void theCheckFindsTextThatBreaksOut() {
        QVERIFY(breaksOut(QStringLiteral("web-\u202Egnp.exe")));
        QVERIFY(breaksOut(QStringLiteral("\u001b[31m")));
        QVERIFY(!breaksOut(QStringLiteral("web-\\u202Egnp.exe")));
        QVERIFY(!breaksOut(QStringLiteral("two\nlines")));
    }

    void fortyContextsFitAndTheRestIsInAMenu() {
        HostileServer server(fakes::answers::pods(hostilePods()),
                             {.tls = authority_.server(), .clientCaPem = {}, .onConnect = {}});
        QStringList contexts;
        for (int i = 0; i < 40; ++i) {
            contexts += QStringLiteral("arn:aws:eks:eu-west-1:123456789012:cluster/platform-%1").arg(i);
        }
        const Console console(server, authority_.caPem(), contexts, "fleet");
        const auto chips = [&] { return console.window->findChildren<widgets::ContextChip*>(); };
        QTRY_COMPARE_WITH_TIMEOUT(chips().size(), 40, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(console.window->page()->rows(), 40, kPatience);
        const QStringList faults = faultsAtEverySize(*console.window);
        QVERIFY2(faults.isEmpty(), qPrintable(lines(faults)));
        const auto* more = console.window->findChild<widgets::Button*>(QStringLiteral("topbar.contexts.more"));
        QVERIFY(more->isVisible());
        int shown = 0;
        for (const widgets::ContextChip* chip : chips()) {
            shown += chip->isVisible() ? 1 : 0;
        }
        QCOMPARE(more->text(), QStringLiteral("+%1").arg(40 - shown));
        const auto* scroll = console.window->findChild<QAbstractScrollArea*>(QStringLiteral("page.fleet.scroll"));
        QVERIFY(scroll->verticalScrollBar()->maximum() > 0);
    }

    void contextsWithBadNamesAreShownEscaped() {
        HostileServer server(fakes::answers::pods(hostilePods()),
                             {.tls = authority_.server(), .clientCaPem = {}, .onConnect = {}});
        const QStringList contexts{QStringLiteral("prod\u202Egnp"), QString(253, QLatin1Char('k')),
                                   QStringLiteral("a & <b>b</b>")};
        const Console console(server, authority_.caPem(), contexts, "fleet");
        QTRY_COMPARE_WITH_TIMEOUT(console.window->findChildren<widgets::ContextChip*>().size(), 3, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(console.window->page()->rows(), 3, kPatience);
        const QStringList faults = faultsAtEverySize(*console.window);
        QVERIFY2(faults.isEmpty(), qPrintable(lines(faults)));
        int escaped = 0;
        for (const QWidget* widget : console.window->findChildren<QWidget*>()) {
            const QString text = widget->property("text").toString();
            QVERIFY2(!text.contains(QChar(0x202E)), qPrintable(gui_tests::pathOf(widget)));
            escaped += text.contains(QStringLiteral("\\u202E")) ? 1 : 0;
        }
        QVERIFY(escaped >= 1);
    }

    void withoutFontsItIsStillWhole() {
        if (qEnvironmentVariableIsSet("QUARTERDECK_FONTLESS")) {
            QSKIP("this is the run without fonts");
        }
        const QTemporaryDir folder;
        const QString config = folder.filePath(QStringLiteral("fonts.conf"));
        std::ofstream(config.toStdString())
            << "<?xml version=\"1.0\"?><fontconfig><dir>" << folder.path().toStdString() << "</dir><cachedir>"
            << folder.path().toStdString() << "</cachedir></fontconfig>";
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("FONTCONFIG_FILE"), config);
        environment.insert(QStringLiteral("QUARTERDECK_FONTLESS"), QStringLiteral("1"));
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("namesOfAnyKindLeaveTheWindowWhole"),
                                                                QStringLiteral("fortyContextsFitAndTheRestIsInAMenu")});
        QVERIFY(process.waitForFinished(240'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QVERIFY2(process.exitCode() == 0, process.readAll().constData());
    }
};

int main(int argc, char** argv) {
    // A desktop without a session bus, and without what runs on it: portal, keychain, accessibility.
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    QApplication application(argc, argv);
    TestHostileContent test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_hostile_content.moc"
