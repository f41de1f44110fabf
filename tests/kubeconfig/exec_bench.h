#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "app/kubeconfig/exec_plugin.h"
#include "tests/kubeconfig/kubeconfig_helpers.h"

namespace quarterdeck::kubeconfig::test {

using namespace std::chrono_literals;

inline const std::string kV1 = "client.authentication.k8s.io/v1";
inline const std::string kBeta = "client.authentication.k8s.io/v1beta1";

inline std::string answer(const std::string& status, const std::string& version = kV1) {
    return R"({"kind":"ExecCredential","apiVersion":")" + version + R"(","status":)" + status + "}";
}

inline std::string printing(const std::string& text) {
    return "cat <<'END'\n" + text + "\nEND\n";
}

/// Scripts in a folder of their own and the request that runs one of them.
struct Bench {
    Folder folder;
    std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>(Instant(1'772'000'000s));
    ExecOptions options;
    ExecRequest request;

    Bench() {
        options.clock = clock;
        options.timeLimit = 30s;
        options.environment = {"PATH=/usr/bin:/bin", "HOME=" + folder.path()};
        request.exec.apiVersion = kV1;
        request.exec.interactiveMode = "Never";
        request.origin = {folder.path("config"), folder.path()};
        request.userName = "U";
        request.cluster.name = "C";
        request.cluster.server = "https://a:6443";
    }
    Bench& plugin(const std::string& body) {
        folder.script("plugin", body);
        request.exec.command = "./plugin";
        return *this;
    }
    [[nodiscard]] Result<http::Credential> run(std::stop_token stop = {}) const {
        return runExecPlugin(request, options, stop);
    }
    [[nodiscard]] std::string read(const std::string& name) const {
        QFile file(QString::fromStdString(folder.path(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
    }
    /// How often a script that appends a line to "runs" has run.
    [[nodiscard]] int runs() const { return static_cast<int>(QByteArray::fromStdString(read("runs")).count('\n')); }
};

inline const std::string kCount = "echo run >> \"$HOME/runs\"\n";

/// Prints a token with the number of the run.
inline std::string counting(const std::string& more = "") {
    return kCount + "n=$(wc -l < \"$HOME/runs\")\n" + "printf '{\"kind\":\"ExecCredential\",\"apiVersion\":\"" + kV1 +
           "\",\"status\":{\"token\":\"CANARY-%d\"" + more + "}}' \"$n\"\n";
}

inline bool isGone(const std::string& pid) {
    QFile file(QStringLiteral("/proc/%1/stat").arg(QString::fromStdString(pid).trimmed()));
    if (!file.open(QIODevice::ReadOnly)) {
        return true;
    }
    const QByteArray stat = file.readAll();
    const qsizetype close = stat.lastIndexOf(')');
    return close < 0 || stat.mid(close + 2, 1) == "Z";
}

}  // namespace quarterdeck::kubeconfig::test
