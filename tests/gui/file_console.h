#pragma once

// The main window on kubeconfig files that a test writes, and what a person reads in it.

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/session/cluster_session.h"
#include "app/session/session_hub.h"
#include "ui/windows/main_window.h"
#include "widgets/pill.h"

namespace quarterdeck::gui_tests {

/// A context with a cluster and a user of the same name.
struct FileContext {
    std::string name;
    std::string url;
    std::string caPem{};
    /// As YAML in one line.
    std::string user = "{token: CANARY-token}";
};

/// A kubeconfig with these contexts.
inline std::string kubeconfigOf(const std::vector<FileContext>& contexts) {
    std::string clusters = "clusters:\n";
    std::string users = "users:\n";
    std::string names = "contexts:\n";
    for (const FileContext& one : contexts) {
        const std::string ca = QByteArray::fromStdString(one.caPem).toBase64().toStdString();
        clusters += "- {name: " + one.name + ", cluster: {server: \"" + one.url + "\"" +
                    (ca.empty() ? "" : ", certificate-authority-data: " + ca) + "}}\n";
        users += "- {name: " + one.name + ", user: " + one.user + "}\n";
        names += "- {name: " + one.name + ", context: {cluster: " + one.name + ", user: " + one.name + "}}\n";
    }
    return "apiVersion: v1\nkind: Config\n" + clusters + users + names;
}

class FileConsole {
public:
    FileConsole() { QVERIFY(QDir(folder_.path()).mkdir(QStringLiteral("bin"))); }
    ~FileConsole() {
        window.reset();
        hub.reset();
    }
    FileConsole(const FileConsole&) = delete;
    FileConsole& operator=(const FileConsole&) = delete;

    [[nodiscard]] std::string path(const std::string& name) const {
        return folder_.filePath(QString::fromStdString(name)).toStdString();
    }
    std::string write(const std::string& name, const std::string& content) const {
        std::ofstream(path(name), std::ios::binary) << content;
        return path(name);
    }
    /// A credential plugin, found by its name.
    void install(const std::string& name, const std::string& script) const {
        const std::string program = write("bin/" + name, "#!/bin/sh\n" + script);
        QVERIFY(QFile(QString::fromStdString(program))
                    .setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }
    [[nodiscard]] static std::string pluginUser(const std::string& name) {
        return "{exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: " + name +
               ", installHint: Get it from example.com.}}";
    }
    /// Shows the window on these files and opens what can be used. For `change`: what is particular to this hub.
    void start(const std::vector<std::string>& files, const std::string& page,
               const std::function<void(session::SessionHub::Options&)>& change = {}) {
        std::string list;
        for (const std::string& file : files) {
            list += (list.empty() ? "" : ":") + file;
        }
        const auto clock = std::make_shared<SystemClock>();
        session::SessionHub::Options options;
        options.load = kubeconfig::LoadOptions{{}, list, folder_.path().toStdString(), {}, {}, {}};
        options.clock = clock;
        options.reloadQuiet = std::chrono::milliseconds(20);
        options.settingsOf = [bin = path("bin")](const std::string&) {
            settings::ContextSettings decided;
            decided.pluginPath = bin + ":/usr/bin:/bin";
            return decided;
        };
        if (change) {
            change(options);
        }
        hub = std::make_unique<session::SessionHub>(std::move(options));
        ui::MainWindow::Options windowOptions;
        windowOptions.clock = clock;
        windowOptions.start.page = page;
        windowOptions.utcTimes = true;
        window = std::make_unique<ui::MainWindow>(*hub, std::move(windowOptions));
        window->resize(1280, 720);
        window->show();
        QObject::connect(hub.get(), &session::SessionHub::contextsChanged, window.get(), [this] {
            for (const session::ContextEntry& entry : hub->contexts()) {
                if (entry.usable() && hub->session(entry.id) == nullptr) {
                    hub->open(entry.id);
                }
            }
        });
    }
    [[nodiscard]] session::ConnectionState stateOf(const std::string& context) const {
        const session::ClusterSession* session = hub->session(context);
        return session != nullptr ? session->status().state : session::ConnectionState::Connecting;
    }
    template <class T>
    [[nodiscard]] T* part(const std::string& name) const {
        return window->findChild<T*>(QString::fromStdString(name));
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const {
        QWidget* at = QApplication::focusWidget();
        QTest::keyClick(at != nullptr ? at : window.get(), key, modifiers);
    }

private:
    QTemporaryDir folder_;

public:
    std::unique_ptr<session::SessionHub> hub;
    std::unique_ptr<ui::MainWindow> window;
};

/// The words that are to be seen on a widget and in it; empty where it is not shown.
inline QString wordsOn(const QWidget* root) {
    QStringList words;
    if (root == nullptr || !root->isVisible()) {
        return {};
    }
    QList<const QWidget*> all{root};
    for (const QWidget* widget : root->findChildren<QWidget*>()) {
        all.append(widget);
    }
    for (const QWidget* widget : all) {
        if (widget->isVisible()) {
            const auto* pill = qobject_cast<const widgets::Pill*>(widget);
            words += pill != nullptr ? pill->text() : widget->property("text").toString();
        }
    }
    words.removeAll(QString());
    return words.join(QLatin1Char('\n'));
}

/// Everything that the window could tell anybody, tool tips and what screen readers get too.
inline QString allWords(const QWidget* window) {
    QStringList words;
    for (const QWidget* widget : window->findChildren<QWidget*>()) {
        words << widget->toolTip() << widget->accessibleName() << widget->accessibleDescription();
        for (const char* property : {"text", "title", "placeholderText", "plainText"}) {
            words << widget->property(property).toString();
        }
    }
    return words.join(QLatin1Char('\n'));
}

}  // namespace quarterdeck::gui_tests
