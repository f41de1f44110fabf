#include "app/kubeconfig/login_shell.h"

#include <algorithm>
#include <string_view>

#include "app/kubeconfig/process_runner.h"

namespace quarterdeck::kubeconfig {

namespace {

constexpr std::string_view kBegin = "quarterdeck-path-begin";
constexpr std::string_view kEnd = "quarterdeck-path-end";

/// Words that every shell (bash, zsh, fish, tcsh) understands the same.
constexpr const char* kScript = "echo quarterdeck-path-begin; printenv PATH; echo quarterdeck-path-end";

/// The line between the markers; start-up files may print anything around them.
std::string betweenMarkers(const std::string& output) {
    const std::size_t begin = output.rfind(kBegin);
    const std::size_t end = begin == std::string::npos ? begin : output.find(kEnd, begin);
    if (end == std::string::npos) {
        return {};
    }
    std::string path = output.substr(begin + kBegin.size(), end - begin - kBegin.size());
    std::erase_if(path, [](char c) { return c == '\n' || c == '\r'; });
    return path;
}

/// Directories of `first`, then those of `second` that it lacks; empty and relative ones are left out.
std::string joined(const std::string& first, const std::string& second) {
    std::vector<std::string> directories;
    for (const std::string& list : {first, second}) {
        for (std::size_t begin = 0; begin < list.size();) {
            const std::size_t end = std::min(list.find(':', begin), list.size());
            std::string directory = list.substr(begin, end - begin);
            if (!directory.empty() && directory.front() == '/' &&
                std::find(directories.begin(), directories.end(), directory) == directories.end()) {
                directories.push_back(std::move(directory));
            }
            begin = end + 1;
        }
    }
    std::string path;
    for (const std::string& directory : directories) {
        path += (path.empty() ? "" : ":") + directory;
    }
    return path;
}

}  // namespace

LoginShell::Options LoginShell::Options::fromEnvironment() {
    Options options;
    options.environment = processEnvironment();
    options.shell = environmentValue(options.environment, "SHELL");
    options.processPath = environmentValue(options.environment, "PATH");
    return options;
}

LoginShell::LoginShell(Options options) : options_(std::move(options)) {}

std::string LoginShell::path(std::stop_token stop) {
    const std::scoped_lock lock(mutex_);
    if (path_) {
        return *path_;
    }
    std::string fromShell;
    if (!options_.shell.empty() && options_.shell.front() == '/') {
        ProcessRequest request;
        request.program = options_.shell;
        request.arguments = {"-l", "-i", "-c", kScript};
        request.environment = options_.environment;
        request.timeLimit = options_.timeLimit;
        const ProcessResult result = runProcess(request, stop);
        if (result.end == ProcessEnd::Cancelled) {
            return joined({}, options_.processPath);
        }
        // Whatever the shell's own end was, a PATH between the markers is the person's.
        fromShell = betweenMarkers(result.output);
    }
    path_ = joined(fromShell, options_.processPath);
    return *path_;
}

}  // namespace quarterdeck::kubeconfig
