#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "app/base/result.h"
#include "app/http/channel.h"
#include "app/kube/errors.h"

namespace quarterdeck::kube {

// Parameters: {context}, {what} ("the command in pod x of namespace y"), {detail}.
inline constexpr ErrorCode kEndedWithoutStatus{
    "kube.ended-without-status",
    QT_TRANSLATE_NOOP("Error",
                      "The stream of {what} (context {context}) ended before the server told how it ended: {cause} "
                      "Whether it succeeded is unknown, and its output may be incomplete: take it as failed.")};
inline constexpr ErrorCode kClosedByServer{"kube.closed-by-server",
                                           QT_TRANSLATE_NOOP("Error", "The server closed it ({detail}).")};
inline constexpr ErrorCode kCommandNotRun{
    "kube.command-not-run",
    QT_TRANSLATE_NOOP("Error",
                      "Cannot run {what} (context {context}): {detail}. Check that the container is running and holds "
                      "the program.")};
inline constexpr ErrorCode kCannotEndInput{
    "kube.cannot-end-input",
    QT_TRANSLATE_NOOP("Error",
                      "The server of context {context} speaks only {detail}, which cannot tell {what} that its input "
                      "has ended: it would wait for ever, so no input was sent. Kubernetes 1.30 and later can.")};
inline constexpr ErrorCode kBadChannel{
    "kube.bad-channel",
    QT_TRANSLATE_NOOP("Error",
                      "The stream of {what} (context {context}) holds what does not belong there: {detail}. Check "
                      "what answers at this address.")};

/// A command to run in a container, or (without one) the container's main process to attach to.
struct ExecRequest {
    std::string nameSpace;
    std::string pod;
    /// Empty = the pod's only or default container.
    std::string container = {};
    std::vector<std::string> command = {};
    bool input = false;
    bool output = true;
    bool errors = true;  ///< apart from the output; with a terminal both come as output
    bool terminal = false;
    /// The end of the input matters to the command (a dump that is read, a tar): refused before any input is sent where
    /// the server cannot pass it on. False for a person at a terminal.
    bool inputEnds = true;
    /// A container runtime lets a command run on when its connection has gone; it notices only at the end of its input.
    /// True ends it then (TERM, after 5 s KILL): it runs under the container's `sh` (with `cat` and `sleep`), without
    /// input. What the command itself has started must end with it. Not with `input` or `terminal`.
    bool endsWithConnection = false;
    /// Probe only for the fixed commands that the gate knows.
    http::Effect effect = http::Effect::Write;
};

/// Where the bytes of a remote command go to and come from.
struct ExecStreams {
    /// Called on the thread of run(), in order per stream; taking long makes the remote command wait. False ends the
    /// run with kCancelled. Empty = dropped.
    using Sink = std::function<bool(std::string_view bytes)>;
    Sink output;
    Sink errors;
    /// Called on a thread of its own until it gives an empty string (the end) or an error, which ends the run. May
    /// block, but must return soon after a stop.
    std::function<Result<std::string>(std::stop_token stop)> input;
};

/// A remote command's end.
struct ExecResult {
    int exitCode = 0;
};

/// One command in a container over WebSocket (v5.channel.k8s.io, else v4). Cancelling run() or destroying it closes the
/// connection: a command that reads its input sees the end of it, a terminal gets Ctrl+C and Ctrl+D first, others run
/// on (see endsWithConnection), and so does a process that was attached to.
class PodExec {
public:
    /// Starts the command. Errors: kForbidden (names the missing verb), kUpgradeBlocked, kUpgradeRefused,
    /// kCannotEndInput, those of a transport.
    [[nodiscard]] static Result<std::unique_ptr<PodExec>> start(http::Channel& channel, const ContextId& context,
                                                                ExecRequest request, std::stop_token stop);
    /// "v5.channel.k8s.io" or "v4.channel.k8s.io".
    [[nodiscard]] const std::string& protocol() const { return socket_->protocol(); }
    /// Whether the remote command can be told that its input has ended.
    [[nodiscard]] bool canEndInput() const;
    /// Passes the bytes on until the command has ended. Once only. A stream that ends without a status is a failure
    /// (kEndedWithoutStatus), whatever was received before.
    [[nodiscard]] Result<ExecResult> run(const ExecStreams& streams, std::stop_token stop);
    /// New size of the terminal in characters. Any thread.
    [[nodiscard]] Result<void> resize(int columns, int rows, std::stop_token stop);

private:
    PodExec(std::unique_ptr<http::WebSocket> socket, ContextId context, ExecRequest request);
    [[nodiscard]] Result<ExecResult> receive(const ExecStreams& streams, const std::stop_token& stop);
    void sendInput(const ExecStreams& streams);
    [[nodiscard]] Error error(const ErrorCode& code, std::string detail) const;
    [[nodiscard]] Error endedWithout(Error cause) const;

    std::unique_ptr<http::WebSocket> socket_;
    const ContextId context_;
    const ExecRequest request_;
    std::stop_source ending_;  ///< of run(): stopped, or one of its directions has ended for good
    std::mutex mutex_;
    std::optional<Error> inputError_;  // guarded by mutex_
};

}  // namespace quarterdeck::kube
