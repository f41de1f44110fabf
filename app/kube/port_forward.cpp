#include "app/kube/port_forward.h"

#include <algorithm>
#include <atomic>
#include <list>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "app/base/utf8.h"
#include "app/http/errors.h"
#include "app/kube/exec_status.h"
#include "app/kube/local_socket.h"
#include "app/kube/upgrade_error.h"

namespace quarterdeck::kube {

namespace {

constexpr const char* kVersion4 = "v4.channel.k8s.io";
constexpr unsigned char kData = 0;
constexpr unsigned char kError = 1;

std::string describeWhat(const ForwardTarget& target) {
    return fmt::format("port {} of pod {} in namespace {}", target.port, target.pod, target.nameSpace);
}

struct EndToo {
    std::stop_source* other;
    void operator()() const { other->request_stop(); }
};

using Outcome = std::optional<Error>;

}  // namespace

struct PortForward::Impl {
    http::Channel& channel;
    ContextId context;
    Resolver resolver;
    ForwardOptions options;
    LocalSocket listener;
    std::mutex reporting;
    std::atomic<int> open{0};  ///< connections

    struct Worker {
        std::atomic<bool> done{false};
        std::jthread thread;
    };

    void serve(const Observer& observer, int number, LocalSocket local, const std::stop_token& stop);
    [[nodiscard]] Outcome forward(const ForwardTarget& target, const LocalSocket& local, const Observer& observer,
                                  int number, const std::stop_token& stop);
    /// Server to local program, until either ends.
    [[nodiscard]] Outcome receive(http::WebSocket& socket, const ForwardTarget& target, const LocalSocket& local,
                                  const std::atomic<bool>& localEnded, const std::stop_token& stop) const;
    void report(const Observer& observer, const Event& event) {
        const std::lock_guard lock(reporting);
        if (observer) {
            observer(event);
        }
    }
    [[nodiscard]] Error refused(const ForwardTarget& target, std::string detail) const {
        return makeError(kForwardRefused,
                         {{"context", context}, {"what", describeWhat(target)}, {"detail", std::move(detail)}});
    }
    [[nodiscard]] Error cut(const ForwardTarget& target, Error cause) const {
        return makeError(kForwardCut, {{"context", context}, {"what", describeWhat(target)}}, std::move(cause));
    }
};

PortForward::PortForward(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PortForward::~PortForward() = default;

Result<std::unique_ptr<PortForward>> PortForward::listen(http::Channel& channel, ContextId context, Resolver resolver,
                                                         ForwardOptions options) {
    auto listener = LocalSocket::listen(options.localPort);
    if (!listener) {
        return fail(kCannotForwardFrom, {{"port", std::to_string(options.localPort)}, {"detail", listener.error()}});
    }
    std::unique_ptr<Impl> impl(
        new Impl{channel, std::move(context), std::move(resolver), options, std::move(*listener), {}, {}});
    return std::unique_ptr<PortForward>(new PortForward(std::move(impl)));
}

std::uint16_t PortForward::localPort() const {
    return impl_->listener.port();
}

void PortForward::run(const Observer& observer, std::stop_token stop) {
    std::list<Impl::Worker> workers;  // its threads are joined when it dies
    int number = 0;
    while (auto local = impl_->listener.accept(stop)) {
        workers.remove_if([](const Impl::Worker& worker) { return worker.done.load(); });
        ++number;
        if (static_cast<int>(workers.size()) >= impl_->options.maxConnections) {
            local->breakOff();
            impl_->report(observer,
                          {Event::Kind::Failed,
                           number,
                           {},
                           makeError(kTooManyForwards, {{"context", impl_->context},
                                                        {"port", std::to_string(localPort())},
                                                        {"detail", fmt::format("{} connections", workers.size())}})});
            continue;
        }
        Impl::Worker& worker = workers.emplace_back();
        worker.thread = std::jthread([&observer, &worker, number, this, stop, taken = std::move(*local)]() mutable {
            impl_->serve(observer, number, std::move(taken), stop);
            worker.done = true;
        });
    }
}

void PortForward::Impl::serve(const Observer& observer, int number, LocalSocket local, const std::stop_token& stop) {
    ++open;
    const auto target = resolver(stop);
    Outcome failure = target ? forward(*target, local, observer, number, stop) : Outcome(target.error());
    --open;
    if (failure) {
        local.breakOff();  // a program must not take half an answer for a whole one
    }
    const bool failed = failure && !failure->is(kCancelled);
    report(observer, {failed ? Event::Kind::Failed : Event::Kind::Closed, number, target.value_or(ForwardTarget()),
                      failed ? std::move(failure) : std::nullopt});
}

Outcome PortForward::Impl::forward(const ForwardTarget& target, const LocalSocket& local, const Observer& observer,
                                   int number, const std::stop_token& stop) {
    http::Request request;
    request.target = fmt::format("/api/v1/namespaces/{}/pods/{}/portforward?ports={}",
                                 http::percentEncode(target.nameSpace), http::percentEncode(target.pod), target.port);
    request.effect = http::Effect::Write;
    http::WebSocketOptions webOptions;
    webOptions.protocols = {kVersion4};
    auto upgrade = channel.upgrade(request, webOptions, stop);
    if (!upgrade) {
        return upgrade.error();
    }
    if (!upgrade->socket) {
        return upgradeError(upgrade->refusal, {context, "forward to", describeWhat(target)});
    }
    http::WebSocket& socket = *upgrade->socket;
    if (socket.protocol().empty()) {
        return refused(target, "no channel protocol was agreed on");
    }
    report(observer, {Event::Kind::Opened, number, target, std::nullopt});

    std::stop_source ending;
    const std::stop_callback<EndToo> forwardStop(stop, EndToo{&ending});
    std::atomic<bool> localEnded{false};
    std::atomic<bool> localBroken{false};
    std::jthread sender([&] {
        for (;;) {
            const auto piece = local.read(ending.get_token());
            if (piece.end != LocalSocket::End::None) {
                localEnded = true;
                if (piece.end == LocalSocket::End::Broken) {
                    localBroken = true;
                    ending.request_stop();
                }
                return;
            }
            if (!socket.send(onChannel(kData, piece.data), ending.get_token())) {
                return;
            }
        }
    });
    Outcome failure = receive(socket, target, local, localEnded, ending.get_token());
    ending.request_stop();
    sender.join();
    if (!stop.stop_requested()) {
        static_cast<void>(socket.close(stop));
    }
    return localBroken && failure && failure->is(kCancelled) ? std::nullopt : failure;
}

Outcome PortForward::Impl::receive(http::WebSocket& socket, const ForwardTarget& target, const LocalSocket& local,
                                   const std::atomic<bool>& localEnded, const std::stop_token& stop) const {
    bool opened[2] = {false, false};
    const auto slice = std::min(options.lingerInCrowd, options.lingerAfterEnd);
    std::chrono::milliseconds silence{0};  // since the local program sent all
    for (;;) {
        auto message = socket.receive(stop, slice);
        if (!message) {
            if (message.error().is(http::kTimeout)) {
                silence = localEnded ? silence + slice : std::chrono::milliseconds(0);
                const bool crowded = open > options.maxConnections / 2;
                if (silence >= (crowded ? options.lingerInCrowd : options.lingerAfterEnd)) {
                    return makeError(kCancelled);
                }
                continue;
            }
            return message.error().is(kCancelled) ? message.error() : cut(target, message.error());
        }
        if (!*message) {
            local.endWriting();
            return std::nullopt;
        }
        silence = std::chrono::milliseconds(0);
        const auto part = splitChannel(**message);
        if (!part) {
            continue;
        }
        if (part->channel != kData && part->channel != kError) {
            return refused(target, fmt::format("the server used channel {}", part->channel));
        }
        std::string_view data = part->data;
        if (!opened[part->channel]) {
            opened[part->channel] = true;
            const bool ours = data.size() >= 2 && static_cast<unsigned char>(data[0]) == (target.port & 0xffU) &&
                              static_cast<unsigned char>(data[1]) == target.port >> 8U;
            if (!ours) {
                return refused(target, "the server opened another port");
            }
            data.remove_prefix(2);
        }
        if (data.empty()) {
            continue;
        }
        if (part->channel == kError) {
            return refused(target, std::string(utf8Prefix(data, 1000)));
        }
        if (!local.write(data, stop)) {
            return stop.stop_requested() ? Outcome(makeError(kCancelled)) : std::nullopt;
        }
    }
}

}  // namespace quarterdeck::kube
