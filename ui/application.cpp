#include "ui/application.h"

#include <cstdio>
#include <filesystem>
#include <utility>

#include <QApplication>
#include <QFile>
#include <QSaveFile>

#include "app/demo/demo_platform.h"
#include "app/http/libcurl.h"
#include "app/session/cluster_session.h"
#include "app/session/session_hub.h"
#include "ui/decisions.h"
#include "ui/end_signals.h"
#include "ui/gallery/gallery_window.h"
#include "ui/late_clock.h"
#include "ui/links/link_receiver.h"
#include "ui/notices/desktop_notices.h"
#include "ui/text/english_plurals.h"
#include "ui/text/error_text.h"
#include "ui/windows/complete_report.h"
#include "ui/windows/desk.h"
#include "ui/windows/main_window.h"
#include "ui/windows/tour.h"
#include "ui/windows/window_set.h"
#include "widgets/icon_set.h"
#include "widgets/style.h"
#include "widgets/system_theme.h"

namespace quarterdeck::ui {

namespace {

constexpr std::chrono::milliseconds kFilesPatience(100);  ///< a slow network folder must not hold the window back

void complain(const QString& text) {
    std::fputs((text + QLatin1Char('\n')).toUtf8().constData(), stderr);
}

}  // namespace

Application::Application(QApplication& application, CommandLine line)
    : application_(application), line_(std::move(line)) {
    paths_ = settings::Paths::resolve(settings::Paths::Environment::ofProcess(), line_.stateDir);
    settings::LoadedSettings loaded = settings::loadSettings(paths_);
    settings_ = std::move(loaded.settings);
    keeper_ = std::make_unique<settings::SettingsKeeper>(
        paths_, settings_, [](const Error& error) { std::fputs((describe(error) + '\n').c_str(), stderr); });
    if (!line_.kubeconfig.empty()) {
        std::error_code unknown;
        const auto whole = std::filesystem::absolute(line_.kubeconfig, unknown);
        line_.kubeconfig = unknown ? line_.kubeconfig : whole.lexically_normal().string();
    }
    settingsProblem_ = std::move(loaded.problem);
    appearance_.theme = line_.theme.value_or(settings_.theme);
    appearance_.contrast = settings_.contrast;
    appearance_.textScale = settings_.textScale;
    if (settings_.quietFrom && settings_.quietTo) {
        appearance_.quiet = QuietHours{*settings_.quietFrom, *settings_.quietTo};
    }
    clock_ = std::make_shared<LateClock>();
    systemTheme_ = std::make_unique<widgets::SystemTheme>();
    application_.installTranslator(new EnglishPlurals(this));
    connect(systemTheme_.get(), &widgets::SystemTheme::changed, this, [this] { applyAppearance(); });
}

Application::~Application() {
    if (demoStarted_) {
        demoStarted_->close();
    }
    // The tour and the windows look at desk and hub; jobs and the hub talk to the demo.
    links_.reset();
    tour_.reset();
    if (windows_) {
        windows_->clear();
    }
    desk_.reset();
    hub_.reset();
    demo_.reset();
}

int Application::run() {
    int signal = 0;
    const EndSignals endings([&signal](int which) {
        signal = which;
        QApplication::quit();  // as if the last window were closed: nothing is lost
    });
    const int code = runWindows();
    return signal == 0 ? code : kExitBySignal + signal;
}

int Application::runWindows() {
    if (line_.gallery) {
        applyAppearance();
        GalleryWindow gallery;
        gallery.resize(line_.size.value_or(kFirstSize));
        gallery.show();
        return QApplication::exec();
    }
    if (line_.demo) {
        demoFolder_ = std::make_unique<QTemporaryDir>();
        line_.kubeconfig = demoFolder_->filePath(QStringLiteral("kubeconfig")).toStdString();
    }
    chooseStart();
    makeHub();
    makeDesk();
    applyAppearance();
    hub_->awaitFiles(kFilesPatience);  // the servers work on what the first page needs while its window is built
    openWindows();
    application_.installEventFilter(this);
    for (MainWindow* window : windows_->windows()) {
        window->show();
    }
    const int code = QApplication::exec();
    if (tour_) {
        for (const QString& fault : tour_->faults()) {
            complain(fault);
        }
        return code != 0 ? code : tourCode_;
    }
    if (code == 0 && !line_.exitAfterFirstFrame) {
        saveSettings();
    }
    return code;
}

bool Application::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Paint && !std::exchange(framePainted_, true)) {
        // Queued: after this frame is on the screen.
        QMetaObject::invokeMethod(this, &Application::onFirstFrame, Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

void Application::onFirstFrame() {
    application_.removeEventFilter(this);
    if (line_.exitAfterFirstFrame) {
        std::puts("painted");
        std::fflush(stdout);
        QApplication::quit();
        return;
    }
    QApplication::setWindowIcon(widgets::applicationIcon());  // pictures in seven sizes, which no frame waits for
    if (line_.demo) {
        startDemo();
    } else if (line_.tour.isEmpty()) {
        links_ = std::make_unique<LinkReceiver>([this](const auto& place) { follow(place); });
    }
    if (line_.reportComplete) {
        new CompleteReport(windows_->front(), &windows_->front());
    }
    if (!line_.tour.isEmpty()) {
        startTour();
    }
}

void Application::startDemo() {
    demo::DemoOptions options;
    options.seed = line_.demoSeed;
    options.startTime = line_.demoTime;
    options.incident = line_.demoIncident;
    demoStarted_ = std::make_shared<Mailbox<DemoStart>>(
        this, [this](const std::vector<DemoStart>& started) { takeDemo(started.front()); });
    demoStarter_ = std::jthread([box = demoStarted_, options] {
        using Started = Result<std::unique_ptr<demo::DemoPlatform>>;
        http::ensureCurl();  // not on the interface thread, with the first connection
        box->post(std::make_shared<Started>(demo::DemoPlatform::start(options)));
    });
}

void Application::takeDemo(const DemoStart& started) {
    if (!*started) {
        giveUp(started->error());
        return;
    }
    demo_ = std::move(**started);
    clock_->set(demo_->clock());
    if (const auto written = writeDemoConfig(); !written) {
        giveUp(written.error());
        return;
    }
    hub_->reload();
}

Result<void> Application::writeDemoConfig() {
    QSaveFile file(QString::fromStdString(line_.kubeconfig));  // a reader never sees half of it
    const QByteArray yaml = QByteArray::fromStdString(demo_->kubeconfigYaml());
    const bool written = file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
                         file.write(yaml) == yaml.size() && file.commit();
    if (!written) {
        return fail(kDemoFile, {{"file", line_.kubeconfig}, {"reason", file.errorString().toStdString()}});
    }
    return {};
}

void Application::giveUp(const Error& error) {
    complain(errorText(error));
    QApplication::exit(1);
}

void Application::makeHub() {
    session::SessionHub::Options options;
    options.kubeconfigPath = line_.kubeconfig;
    options.clock = clock_;
    options.machineClock = std::make_shared<SystemClock>();  // the demo's clock leaps when it starts
    options.settingsOf = [this](const std::string& clusterKey) {
        const auto found = settings_.clusters.find(clusterKey);
        return found == settings_.clusters.end() ? settings::ContextSettings{} : found->second;
    };
    hub_ = std::make_unique<session::SessionHub>(std::move(options));
    connect(hub_.get(), &session::SessionHub::lockChanged, this,
            [this](const QString& id) { rememberDecision(id.toStdString(), rememberLock); });
    connect(hub_.get(), &session::SessionHub::productionChanged, this,
            [this](const QString& id) { rememberDecision(id.toStdString(), rememberProduction); });
    connect(hub_.get(), &session::SessionHub::contextsChanged, this, &Application::openContexts);
}

void Application::makeDesk() {
    Desk::Options options;
    options.clock = clock_;
    options.sink = std::make_unique<DesktopNotices>();
    options.active = [] { return QGuiApplication::applicationState() == Qt::ApplicationActive; };
    desk_ = std::make_unique<Desk>(*hub_, std::move(options));
    desk_->notices().setQuietHours(appearance_.quiet);
    connect(&desk_->notices(), &NoticeCenter::chosen, this, [this](const Location& place) { follow(place); });
    connect(&desk_->jobs(), &jobs::JobRunner::ended, this, [this](jobs::JobId id) {
        if (id == resetJob_) {
            windows_->front().tell({tr("The demo is as it was at the start."), widgets::Tone::Good, {}});
        }
    });
}

DemoControl Application::demoControl() {
    DemoControl control;
    if (!line_.demo) {
        return control;
    }
    control.incidents = demo::DemoPlatform::incidents();
    control.start = [this](const std::string& id) {
        if (!demo_) {
            return;  // still starting
        }
        const auto begun = demo_->startIncident(id);
        windows_->front().tell({begun ? tr("The incident has begun.") : errorText(begun.error()),
                                begun ? widgets::Tone::Good : widgets::Tone::Critical,
                                {}});
    };
    control.reset = [this] {
        if (demo_) {
            resetJob_ = desk_->jobs().start(
                {tr("Reset the demo").toStdString(), {}, [demo = demo_.get()](jobs::Progress&, std::stop_token) {
                     demo->reset();
                     return Result<std::string>(std::string());
                 }});
        }
    };
    return control;
}

std::unique_ptr<MainWindow> Application::makeWindow(const Location& start) {
    MainWindow::Options options;
    options.clock = clock_;
    options.start = start;
    options.memory = &memory_;
    options.desk = desk_.get();
    options.appearance = appearance_;
    options.utcTimes = settings_.utcTimes;
    options.demo = demoControl();
    if (line_.demo && !opened_) {
        options.awaited = tr("Starting the demo platforms …");
    }
    auto window = std::make_unique<MainWindow>(*hub_, std::move(options));
    connect(window.get(), &MainWindow::appearanceChosen, this, &Application::choose);
    connect(window.get(), &MainWindow::quitRequested, &application_, &QApplication::quit);
    if (line_.demo) {
        window->say(tr("Demo: three platforms that live inside this program. Nothing here is real."));
    }
    return window;
}

void Application::startTour() {
    Tour::Options options;
    options.directory = line_.tour;
    tour_ = std::make_unique<Tour>(windows_->front(), options, [this](settings::Theme theme) {
        appearance_.theme = theme;
        applyAppearance();
    });
    connect(tour_.get(), &Tour::finished, this, [this](int code) {
        tourCode_ = code;
        QApplication::quit();
    });
    tour_->start();
}

void Application::choose(const Appearance& wanted) {
    if (wanted.theme != appearance_.theme) {  // --theme alone is not remembered
        settings_.theme = wanted.theme;
    }
    settings_.contrast = wanted.contrast;
    settings_.textScale = wanted.textScale;
    settings_.quietFrom = wanted.quiet ? std::optional(wanted.quiet->from) : std::nullopt;
    settings_.quietTo = wanted.quiet ? std::optional(wanted.quiet->to) : std::nullopt;
    appearance_ = wanted;
    desk_->notices().setQuietHours(wanted.quiet);
    applyAppearance();
}

void Application::applyAppearance() {
    const bool dark = appearance_.theme == settings::Theme::Dark ||
                      (appearance_.theme == settings::Theme::System && systemTheme_->prefersDark());
    const bool strong = appearance_.contrast == settings::Contrast::High ||
                        (appearance_.contrast == settings::Contrast::System && systemTheme_->prefersHighContrast());
    widgets::applyTheme(application_, widgets::Theme::suiting(dark, strong), appearance_.textScale);
    if (windows_) {
        for (MainWindow* window : windows_->windows()) {
            window->setAppearance(appearance_);
        }
    }
}

}  // namespace quarterdeck::ui
