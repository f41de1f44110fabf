// Which contexts a start opens: what the person left, of the kubeconfig that it was left of.

#include <QAbstractButton>
#include <QApplication>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <functional>
#include <set>

#include "app/settings/settings.h"
#include "tests/gui/file_console.h"
#include "ui/application.h"
#include "ui/windows/main_window.h"
#include "widgets/style.h"

using namespace quarterdeck;
using namespace quarterdeck::gui_tests;

namespace {

using Names = std::set<std::string>;

/// Nobody listens there: a context is opened all the same.
constexpr const char* kNobody = "https://127.0.0.1:1";

ui::MainWindow* shownWindow() {
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (auto* window = qobject_cast<ui::MainWindow*>(widget); window != nullptr && window->isVisible()) {
            return window;
        }
    }
    return nullptr;
}

Names openContexts() {
    Names names;
    const QString prefix = QStringLiteral("topbar.context.");
    if (const ui::MainWindow* window = shownWindow()) {
        for (const QAbstractButton* chip : window->findChildren<QAbstractButton*>()) {
            if (chip->objectName().startsWith(prefix)) {
                names.insert(chip->objectName().mid(prefix.size()).toStdString());
            }
        }
    }
    return names;
}

class Runs {
public:
    Runs() {
        write("config", kubeconfigOf({{"alpha", kNobody}, {"beta", kNobody}}) + "current-context: alpha\n");
        write("other", kubeconfigOf({{"gamma", kNobody}, {"delta", kNobody}}) + "current-context: gamma\n");
    }
    ~Runs() { qunsetenv("KUBECONFIG"); }
    Runs(const Runs&) = delete;
    Runs& operator=(const Runs&) = delete;

    void write(const std::string& name, const std::string& content) const { std::ofstream(path(name)) << content; }
    [[nodiscard]] std::string path(const std::string& name) const {
        return folder_.filePath(QString::fromStdString(name)).toStdString();
    }
    [[nodiscard]] settings::Settings kept() const {
        return settings::loadSettings(settings::Paths::resolve({}, path("state"))).settings;
    }

    /// A run of the whole console until exactly these are open. `given`: by --kubeconfig, else by the environment.
    void expect(const Names& open, const std::string& file, bool given, const std::string& link = {}) const {
        qputenv("KUBECONFIG", given ? QByteArray() : QByteArray::fromStdString(path(file)));
        ui::CommandLine line;
        line.stateDir = path("state");
        line.link = link;
        line.kubeconfig = given ? path(file) : std::string();
        ui::Application application(*qApp, line);
        QTimer timer;
        int left = 3000;
        bool shown = false;
        Names last;
        QObject::connect(&timer, &QTimer::timeout, qApp, [&] {
            last = openContexts();
            // With nothing to open there is nothing to wait for but the files.
            shown = shownWindow() != nullptr && last == open && (!open.empty() || left < 2950);
            if (shown || --left == 0) {
                timer.stop();
                QApplication::quit();
            }
        });
        timer.start(10);
        QCOMPARE(application.run(), 0);
        const auto text = [](const Names& names) {
            QStringList list;
            for (const std::string& name : names) {
                list += QString::fromStdString(name);
            }
            return list.join(QLatin1Char(' '));
        };
        QVERIFY2(shown, qPrintable(QStringLiteral("open: %1 instead of: %2").arg(text(last), text(open))));
    }

private:
    QTemporaryDir folder_;
};

}  // namespace

class TestRememberedContexts : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void theFirstStartOpensTheCurrentContextAndLaterOnesWhatWasLeft() {
        const Runs runs;
        runs.expect({"alpha"}, "config", false);
        QVERIFY(!runs.kept().contextsRemembered);
        runs.expect({"alpha", "beta"}, "config", false, "quarterdeck://pods?context=beta");
        QVERIFY(runs.kept().contextsRemembered);
        runs.expect({"alpha", "beta"}, "config", false);
    }

    void aKubeconfigThatIsAwayForOnceForgetsNothing() {
        const Runs runs;
        runs.expect({"alpha", "beta"}, "config", false, "quarterdeck://pods?context=beta");
        runs.expect({}, "not-mounted", false);
        QCOMPARE(runs.kept().lastOpenContexts, (std::vector<std::string>{"alpha", "beta"}));
        runs.expect({"alpha", "beta"}, "config", false);
    }

    void aLookAtAnotherKubeconfigOpensItsOwnAndForgetsNothing() {
        const Runs runs;
        runs.expect({"alpha", "beta"}, "config", false, "quarterdeck://pods?context=beta");
        runs.expect({"gamma"}, "other", true);
        runs.expect({"gamma", "delta"}, "other", true, "quarterdeck://pods?context=delta");
        QCOMPARE(runs.kept().lastOpenContexts, (std::vector<std::string>{"alpha", "beta"}));
        QCOMPARE(runs.kept().lastKubeconfig, std::string());
        runs.expect({"alpha", "beta"}, "config", false);
    }

    void whoAlwaysNamesTheKubeconfigIsRememberedToo() {
        const Runs runs;
        runs.expect({"gamma", "delta"}, "other", true, "quarterdeck://pods?context=delta");
        QCOMPARE(runs.kept().lastKubeconfig, runs.path("other"));
        runs.expect({"gamma", "delta"}, "other", true);
        // The environment's own starts with its current one and is what is remembered from then on.
        runs.expect({"alpha"}, "config", false);
        QCOMPARE(runs.kept().lastKubeconfig, std::string());
    }
};

QTEST_MAIN(TestRememberedContexts)
#include "test_remembered_contexts.moc"
