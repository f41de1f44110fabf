#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "app/base/result.h"
#include "app/http/channel.h"
#include "app/kube/errors.h"

namespace quarterdeck::kube {

// Parameters: {context}, {what} ("port 8080 of pod x in namespace y"), {detail}, {port}.
inline constexpr ErrorCode kCannotForwardFrom{
    "kube.cannot-forward-from",
    QT_TRANSLATE_NOOP("Error",
                      "Cannot listen on 127.0.0.1 port {port}: {detail}. Choose another local port, or 0 for a free "
                      "one.")};
inline constexpr ErrorCode kForwardRefused{
    "kube.forward-refused",
    QT_TRANSLATE_NOOP("Error",
                      "The connection to {what} (context {context}) failed: {detail}. Check that the container listens "
                      "on this port; other connections go on.")};
inline constexpr ErrorCode kForwardCut{
    "kube.forward-cut",
    QT_TRANSLATE_NOOP("Error",
                      "The connection to {what} (context {context}) broke off: {cause} Other connections go on; open "
                      "it again.")};
inline constexpr ErrorCode kTooManyForwards{
    "kube.too-many-forwards",
    QT_TRANSLATE_NOOP("Error",
                      "A connection to local port {port} (context {context}) was turned away: {detail} are open "
                      "already. Close some of them.")};

/// Where one connection goes.
struct ForwardTarget {
    std::string nameSpace;
    std::string pod;
    std::uint16_t port = 0;  ///< of the pod
};

struct ForwardOptions {
    std::uint16_t localPort = 0;  ///< 0 = a free one
    int maxConnections = 64;
    /// A WebSocket cannot tell the pod that only one direction has ended, nor a program that has gone from one that
    /// waits for the answer: once the local program has sent all, what still comes is passed on until nothing came for
    /// this long. The connection is reset then, for whether the answer is whole is not known.
    std::chrono::milliseconds lingerAfterEnd{60'000};
    /// The same while more than half of maxConnections are open.
    std::chrono::milliseconds lingerInCrowd{2'000};
};

/// Forwards connections to a local port into pods: one WebSocket (v4.channel.k8s.io) per connection, so that one that
/// fails fails alone.
class PortForward {
public:
    /// Names the pod for a new connection, so that a restarted workload is found again. Blocking, several at once, on
    /// threads of the forward.
    using Resolver = std::function<Result<ForwardTarget>(std::stop_token stop)>;
    struct Event {
        enum class Kind { Opened, Closed, Failed };
        Kind kind = Kind::Opened;
        int connection = 0;    ///< counted from 1
        ForwardTarget target;  ///< not yet known where it could not be resolved
        std::optional<Error> error;
    };
    /// Called on threads of the forward, one call at a time.
    using Observer = std::function<void(const Event& event)>;

    /// Listens on 127.0.0.1; connections wait until run(). `channel` outlives it. Errors: kCannotForwardFrom.
    [[nodiscard]] static Result<std::unique_ptr<PortForward>> listen(http::Channel& channel, ContextId context,
                                                                     Resolver resolver, ForwardOptions options = {});
    ~PortForward();
    PortForward(const PortForward&) = delete;
    PortForward& operator=(const PortForward&) = delete;

    [[nodiscard]] std::uint16_t localPort() const;
    /// Serves until stopped; then every connection has been closed. Once only.
    void run(const Observer& observer, std::stop_token stop);

private:
    struct Impl;
    explicit PortForward(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace quarterdeck::kube
