#pragma once

// The real window on servers that a test plays, held up to each theme and size in each state.

#include <QAbstractButton>
#include <QDir>

#include <nlohmann/json.hpp>

#include "tests/fakes/hostile_server.h"
#include "tests/fakes/pod_json.h"
#include "tests/gui/file_console.h"
#include "tests/gui/layout_check.h"
#include "widgets/style.h"

namespace quarterdeck::gui_tests {

/// Answers lists of one kind as `list` does, keeps watches open and silent, and has nothing of other kinds.
inline fakes::HostileServer::Handler clusterWith(const std::string& resource, fakes::HostileServer::Handler list) {
    return [resource, list = std::move(list)](const fakes::HostileRequest& request, fakes::HostileConnection& peer) {
        if (request.path() == "/version") {
            peer.json(R"({"gitVersion":"v1.34.0","platform":"linux/amd64"})");
        } else if (request.path().ends_with("/" + resource) && request.target.find("watch=true") == std::string::npos) {
            list(request, peer);
        } else if (request.target.find("watch=true") != std::string::npos) {
            peer.chunkedHead();
            peer.waitUntilClosed();
        } else {
            peer.json(R"({"metadata":{"resourceVersion":"1"},"items":[]})");
        }
    };
}

/// A list of tests/fixtures/kinds.
inline std::string fixtureText(const std::string& resource) {
    QFile file(
        QStringLiteral(QUARTERDECK_SOURCE_DIR "/tests/fixtures/kinds/%1.json").arg(QString::fromStdString(resource)));
    if (!file.open(QIODevice::ReadOnly)) {
        QTest::qFail("the fixture cannot be read", __FILE__, __LINE__);
    }
    return file.readAll().toStdString();
}
inline fakes::HostileServer::Handler fixtureList(const std::string& resource) {
    return fakes::answers::json(fixtureText(resource));
}

/// One object of such a list.
inline std::string fixtureObject(const std::string& resource, std::size_t index) {
    return nlohmann::json::parse(fixtureText(resource)).at("items").at(index).dump();
}

/// One context, alpha, played by one server.
class Stage {
public:
    Stage(fakes::HostileServer::Handler handler, const fakes::TestAuthority& authority, const std::string& page)
        : server(std::make_unique<fakes::HostileServer>(
              std::move(handler),
              fakes::HostileServer::Options{.tls = authority.server(), .clientCaPem = {}, .onConnect = {}})) {
        console.start({console.write("config", kubeconfigOf({{"alpha", server->url(), authority.caPem()}}))}, page);
        console.window->activateWindow();
        if (!QTest::qWaitForWindowActive(console.window.get())) {
            QTest::qFail("the window has no focus", __FILE__, __LINE__);
        }
    }
    [[nodiscard]] kube::FreshnessState state() const { return console.window->page()->state(); }
    [[nodiscard]] QString said() const { return wordsOn(console.window->page()); }

    FileConsole console;
    std::unique_ptr<fakes::HostileServer> server;
};

inline fakes::HostileServer::Handler emptyList() {
    return fakes::answers::json(R"({"metadata":{"resourceVersion":"1"},"items":[]})");
}

inline fakes::HostileServer::Handler refusal(const char* resource) {
    return fakes::answers::kubernetesStatus(
        403, "Forbidden",
        std::string("User jane cannot list resource ") + resource + " in API group at the cluster scope");
}

inline fakes::HostileServer::Handler failure() {
    return fakes::answers::kubernetesStatus(500, "InternalError", "etcdserver: request timed out");
}

/// The fleet of five contexts of which one can be used (alpha, with two pods), one needs a login, one cannot be
/// reached, one is closed by the test (shut) and one is written wrongly (broken).
class MixedFleet {
public:
    explicit MixedFleet(const fakes::TestAuthority& authority)
        : server_(fakes::answers::pods(fakes::podListJson({"web-1", "web-2"})),
                  {.tls = authority.server(), .clientCaPem = {}, .onConnect = {}}) {
        console.install("qd-login",
                        "echo 'The SSO session has expired or is otherwise invalid. To refresh this SSO session run "
                        "sso login with the corresponding profile.' >&2; exit 1\n");
        FileContext out{"bakery-ia-staging", server_.url(), authority.caPem()};
        out.user = FileConsole::pluginUser("qd-login");
        console.start({console.write("config", kubeconfigOf({{"alpha", server_.url(), authority.caPem()},
                                                             out,
                                                             {"globeco-dr-prod", "http://127.0.0.1:1"},
                                                             {"shut", server_.url(), authority.caPem()},
                                                             {"broken", "http://[bad"}}))},
                      "fleet");
    }
    /// It is known of each that is opened how it is.
    [[nodiscard]] bool isSettled() const {
        using session::ConnectionState;
        return console.stateOf("alpha") == ConnectionState::Connected &&
               console.stateOf("bakery-ia-staging") == ConnectionState::SignedOut &&
               console.stateOf("globeco-dr-prod") == ConnectionState::Unreachable;
    }

private:
    fakes::HostileServer server_;

public:
    FileConsole console;
};

/// The button with these words that can be seen below; null where there is none.
inline QAbstractButton* buttonSaying(const QWidget* root, const QString& words) {
    for (auto* button : root->findChildren<QAbstractButton*>()) {
        if (button->isVisible() && button->text() == words) {
            return button;
        }
    }
    return nullptr;
}

/// Whether Tab comes by, from wherever the focus is.
inline bool tabReaches(const QWidget* target) {
    for (int i = 0; i < 200; ++i) {
        if (QApplication::focusWidget() == target) {
            return true;
        }
        QWidget* at = QApplication::focusWidget();
        QTest::keyClick(at != nullptr ? at : target->window(), Qt::Key_Tab);
    }
    return false;
}

/// What is wrong with the layout in dark and light at both sizes. With QUARTERDECK_PICTURES=FOLDER each look is kept
/// there as NAME-THEME-WxH.png.
inline QStringList faultsInEveryLook(QWidget& window, const QString& name) {
    QStringList faults;
    const QString folder = qEnvironmentVariable("QUARTERDECK_PICTURES");
    for (const char* theme : {"dark", "light"}) {
        widgets::applyTheme(*qApp, widgets::Theme::named(QString::fromUtf8(theme)));
        for (const QSize size : {QSize(1280, 720), QSize(1440, 900)}) {
            window.resize(size);
            QStringList found{QString()};
            for (int round = 0; round < 20 && !found.isEmpty(); ++round) {  // layouts inside layouts
                QCoreApplication::processEvents();
                found = layoutFaults(&window);
            }
            const QString look = QStringLiteral("%1-%2-%3").arg(name, QString::fromUtf8(theme), sizeText(size));
            for (const QString& fault : std::as_const(found)) {
                faults += look + QStringLiteral(": ") + fault;
            }
            if (window.size() != size) {
                faults += look + QStringLiteral(": the window became ") + sizeText(window.size());
            }
            if (!folder.isEmpty() &&
                (!QDir().mkpath(folder) || !window.grab().save(QDir(folder).filePath(look + QStringLiteral(".png"))))) {
                faults += QStringLiteral("%1 cannot be written").arg(look);
            }
        }
    }
    return faults;
}

}  // namespace quarterdeck::gui_tests
