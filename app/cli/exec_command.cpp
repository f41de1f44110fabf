#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <ostream>

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/connection.h"
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

}  // namespace

int runExec(const std::vector<std::string>& words, std::ostream& out, std::ostream& err) {
    const auto dashes = std::find(words.begin(), words.end(), "--");
    const auto arguments = Arguments::parse({words.begin(), dashes},
                                            {{"--kubeconfig"},
                                             {"--context"},
                                             {"--namespace", true, "-n"},
                                             {"--container", true, "-c"},
                                             {"--stdin", false, "-i"},
                                             {"--end-with-connection", false}},
                                            err, 1);
    if (!arguments) {
        return kUsage;
    }
    if (arguments->plain().empty() || words.end() - dashes < 2) {
        err << "qdeck: exec needs a pod and, after --, a command (see qdeck --help)\n";
        return kUsage;
    }
    const InterruptGuard interrupt;
    const auto connection = connect(*arguments, err);
    if (!connection) {
        return kNotExecuted;
    }
    kube::ExecRequest request;
    request.nameSpace = connection->nameSpace;
    request.pod = arguments->plain().front();
    request.container = arguments->value("--container");
    request.command.assign(dashes + 1, words.end());
    request.input = arguments->has("--stdin");
    request.endsWithConnection = arguments->has("--end-with-connection");
    if (request.input && request.endsWithConnection) {
        err << "qdeck: give either --stdin or --end-with-connection\n";
        return kUsage;
    }
    const StandardInput input;
    kube::ExecStreams streams;
    streams.output = sinkTo(out);
    streams.errors = sinkTo(err);
    streams.input = [&input](std::stop_token stop) { return input.next(stop); };

    auto exec =
        kube::PodExec::start(*connection->transport, connection->context, std::move(request), interrupt.token());
    const auto result = exec ? (*exec)->run(streams, interrupt.token()) : Result<kube::ExecResult>(fail(exec.error()));
    if (interrupt.token().stop_requested()) {
        return kInterrupted;
    }
    if (!out.good()) {
        err << "qdeck: the output could not be written; the command was given up\n";
        return kNotExecuted;
    }
    if (!result) {
        err << describe(result.error()) << '\n';
        return kNotExecuted;
    }
    return result->exitCode;
}

}  // namespace quarterdeck::cli
