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
#include "tests/fakes/hostile_server.h"
#include "tests/gui/layout_check.h"
#include "ui/windows/main_window.h"
#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/style.h"
#include "widgets/table_view.h"

using namespace quarterdeck;
using fakes::HostileConnection;
using fakes::HostileRequest;
using fakes::HostileServer;
using kube::FreshnessState;

namespace {

constexpr int kPatience = 30'000;

QJsonObject pod(const QString& name, const QString& nameSpace, int number) {
    QJsonObject labels;
    QJsonObject annotations;
    if (number == 0) {
        for (int i = 0; i < 500; ++i) {
            labels.insert(QStringLiteral("example.org/label-%1").arg(i), QString(63, QLatin1Char('v')));
        }
        annotations.insert(QStringLiteral("example.org/blob"), QString(1'000'000, QLatin1Char('x')));
    }
    const QJsonObject waiting{{QStringLiteral("reason"), QStringLiteral("CrashLoopBackOff\n\u202E<b>")},
                              {QStringLiteral("message"), QString(4'000, QLatin1Char('m'))}};
    const QJsonObject status{
        {QStringLiteral("phase"), QStringLiteral("Running")},
        {QStringLiteral("containerStatuses"),
         QJsonArray{QJsonObject{{QStringLiteral("name"), name},
                                {QStringLiteral("ready"), false},
                                {QStringLiteral("restartCount"), 2'000'000'000},
                                {QStringLiteral("state"), QJsonObject{{QStringLiteral("waiting"), waiting}}}}}}};
    return {{QStringLiteral("metadata"),
             QJsonObject{{QStringLiteral("name"), name},
                         {QStringLiteral("namespace"), nameSpace},
                         {QStringLiteral("uid"), QStringLiteral("uid-%1").arg(number)},
                         {QStringLiteral("resourceVersion"), QString::number(number + 1)},
                         {QStringLiteral("creationTimestamp"), QStringLiteral("1970-01-01T00:00:01Z")},
                         {QStringLiteral("labels"), labels},
                         {QStringLiteral("annotations"), annotations}}},
            {QStringLiteral("spec"), QJsonObject{{QStringLiteral("nodeName"), name}}},
            {QStringLiteral("status"), status}};
}

QStringList hostileNames() {
    return {QString(253, QLatin1Char('w')),
            QStringLiteral("web-\u202Egnp.exe"),
            QStringLiteral("line\nbreak\ttab\u001b[31m\u0007"),
            QStringLiteral("👩‍👩‍👧-🚀-ملف-文件"),
            QStringLiteral("<img src=x><b>&amp;%1%n"),
            QStringLiteral("zero\u200Bwidth\u2066\u2069")};
}

std::string hostilePods() {
    QJsonArray items;
    for (const QString& name : hostileNames()) {
        items.append(pod(name, name.left(63), static_cast<int>(items.size())));
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("kind"), QStringLiteral("PodList")},
                                     {QStringLiteral("apiVersion"), QStringLiteral("v1")},
                                     {QStringLiteral("metadata"),
                                      QJsonObject{{QStringLiteral("resourceVersion"), QStringLiteral("9")}}},
                                     {QStringLiteral("items"), items}})
        .toJson()
        .toStdString();
}

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
