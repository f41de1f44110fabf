#include <fcntl.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): sigwait is POSIX
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <ostream>

#include "app/base/time_text.h"
#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/demo/demo_platform.h"

namespace quarterdeck::cli {

namespace {

bool writeFile(const std::string& path, const std::string& text, std::ostream& err) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) {
        err << "qdeck: cannot write " << escapeForDisplay(path) << ": " << std::strerror(errno) << '\n';
        return false;
    }
    const bool whole = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    const bool closed = ::close(file) == 0;
    if (!whole || !closed) {
        err << "qdeck: cannot write all of " << escapeForDisplay(path) << ": is the disk full?\n";
    }
    return whole && closed;
}

}  // namespace

int runDemo(const std::vector<std::string>& words, std::ostream& out, std::ostream& err) {
    const auto arguments =
        Arguments::parse(words, {{"--kubeconfig-out"}, {"--demo-seed"}, {"--demo-time"}, {"--demo-incident"}}, err);
    if (!arguments) {
        return kUsage;
    }
    const std::string file = arguments->value("--kubeconfig-out");
    if (file.empty()) {
        err << "qdeck: demo needs --kubeconfig-out FILE\n";
        return kUsage;
    }
    demo::DemoOptions options;
    if (arguments->has("--demo-seed")) {
        const std::string text = arguments->value("--demo-seed");
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), options.seed);
        if (error != std::errc() || end != text.data() + text.size()) {
            err << "qdeck: --demo-seed is a whole number\n";
            return kUsage;
        }
    }
    if (arguments->has("--demo-time")) {
        options.startTime = parseRfc3339(arguments->value("--demo-time"));
        if (!options.startTime) {
            err << "qdeck: --demo-time is a time such as 2026-03-14T03:12:40Z\n";
            return kUsage;
        }
    }
    options.incident = arguments->value("--demo-incident");

    // Blocked before the platform's threads start, so that only sigwait() below sees them.
    sigset_t awaited;
    sigset_t before;
    sigemptyset(&awaited);
    sigaddset(&awaited, SIGINT);
    sigaddset(&awaited, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &awaited, &before);
    int code = kFailure;
    auto platform = demo::DemoPlatform::start(options);
    if (!platform) {
        err << describe(platform.error()) << '\n';
    } else if (writeFile(file, (*platform)->kubeconfigYaml(), err)) {
        out << "The demo platform is running; its kubeconfig is in " << escapeForDisplay(file)
            << ". End it with Ctrl+C.\n"
            << std::flush;
        int signal = 0;
        sigwait(&awaited, &signal);
        code = kSuccess;
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return code;
}

}  // namespace quarterdeck::cli
