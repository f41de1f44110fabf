#include "app/kubeconfig/exec_plugin.h"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/kubeconfig/errors.h"
#include "app/kubeconfig/exec_credential.h"
#include "app/kubeconfig/login_shell.h"
#include "app/kubeconfig/material.h"
#include "app/kubeconfig/process_runner.h"

namespace quarterdeck::kubeconfig {

namespace {

/// Begins with a space, or empty.
std::string hintOf(const ExecConfig& exec) {
    const std::string hint(trimmed(withoutAnsi(exec.installHint)));
    return hint.empty() ? hint : " " + hint;
}

bool isProgram(const std::string& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) && ::access(path.c_str(), X_OK) == 0;
}

tl::unexpected<Error> notFound(const ExecRequest& request, std::string sought) {
    return fail(kExecNotFound, {{"command", request.exec.command},
                                {"user", request.userName},
                                {"path", std::move(sought)},
                                {"file", request.origin.file},
                                {"hint", hintOf(request.exec)}});
}

std::string seconds(std::chrono::milliseconds limit) {
    return limit.count() % 1000 == 0 ? fmt::format("{} s", limit.count() / 1000) : fmt::format("{} ms", limit.count());
}

/// What went wrong with the run itself; nothing where the plugin ended well.
std::optional<Error> runFailure(const ExecRequest& request, const ExecOptions& options, const std::string& program,
                                const ProcessResult& result) {
    const auto failure = [&](const ErrorCode& code, std::vector<Error::Parameter> parameters) {
        parameters.emplace_back("command", request.exec.command);
        parameters.emplace_back("user", request.userName);
        parameters.emplace_back("path", program);
        parameters.emplace_back("stderr", shownErrorOutput(result.errorOutput));
        parameters.emplace_back("hint", hintOf(request.exec));
        return makeError(code, std::move(parameters));
    };
    switch (result.end) {
        case ProcessEnd::Cancelled:
            return makeError(kCancelled);
        case ProcessEnd::NotStarted:
            return failure(kExecCannotStart, {{"reason", std::generic_category().message(result.exitCode)}});
        case ProcessEnd::TimedOut:
            return failure(kExecTimeout, {{"limit", seconds(options.timeLimit)}});
        case ProcessEnd::TooMuchOutput:
            return failure(kExecTooMuch, {{"limit", fmt::format("{} KiB", options.maxOutput >> 10U)}});
        case ProcessEnd::Signalled:
            return failure(kExecFailed, {{"outcome", fmt::format("signal {}", result.exitCode)}});
        case ProcessEnd::Exited:
            break;
    }
    if (result.exitCode != 0) {
        return failure(kExecFailed, {{"outcome", fmt::format("exit code {}", result.exitCode)}});
    }
    return std::nullopt;
}

}  // namespace

ExecOptions ExecOptions::fromEnvironment(std::shared_ptr<const Clock> clock) {
    ExecOptions options;
    options.clock = std::move(clock);
    options.environment = processEnvironment();
    const auto shell = std::make_shared<LoginShell>(LoginShell::Options::fromEnvironment());
    options.searchPath = [shell](std::stop_token stop) { return shell->path(stop); };
    return options;
}

Result<std::string> resolveCommand(const ExecRequest& request, const std::string& searchPath) {
    const std::string& command = request.exec.command;
    if (command.find('/') != std::string::npos) {
        std::string path = resolvePath(request.origin, command);
        if (!isProgram(path)) {
            return notFound(request, path);
        }
        return path;
    }
    for (std::size_t begin = 0; begin < searchPath.size();) {
        const std::size_t end = std::min(searchPath.find(':', begin), searchPath.size());
        const std::string directory = searchPath.substr(begin, end - begin);
        begin = end + 1;
        // Relative entries (and the current folder) are never searched.
        if (directory.empty() || directory.front() != '/') {
            continue;
        }
        if (std::string path = fmt::format("{}/{}", directory, command); isProgram(path)) {
            return path;
        }
    }
    return notFound(request, "PATH " + (searchPath.empty() ? std::string("(empty)") : searchPath));
}

Result<http::Credential> runExecPlugin(const ExecRequest& request, const ExecOptions& options, std::stop_token stop) {
    if (request.exec.interactiveMode == "Always") {
        return fail(kExecInteractive,
                    {{"command", request.exec.command}, {"user", request.userName}, {"file", request.origin.file}});
    }
    std::string searchPath = request.searchPath;
    if (searchPath.empty()) {
        searchPath = options.searchPath ? options.searchPath(stop) : environmentValue(options.environment, "PATH");
    }
    if (stop.stop_requested()) {
        return fail(kCancelled);
    }
    const Result<std::string> program = resolveCommand(request, searchPath);
    if (!program) {
        return fail(program.error());
    }
    ProcessRequest process;
    process.program = *program;
    process.arguments = request.exec.args;
    process.environment = options.environment;
    process.timeLimit = options.timeLimit;
    process.maxOutput = options.maxOutput;
    setEnvironmentValue(process.environment, "PATH", searchPath);
    for (const auto& [name, value] : request.exec.env) {
        setEnvironmentValue(process.environment, name, std::string(value.reveal()));
    }
    setEnvironmentValue(process.environment, "KUBERNETES_EXEC_INFO", execInfo(request));
    ProcessResult result = runProcess(process, stop);
    Result<http::Credential> credential = [&]() -> Result<http::Credential> {
        if (std::optional<Error> failure = runFailure(request, options, *program, result)) {
            return fail(std::move(*failure));
        }
        return parseExecCredential(request, {*program, result.errorOutput}, result.output);
    }();
    wipeString(result.output);
    for (std::string& variable : process.environment) {
        wipeString(variable);
    }
    return credential;
}

}  // namespace quarterdeck::kubeconfig
