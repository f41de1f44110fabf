#pragma once

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <string>
#include <vector>

#include "app/kinds/registry.h"
#include "app/kube/kube_client.h"
#include "app/session/cluster_session.h"
#include "app/session/session_hub.h"
#include "tests/fakes/hostile_server.h"
#include "tests/fakes/pod_json.h"

namespace quarterdeck::session::test {

inline constexpr int kPatience = 60'000;

inline std::string base64(const std::string& text) {
    return QByteArray::fromStdString(text).toBase64().toStdString();
}

/// "Sat, 21 Nov 2026 12:00:00 GMT"
inline std::string httpDate(Instant time) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
    return QLocale::c()
        .toString(QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"))
        .toStdString();
}

inline bool isWatch(const fakes::HostileRequest& request) {
    return request.target.find("watch=true") != std::string::npos;
}

/// One pod; the watch stays open. Before that `refuse` may answer instead (true).
inline fakes::HostileServer::Handler onePod(
    std::function<bool(const fakes::HostileRequest&, fakes::HostileConnection&)> refuse = {}) {
    return [refuse = std::move(refuse)](const fakes::HostileRequest& request, fakes::HostileConnection& peer) {
        if (refuse && refuse(request, peer)) {
            return;
        }
        if (isWatch(request)) {
            peer.chunkedHead();
            peer.waitUntilClosed();
        } else if (request.path() == "/version") {
            peer.json(R"({"gitVersion":"v1.34.0","platform":"linux/amd64"})");
        } else if (request.path().ends_with("/pods")) {
            peer.json(fakes::podListJson({"web"}));
        } else {
            peer.json(R"({"metadata":{"resourceVersion":"1"},"items":[]})");
        }
    };
}

/// A folder for the files of a kubeconfig and the hub that reads it.
class IdentityRig {
public:
    [[nodiscard]] std::string path(const std::string& name) const {
        return (folder_.path() + QLatin1Char('/')).toStdString() + name;
    }
    /// Replaces a file as careful programs do: written aside, then renamed.
    std::string write(const std::string& name, const std::string& text) const {
        const std::string file = path(name);
        QFile out(QString::fromStdString(file + ".new"));
        if (!out.open(QIODevice::WriteOnly) || out.write(QByteArray::fromStdString(text)) < 0) {
            qFatal("cannot write %s", file.c_str());
        }
        out.close();
        if (::rename((file + ".new").c_str(), file.c_str()) != 0) {
            qFatal("cannot rename %s", file.c_str());
        }
        return file;
    }
    std::string script(const std::string& name, const std::string& body) const {
        const std::string file = write(name, "#!/bin/sh\n" + body);
        QFile::setPermissions(QString::fromStdString(file), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return file;
    }
    [[nodiscard]] int lines(const std::string& name) const {
        QFile file(QString::fromStdString(path(name)));
        return file.open(QIODevice::ReadOnly) ? static_cast<int>(file.readAll().count('\n')) : 0;
    }
    /// A kubeconfig with one user and these contexts, all of one cluster. `cluster` and `user`: more fields, in braces'
    /// inner form.
    void configure(const std::string& server, const std::string& caPem, const std::string& user,
                   const std::vector<std::string>& contexts = {"alpha"}, const std::string& cluster = {}) const {
        std::string text = "apiVersion: v1\nkind: Config\ncurrent-context: " + contexts.front() +
                           "\nclusters:\n- name: c\n  cluster: {server: '" + server +
                           "', certificate-authority-data: " + base64(caPem) + (cluster.empty() ? "" : ", ") + cluster +
                           "}\nusers:\n- name: u\n  user: " + user + "\ncontexts:\n";
        for (const std::string& name : contexts) {
            text += "- {name: " + name + ", context: {cluster: c, user: u, namespace: shop}}\n";
        }
        write("config", text);
    }
    [[nodiscard]] SessionHub::Options options() const {
        SessionHub::Options made;
        made.kubeconfigPath = path("config");
        made.clock = clock;
        made.reloadQuiet = std::chrono::milliseconds(20);
        return made;
    }
    /// Opens a context of a loaded hub and returns its pods.
    static std::shared_ptr<kube::ObjectStore> pods(SessionHub& hub, const std::string& context = "alpha") {
        ClusterSession* session = hub.open(context);
        return session == nullptr ? nullptr : session->store(*kinds::findKind("pods"));
    }
    /// Everything that a person could read of a session, for the search of secrets.
    static std::string said(const SessionHub& hub, const std::string& context = "alpha") {
        std::string text;
        const ClusterSession* session = hub.session(context);
        if (session->status().error) {
            text += describe(*session->status().error);
        }
        for (const StoreStatus& store : session->stores()) {
            text += store.freshness.reason ? describe(*store.freshness.reason) : std::string();
        }
        return text;
    }

    std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>();

private:
    QTemporaryDir folder_;
};

}  // namespace quarterdeck::session::test
