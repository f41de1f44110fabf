#include "app/kube/pod_exec.h"

#include <algorithm>
#include <thread>

#include <fmt/format.h>

#include "app/kube/exec_status.h"
#include "app/kube/upgrade_error.h"

namespace quarterdeck::kube {

namespace {

constexpr unsigned char kInput = 0;
constexpr unsigned char kOutput = 1;
constexpr unsigned char kErrors = 2;
constexpr unsigned char kStatus = 3;
constexpr unsigned char kResize = 4;
constexpr unsigned char kClose = 255;
constexpr const char* kVersion5 = "v5.channel.k8s.io";
constexpr const char* kVersion4 = "v4.channel.k8s.io";
/// The server reads one frame at a time into memory.
constexpr std::size_t kInputPiece = std::size_t{32} << 10U;
/// After the status only the closing is left.
constexpr std::chrono::milliseconds kAfterStatus{10'000};

std::string describeWhat(const ExecRequest& request) {
    return fmt::format("{} pod {} of namespace {}", request.command.empty() ? "the process in" : "the command in",
                       request.pod, request.nameSpace);
}

/// Runs its arguments as a command and watches its own input meanwhile: the end of that is the end of the connection.
constexpr const char* kLeash =
    "exec 3<&0; \"$@\" </dev/null 3<&- & p=$!; "
    "{ trap 'kill $!; exit' TERM; cat <&3 & wait $!; "
    "kill -TERM $p; sleep 5 & wait $!; kill -KILL $p; } >/dev/null 2>&1 & w=$!; "
    "exec 3<&-; wait $p; c=$?; { kill $w; wait $w; } 2>/dev/null; exit $c";

std::vector<std::string> wordsOf(const ExecRequest& request) {
    if (!request.endsWithConnection || request.command.empty()) {
        return request.command;
    }
    std::vector<std::string> words{"sh", "-c", kLeash, "sh"};
    words.insert(words.end(), request.command.begin(), request.command.end());
    return words;
}

std::string target(const ExecRequest& request) {
    std::string text = fmt::format("/api/v1/namespaces/{}/pods/{}/{}", http::percentEncode(request.nameSpace),
                                   http::percentEncode(request.pod), request.command.empty() ? "attach" : "exec");
    char separator = '?';
    const auto add = [&](const char* key, const std::string& value) {
        text += separator;
        text += fmt::format("{}={}", key, http::percentEncode(value));
        separator = '&';
    };
    for (const std::string& word : wordsOf(request)) {
        add("command", word);
    }
    if (!request.container.empty()) {
        add("container", request.container);
    }
    const std::pair<const char*, bool> switches[] = {{"stdin", request.input || request.endsWithConnection},
                                                     {"stdout", request.output},
                                                     {"stderr", request.errors && !request.terminal},
                                                     {"tty", request.terminal}};
    for (const auto& [key, on] : switches) {
        if (on) {
            add(key, "true");
        }
    }
    return text;
}

struct EndToo {
    std::stop_source* other;
    void operator()() const { other->request_stop(); }
};

bool isCancelled(const Error& error) {
    return error.is(kCancelled);
}

}  // namespace

PodExec::PodExec(std::unique_ptr<http::WebSocket> socket, ContextId context, ExecRequest request)
    : socket_(std::move(socket)), context_(std::move(context)), request_(std::move(request)) {}

Result<std::unique_ptr<PodExec>> PodExec::start(http::Channel& channel, const ContextId& context, ExecRequest request,
                                                std::stop_token stop) {
    http::Request call;
    call.target = target(request);
    call.effect = request.effect;
    http::WebSocketOptions options;
    options.protocols = {kVersion5, kVersion4};
    auto upgrade = channel.upgrade(call, options, std::move(stop));
    if (!upgrade) {
        return fail(upgrade.error());
    }
    const std::string what = describeWhat(request);
    if (!upgrade->socket) {
        return fail(upgradeError(upgrade->refusal, {context, request.command.empty() ? "attach to" : "run", what}));
    }
    std::unique_ptr<PodExec> exec(new PodExec(std::move(upgrade->socket), context, std::move(request)));
    if (exec->protocol().empty()) {
        return fail(exec->error(kBadChannel, "no channel protocol was agreed on"));
    }
    if (exec->request_.input && exec->request_.inputEnds && !exec->canEndInput()) {
        return fail(exec->error(kCannotEndInput, exec->protocol()));
    }
    return exec;
}

bool PodExec::canEndInput() const {
    return protocol() == kVersion5;
}

Error PodExec::error(const ErrorCode& code, std::string detail) const {
    return makeError(code, {{"context", context_}, {"what", describeWhat(request_)}, {"detail", std::move(detail)}});
}

Error PodExec::endedWithout(Error cause) const {
    return makeError(kEndedWithoutStatus, {{"context", context_}, {"what", describeWhat(request_)}}, std::move(cause));
}

Result<void> PodExec::resize(int columns, int rows, std::stop_token stop) {
    return socket_->send(onChannel(kResize, fmt::format("{{\"Width\":{},\"Height\":{}}}", columns, rows)),
                         std::move(stop));
}

Result<ExecResult> PodExec::run(const ExecStreams& streams, std::stop_token stop) {
    const std::stop_callback<EndToo> forward(stop, EndToo{&ending_});
    std::jthread input;
    if (request_.input && streams.input) {
        input = std::jthread([&] { sendInput(streams); });
    }
    auto result = receive(streams, ending_.get_token());
    ending_.request_stop();
    if (input.joinable()) {
        input.join();
    }
    if (!result && isCancelled(result.error()) && request_.terminal && request_.input && !request_.command.empty()) {
        // The runtime does not hang a terminal up: interrupt what runs there and end its input, as a person would.
        static_cast<void>(socket_->send(onChannel(kInput, "\x03\x04"), {}));
        static_cast<void>(socket_->close({}));
    }
    const std::lock_guard lock(mutex_);
    if (!result && isCancelled(result.error()) && inputError_ && !stop.stop_requested()) {
        return fail(*inputError_);
    }
    return result;
}

Result<ExecResult> PodExec::receive(const ExecStreams& streams, const std::stop_token& stop) {
    std::optional<ExecStatus> status;
    for (;;) {
        auto message = socket_->receive(stop, status ? std::optional(kAfterStatus) : std::nullopt);
        if (!message && isCancelled(message.error())) {
            return fail(message.error());
        }
        if (!message || !*message) {
            if (status) {
                break;  // how the connection ends says nothing any more
            }
            if (!message) {
                return fail(endedWithout(message.error()));
            }
            const auto reason = socket_->closeReason();
            return fail(endedWithout(makeError(
                kClosedByServer,
                {{"detail", fmt::format("code {}{}{}", reason.code, reason.text.empty() ? "" : ": ", reason.text)}})));
        }
        const auto part = splitChannel(**message);
        if (!part) {
            continue;  // the server's opening word
        }
        const auto* sink = part->channel == kOutput ? &streams.output : &streams.errors;
        switch (part->channel) {
            case kOutput:
            case kErrors:
                if (!part->data.empty() && *sink && !(*sink)(part->data)) {
                    return fail(kCancelled);
                }
                break;
            case kStatus:
                if (part->data.empty()) {
                    break;
                }
                status = parseExecStatus(part->data);
                if (!status) {
                    return fail(endedWithout(error(kBadChannel, "a status that cannot be read")));
                }
                break;
            case kInput:
            case kResize:
            case kClose:
                break;  // empty openings and closings of channels
            default:
                return fail(endedWithout(error(kBadChannel, fmt::format("channel {}", part->channel))));
        }
    }
    if (!status->exitCode) {
        std::string why = status->message.empty() ? "the server gives no reason" : status->message;
        while (why.ends_with('.') || why.ends_with('\n')) {
            why.pop_back();
        }
        return fail(error(kCommandNotRun, std::move(why)));
    }
    return ExecResult{*status->exitCode};
}

void PodExec::sendInput(const ExecStreams& streams) {
    const std::stop_token stop = ending_.get_token();
    while (!stop.stop_requested()) {
        auto piece = streams.input(stop);
        if (!piece) {
            if (!isCancelled(piece.error())) {
                const std::lock_guard lock(mutex_);
                inputError_ = piece.error();
            }
            ending_.request_stop();
            return;
        }
        if (piece->empty()) {
            if (canEndInput()) {
                const std::string end{static_cast<char>(kClose), static_cast<char>(kInput)};
                static_cast<void>(socket_->send(end, stop));
            }
            return;
        }
        for (std::size_t at = 0; at < piece->size(); at += kInputPiece) {
            const auto part = std::string_view(*piece).substr(at, kInputPiece);
            if (!socket_->send(onChannel(kInput, part), stop)) {
                return;  // the receiving side tells why
            }
        }
    }
}

}  // namespace quarterdeck::kube
