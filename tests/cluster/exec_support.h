#pragma once

#include "app/kube/pod_exec.h"
#include "tests/cluster/testbed.h"

namespace quarterdeck::testbed {

/// Where the real shape runs a database and services in which commands can be run.
inline constexpr const char* kNameSpace = "bakery-ia";

/// Name of the first pod of an application there; empty without one.
[[nodiscard]] inline std::string podOf(const Testbed& testbed, const char* application) {
    return testbed
        .kubectl({QStringLiteral("--context"), QStringLiteral("admin"), QStringLiteral("-n"),
                  QString::fromLatin1(kNameSpace), QStringLiteral("get"), QStringLiteral("pods"), QStringLiteral("-l"),
                  QStringLiteral("app.kubernetes.io/name=") + QString::fromLatin1(application), QStringLiteral("-o"),
                  QStringLiteral("jsonpath={.items[0].metadata.name}")})
        .out;
}

/// A script for the shell of a database's pod.
[[nodiscard]] inline kube::ExecRequest shellIn(const std::string& database, const std::string& script) {
    kube::ExecRequest request;
    request.nameSpace = kNameSpace;
    request.pod = database;
    request.container = "postgres";
    request.command = {"sh", "-c", script};
    return request;
}

/// What came of a command; output is collected where no stream takes it.
struct Outcome {
    Result<kube::ExecResult> result = fail(kCancelled);
    std::string output;
    std::string errors;
};

[[nodiscard]] inline Outcome runCommand(http::Channel& channel, kube::ExecRequest request,
                                        kube::ExecStreams streams = {}, std::stop_token stop = {}) {
    Outcome outcome;
    if (!streams.output) {
        streams.output = [&](std::string_view bytes) {
            outcome.output += bytes;
            return true;
        };
    }
    streams.errors = [&](std::string_view bytes) {
        outcome.errors += bytes;
        return true;
    };
    auto exec = kube::PodExec::start(channel, "admin", std::move(request), stop);
    outcome.result = exec ? (*exec)->run(streams, stop) : Result<kube::ExecResult>(fail(exec.error()));
    return outcome;
}

}  // namespace quarterdeck::testbed
