#pragma once

#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include <QObject>
#include <QTemporaryDir>

#include "app/base/mailbox.h"
#include "app/jobs/job.h"
#include "app/settings/settings.h"
#include "app/settings/settings_keeper.h"
#include "ui/appearance.h"
#include "ui/command_line.h"
#include "ui/view_memory.h"
#include "ui/windows/demo_menu.h"

class QApplication;

namespace quarterdeck::demo {
class DemoPlatform;
}
namespace quarterdeck::session {
class ClusterSession;
struct ContextEntry;
class SessionHub;
}  // namespace quarterdeck::session
namespace quarterdeck::widgets {
class SystemTheme;
}

namespace quarterdeck::ui {

class Desk;
class LateClock;
class LinkReceiver;
class MainWindow;
class Tour;
class WindowSet;

/// The composition root of the window: settings, demo, sessions and window are made here and die here.
class Application : public QObject {
    Q_OBJECT
public:
    Application(QApplication& application, CommandLine line);
    ~Application() override;

    /// Runs until the window is closed or the tour ends; the exit code of the process.
    int run();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// What the thread that starts the demo hands over.
    using DemoStart = std::shared_ptr<Result<std::unique_ptr<demo::DemoPlatform>>>;
    void onFirstFrame();
    void startDemo();
    void takeDemo(const DemoStart& started);
    [[nodiscard]] Result<void> writeDemoConfig();
    void giveUp(const Error& error);
    void makeHub();
    void makeDesk();
    /// A link, in the window that was in front last, which comes forward; nothing = only that.
    void follow(const Result<std::optional<Location>>& link);
    /// Contexts that the place names are opened: somebody asked for them.
    void go(MainWindow& window, const Location& place);
    [[nodiscard]] std::vector<std::string> contextsToOpen() const;
    [[nodiscard]] DemoControl demoControl();
    [[nodiscard]] std::unique_ptr<MainWindow> makeWindow(const Location& start);
    /// Where the first window begins.
    void chooseStart();
    void openWindows();
    using Remember = bool (*)(settings::Settings&, const session::ContextEntry&, std::optional<bool> locked);
    /// See ui/decisions.h.
    void rememberDecision(const std::string& context, const Remember& remember);
    void rememberNamespaces(const session::ClusterSession& session);
    void openContexts();
    /// In the windows: what came of opening contexts.
    void tellOpened();
    void startTour();
    void choose(const Appearance& wanted);
    void applyAppearance();
    /// Until the last window is closed; the exit code.
    [[nodiscard]] int runWindows();
    [[nodiscard]] bool remembersPlaces() const;
    void saveSettings();

    QApplication& application_;
    CommandLine line_;
    settings::Paths paths_;
    settings::Settings settings_;
    std::unique_ptr<settings::SettingsKeeper> keeper_;
    std::optional<Error> settingsProblem_;
    std::shared_ptr<LateClock> clock_;
    std::unique_ptr<widgets::SystemTheme> systemTheme_;
    ViewMemory memory_;
    Appearance appearance_;
    std::unique_ptr<QTemporaryDir> demoFolder_;
    std::unique_ptr<demo::DemoPlatform> demo_;
    std::unique_ptr<session::SessionHub> hub_;
    std::unique_ptr<Desk> desk_;
    std::unique_ptr<WindowSet> windows_;
    jobs::JobId resetJob_ = 0;
    std::unique_ptr<Tour> tour_;
    std::unique_ptr<LinkReceiver> links_;
    /// Contexts that were opened without the person asking now.
    std::vector<std::string> openedByItself_;
    QStringList unknownContexts_;
    Location start_;
    std::optional<Result<std::optional<Location>>> link_;  ///< of the command line, until the contexts are known
    bool asLeft_ = false;                                  ///< the windows begin as the last run left them
    bool opened_ = false;
    bool framePainted_ = false;
    int tourCode_ = 0;
    std::shared_ptr<Mailbox<DemoStart>> demoStarted_;
    std::jthread demoStarter_;  // last: joined before the rest dies
};

inline constexpr ErrorCode kDemoFile{
    "application.demo-file",
    QT_TRANSLATE_NOOP("Error",
                      "The demo's kubeconfig {file} could not be written: {reason}. Check that the folder for "
                      "temporary files exists, may be written to and has room.")};

inline constexpr QSize kFirstSize(1440, 900);  ///< of a window that nobody has sized yet
inline constexpr int kExitBadArguments = 2;
inline constexpr int kExitNoDisplay = 3;
inline constexpr int kExitBySignal = 128;  ///< and the signal's number, as shells have it

}  // namespace quarterdeck::ui
