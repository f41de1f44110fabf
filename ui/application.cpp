#include "ui/application.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include <QApplication>
#include <QFile>
#include <QSaveFile>

#include "app/demo/demo_platform.h"
#include "app/session/cluster_session.h"
#include "app/session/session_hub.h"
#include "ui/gallery/gallery_window.h"
#include "ui/late_clock.h"
#include "ui/text/english_plurals.h"
#include "ui/text/error_text.h"
#include "ui/windows/main_window.h"
#include "ui/windows/tour.h"
#include "widgets/style.h"
#include "widgets/system_theme.h"

namespace quarterdeck::ui {

namespace {

constexpr QSize kFirstSize(1440, 900);

void complain(const QString& text) {
    std::fputs((text + QLatin1Char('\n')).toUtf8().constData(), stderr);
}

}  // namespace

std::optional<QString> prepareDisplay(bool tour) {
    if (!qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM") || !qEnvironmentVariableIsEmpty("DISPLAY") ||
        !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")) {
        return std::nullopt;
    }
    if (tour) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        return std::nullopt;
    }
    return QCoreApplication::translate(
        "Application",
        "There is no display here (DISPLAY and WAYLAND_DISPLAY are empty), so no window can be shown. Start it from a "
        "desktop session or with ssh -X, take pictures with --tour DIR, or use qdeck on the command line.");
}

Application::Application(QApplication& application, CommandLine line)
    : application_(application), line_(std::move(line)) {
    paths_ = settings::Paths::resolve(settings::Paths::Environment::ofProcess(), line_.stateDir);
    settings::LoadedSettings loaded = settings::loadSettings(paths_);
    settings_ = std::move(loaded.settings);
    settingsProblem_ = std::move(loaded.problem);
    theme_ = line_.theme.value_or(settings_.theme);
    clock_ = std::make_shared<LateClock>();
    systemTheme_ = std::make_unique<widgets::SystemTheme>();
    application_.installTranslator(new EnglishPlurals(this));
    connect(systemTheme_.get(), &widgets::SystemTheme::changed, this, [this] { applyTheme(theme_); });
}

Application::~Application() {
    if (demoStarted_) {
        demoStarted_->close();
    }
    // The tour and the window look at the hub; the hub talks to the demo.
    tour_.reset();
    window_.reset();
    hub_.reset();
    demo_.reset();
}

int Application::run() {
    applyTheme(theme_);
    if (line_.gallery) {
        GalleryWindow gallery;
        gallery.resize(line_.size.value_or(kFirstSize));
        gallery.show();
        return QApplication::exec();
    }
    if (line_.demo) {
        demoFolder_ = std::make_unique<QTemporaryDir>();
        line_.kubeconfig = demoFolder_->filePath(QStringLiteral("kubeconfig")).toStdString();
    }
    makeHub();
    makeWindow();
    application_.installEventFilter(this);
    window_->show();
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
        QApplication::quit();
        return;
    }
    if (line_.demo) {
        startDemo();
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
    hub_ = std::make_unique<session::SessionHub>(std::move(options));
    connect(hub_.get(), &session::SessionHub::contextsChanged, this, &Application::openContexts);
}

