#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <optional>
#include <ostream>

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/connection.h"
#include "app/cli/local_terminal.h"
#include "app/kube/pod_exec.h"

namespace quarterdeck::cli {

namespace {

inline constexpr ErrorCode kCannotRead{"cli.cannot-read",
                                       QT_TRANSLATE_NOOP("Error",
                                                         "Cannot read the standard input: {detail}. What was "
                                                         "passed on before is incomplete.")};

/// Standard input in pieces; a wait for more ends with a stop.
class StandardInput {
public:
    StandardInput() : stopped_(::eventfd(0, EFD_CLOEXEC)) {}
    ~StandardInput() { ::close(stopped_); }
    StandardInput(const StandardInput&) = delete;
    StandardInput& operator=(const StandardInput&) = delete;

    Result<std::string> next(const std::stop_token& stop) const {
        const std::stop_callback wake(stop, [this] {
            const std::uint64_t one = 1;
            static_cast<void>(::write(stopped_, &one, sizeof one) == sizeof one);
        });
        pollfd watched[] = {{STDIN_FILENO, POLLIN, 0}, {stopped_, POLLIN, 0}};
        while (::poll(watched, 2, -1) < 0 && errno == EINTR) {
        }
        if (watched[1].revents != 0) {
            return fail(kCancelled);
        }
        std::string piece(std::size_t{64} << 10U, '\0');
        const ssize_t count = ::read(STDIN_FILENO, piece.data(), piece.size());
        if (count < 0) {
            return fail(kCannotRead, {{"detail", std::strerror(errno)}});
        }
        piece.resize(static_cast<std::size_t>(count));
        return piece;
    }

private:
    int stopped_;
};

kube::ExecStreams::Sink sinkTo(std::ostream& stream) {
    return [&stream](std::string_view bytes) {
        stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        stream.flush();
        return stream.good();
    };
}

const std::vector<OptionSpec>& commonOptions() {
    static const std::vector<OptionSpec> options{
        {"--kubeconfig"},         {"--context"},          {"--namespace", true, "-n"}, {"--container", true, "-c"},
        {"--stdin", false, "-i"}, {"--tty", false, "-t"}, {"--yes-production", false}};
    return options;
}

/// People write -it.
std::vector<std::string> withoutJoinedOptions(std::vector<std::string>::const_iterator from,
                                              std::vector<std::string>::const_iterator to) {
    std::vector<std::string> words;
    for (; from != to; ++from) {
        if (*from == "-it" || *from == "-ti") {
            words.insert(words.end(), {"-i", "-t"});
        } else {
            words.push_back(*from);
        }
    }
    return words;
}

/// Speaks with the remote process from here until its end. The terminal, where it takes part, is as before when this
/// returns.
Result<kube::ExecResult> converse(const Connection& connection, kube::ExecRequest request, std::ostream& out,
                                  std::ostream& err, const std::stop_token& stop) {
    const bool terminal = request.terminal;
    auto exec = kube::PodExec::start(*connection.transport, connection.context, std::move(request), stop);
    if (!exec) {
        return fail(exec.error());
    }
    const StandardInput input;
    kube::ExecStreams streams;
    streams.output = sinkTo(out);
    streams.errors = sinkTo(err);
    streams.input = [&input](std::stop_token ended) { return input.next(ended); };
    const auto raw = terminal ? RawTerminal::enter(STDIN_FILENO) : nullptr;
    std::optional<SizeWatch> sizes;
    if (terminal) {
        sizes.emplace(STDIN_FILENO, [&exec, &stop](TerminalSize size) {
            static_cast<void>((*exec)->resize(size.columns, size.rows, stop));  // run() tells what ails the connection
        });
    }
    return (*exec)->run(streams, stop);
}

/// A conversation and its exit code.
int speak(const Arguments& arguments, kube::ExecRequest request, std::ostream& out, std::ostream& err) {
    request.container = arguments.value("--container");
    request.terminal = arguments.has("--tty");
    request.input = arguments.has("--stdin") || request.terminal;
    request.inputEnds = !request.terminal;
    if (request.terminal && ::isatty(STDIN_FILENO) == 0) {
        err << "qdeck: --tty needs a terminal as standard input; without one, use --stdin alone\n";
        return kUsage;
    }
    const InterruptGuard interrupt;
    const auto connection = connect(arguments, err);
    if (!connection) {
        return kNotExecuted;
    }
    if (refusedByLock(*connection, arguments, {}, err)) {  // whatever runs there may write
        return kNotExecuted;
    }
    request.nameSpace = connection->nameSpace;
    request.pod = arguments.plain().front();
    const bool command = !request.command.empty();
    const auto result = converse(*connection, std::move(request), out, err, interrupt.token());
    if (interrupt.token().stop_requested()) {
        return kInterrupted;
    }
    if (!out.good()) {
        err << "qdeck: the output could not be written; " << (command ? "the command" : "it") << " was given up\n";
        return kNotExecuted;
    }
    if (!result) {
        err << describe(result.error()) << '\n';
        return kNotExecuted;
    }
    return result->exitCode;
}

}  // namespace

int runExec(const std::vector<std::string>& words, std::ostream& out, std::ostream& err) {
    const auto dashes = std::find(words.begin(), words.end(), "--");
    auto options = commonOptions();
    options.push_back({"--end-with-connection", false});
    const auto arguments = Arguments::parse(withoutJoinedOptions(words.begin(), dashes), options, err, 1);
    if (!arguments) {
        return kUsage;
    }
    if (arguments->plain().empty() || words.end() - dashes < 2) {
        err << "qdeck: exec needs a pod and, after --, a command (see qdeck --help)\n";
        return kUsage;
    }
    kube::ExecRequest request;
    request.command.assign(dashes + 1, words.end());
    request.endsWithConnection = arguments->has("--end-with-connection");
    if (request.endsWithConnection && (arguments->has("--stdin") || arguments->has("--tty"))) {
        err << "qdeck: --end-with-connection goes without --stdin and --tty\n";
        return kUsage;
    }
    return speak(*arguments, std::move(request), out, err);
}

int runAttach(const std::vector<std::string>& words, std::ostream& out, std::ostream& err) {
    const auto arguments = Arguments::parse(withoutJoinedOptions(words.begin(), words.end()), commonOptions(), err, 1);
    if (!arguments) {
        return kUsage;
    }
    if (arguments->plain().empty()) {
        err << "qdeck: attach needs a pod (see qdeck --help)\n";
        return kUsage;
    }
    return speak(*arguments, {}, out, err);
}

}  // namespace quarterdeck::cli