void Application::makeWindow() {
    MainWindow::Options options;
    options.clock = clock_;
    memory_ = ViewMemory(settings_.views);
    options.memory = &memory_;
    options.theme = theme_;
    options.utcTimes = settings_.utcTimes;
    if (line_.location) {
        options.start = *line_.location;
    } else if (!line_.demo && line_.tour.isEmpty()) {
        options.start = parseLocation(settings_.lastLocation).value_or(Location{});
    }
    if (line_.demo) {
        options.demo.incidents = demo::DemoPlatform::incidents();
        options.demo.start = [this](const std::string& id) {
            if (!demo_) {
                return;  // still starting
            }
            const auto begun = demo_->startIncident(id);
            window_->say(begun ? tr("The incident has begun.") : errorText(begun.error()));
        };
        options.demo.reset = [this] {
            if (demo_) {
                demo_->reset();
            }
            window_->say(tr("The demo is as it was at the start."));
        };
    }
    window_ = std::make_unique<MainWindow>(*hub_, std::move(options));
    connect(window_.get(), &MainWindow::themeChosen, this, [this](settings::Theme theme) {
        settings_.theme = theme;
        applyTheme(theme);
    });
    connect(window_.get(), &MainWindow::quitRequested, &application_, &QApplication::quit);
    const QByteArray geometry = QByteArray::fromBase64(QByteArray::fromStdString(settings_.windowGeometry));
    if (line_.size || geometry.isEmpty() || !window_->restoreGeometry(geometry)) {
        window_->resize(line_.size.value_or(kFirstSize));
    }
    if (line_.demo) {
        window_->setAwaited(tr("Starting the demo platforms …"));
        window_->say(tr("Demo: three platforms that live inside this program. Nothing here is real."));
    }
    if (settingsProblem_) {
        window_->say(errorText(*settingsProblem_));
    }
}

void Application::openContexts() {
    const bool demoComing = line_.demo && hub_->contexts().empty();
    if (opened_ || !hub_->loaded() || demoComing) {
        return;
    }
    opened_ = true;
    window_->setAwaited({});
    std::vector<std::string> wanted;
    if (!line_.contexts.empty()) {
        wanted = line_.contexts;
    } else if (!line_.demo && settings_.contextsRemembered) {
        wanted = settings_.lastOpenContexts;
    } else {
        for (const session::ContextEntry& entry : hub_->contexts()) {
            if (line_.demo || entry.current) {
                wanted.push_back(entry.id);
            }
        }
    }
    QStringList unknown;
    for (const std::string& id : wanted) {
        if (hub_->context(id) == nullptr) {
            unknown += fromUtf8(id);
        } else if (hub_->open(id) != nullptr) {
            openedByItself_.push_back(id);
        }
    }
    if (!unknown.isEmpty()) {
        const QString text = tr("Not in the kubeconfig: %1. The contexts that are stand on the Fleet page.")
                                 .arg(unknown.join(QStringLiteral(", ")));
        window_->say(text);
    }
}

void Application::startTour() {
    Tour::Options options;
    options.directory = line_.tour;
    tour_ = std::make_unique<Tour>(*window_, options, [this](settings::Theme theme) { applyTheme(theme); });
    connect(tour_.get(), &Tour::finished, this, [this](int code) {
        tourCode_ = code;
        QApplication::quit();
    });
    tour_->start();
}

void Application::applyTheme(settings::Theme theme) {
    theme_ = theme;
    const bool dark =
        theme == settings::Theme::Dark || (theme == settings::Theme::System && systemTheme_->prefersDark());
    widgets::applyTheme(application_, widgets::Theme::suiting(dark, systemTheme_->prefersHighContrast()));
    if (window_) {
        window_->setTheme(theme);
    }
}

void Application::saveSettings() {
    settings_.utcTimes = window_->utcTimes();
    settings_.views = memory_.all();
    settings_.windowGeometry = window_->saveGeometry().toBase64().toStdString();
    if (!line_.demo) {  // the demo's contexts are not the person's
        settings_.lastLocation = formatLocation(window_->location());
        std::vector<std::string> open;
        for (const session::ClusterSession* session : hub_->sessions()) {
            open.push_back(session->contextId());
        }
        std::sort(open.begin(), open.end());
        std::sort(openedByItself_.begin(), openedByItself_.end());
        if (line_.contexts.empty() && open != openedByItself_) {
            settings_.contextsRemembered = true;
        }
        if (settings_.contextsRemembered && line_.contexts.empty()) {
            settings_.lastOpenContexts = std::move(open);
        }
    }
    if (const auto saved = settings::saveSettings(paths_, settings_); !saved) {
        complain(errorText(saved.error()));
    }
}

}  // namespace quarterdeck::ui
