#include "tests/fakes/fault_proxy.h"

#include <algorithm>
#include <array>
#include <span>

#include "tests/fakes/socket_relay.h"

namespace quarterdeck::fakes {

using http::Flow;

namespace {

constexpr std::array kRequestHeaders{"Host",           "Connection",        "Authorization", "Accept-Encoding",
                                     "Content-Length", "Transfer-Encoding", "User-Agent",    "Upgrade"};
constexpr std::array kAnswerHeaders{"Connection", "Content-Length", "Content-Encoding", "Transfer-Encoding"};

constexpr std::string_view kSocketHeaders = "Sec-WebSocket-";

/// Headers that belong to one connection or to the shape of the body on it.
bool isHop(std::string_view name, std::span<const char* const> hops) {
    return std::any_of(hops.begin(), hops.end(), [&](const char* hop) { return http::equalHeaderNames(name, hop); });
}

/// Cuts a watch into events before they reach the relay.
class Cutter final : public http::StreamSink {
public:
    Cutter(Relay& relay, bool watch, std::function<bool()> frozen) : relay_(relay), watch_(watch), frozen_(frozen) {}

    Flow onHead(const http::ResponseHead& head) override {
        contentType_ = http::findHeader(head.headers, "Content-Type");
        events_ = watch_ && head.status == 200;
        http::ResponseHead plain = head;  // the body has been unpacked by now
        std::erase_if(plain.headers, [](const http::Header& header) { return isHop(header.name, kAnswerHeaders); });
        return alive(!frozen_() && relay_.head(plain));
    }
    Flow onData(std::string_view bytes) override {
        if (!events_) {
            return alive(!frozen_() && relay_.piece(bytes));
        }
        waiting_.append(bytes);
        std::size_t at = 0;
        while (const std::size_t size = eventLength(contentType_, std::string_view(waiting_).substr(at))) {
            if (alive(!frozen_() && relay_.piece(std::string_view(waiting_).substr(at, size))) == Flow::Stop) {
                return Flow::Stop;
            }
            at += size;
        }
        waiting_.erase(0, at);
        return Flow::Continue;
    }
    [[nodiscard]] bool isOver() const { return over_; }

private:
    Flow alive(bool goOn) {
        over_ = over_ || !goOn;
        return goOn ? Flow::Continue : Flow::Stop;
    }

    Relay& relay_;
    bool watch_;
    std::function<bool()> frozen_;
    std::string contentType_;
    std::string waiting_;
    bool events_ = false;
    bool over_ = false;
};

bool fits(const FaultTarget& target, const ProxyEntry& entry) {
    using Kind = FaultTarget::Kind;
    const std::string& path = target.path;
    const bool beginning = !path.empty() && path.back() == '*';
    const bool place =
        path.empty() ||
        (beginning ? entry.path.starts_with(std::string_view(path).substr(0, path.size() - 1)) : entry.path == path);
    const bool kind = target.kind == Kind::Any || (target.kind == Kind::Watch) == entry.isWatch();
    return place && kind && (target.method.empty() || target.method == entry.method);
}

ProxyEntry entryOf(const HostileRequest& request) {
    ProxyEntry entry;
    entry.connection = request.connection;
    entry.method = request.method;
    entry.path = request.path();
    entry.query = request.target.size() > entry.path.size() ? request.target.substr(entry.path.size() + 1) : "";
    entry.accept = request.header("Accept");
    entry.acceptEncoding = request.header("Accept-Encoding");
    entry.began = std::chrono::steady_clock::now();
    return entry;
}

/// The same for the API server, without what belongs to the client's connection. Its effect is a change.
http::Request requestOf(const HostileRequest& request) {
    http::Request call;
    call.method = request.method;
    call.target = request.target;
    call.body = request.body;
    call.timeout = {};
    call.effect = http::Effect::Write;
    for (const auto& [name, value] : request.headers) {
        if (!isHop(name, kRequestHeaders) &&
            !http::equalHeaderNames(name.substr(0, kSocketHeaders.size()), kSocketHeaders)) {
            call.headers.push_back({name, value});
        }
    }
    return call;
}

}  // namespace

bool ProxyEntry::isWatch() const {
    const auto watch = parameter("watch");
    return watch == "true" || watch == "1";
}

std::optional<std::string> ProxyEntry::parameter(std::string_view name) const {
    for (std::string_view rest = query; !rest.empty();) {
        const std::string_view one = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), one.size() + 1));
        const std::size_t equals = std::min(one.find('='), one.size());
        if (one.substr(0, equals) == name) {
            return std::string(one.substr(std::min(one.size(), equals + 1)));
        }
    }
    return std::nullopt;
}

/// The client's connection, noting in the log what goes out on it.
class FaultProxy::Noting final : public HostileConnection {
public:
    Noting(FaultProxy& proxy, HostileConnection& peer, std::size_t index) : proxy_(proxy), peer_(peer), index_(index) {}
    ~Noting() override {
        const std::lock_guard lock(proxy_.mutex_);
        proxy_.log_[index_].ended = std::chrono::steady_clock::now();
    }
    Noting(const Noting&) = delete;
    Noting& operator=(const Noting&) = delete;

    bool write(std::string_view bytes) override {
        constexpr std::string_view kStart = "HTTP/1.1 ";
        {
            const std::lock_guard lock(proxy_.mutex_);
            ProxyEntry& entry = proxy_.log_[index_];
            if (entry.status == 0 && bytes.starts_with(kStart)) {
                entry.status = std::stoi(std::string(bytes.substr(kStart.size(), 3)));
            }
        }
        return peer_.write(bytes);
    }
    std::string receive() override { return peer_.receive(); }
    bool readable(std::chrono::milliseconds limit) override { return peer_.readable(limit); }
    bool wait(std::chrono::milliseconds duration) override { return peer_.wait(duration); }
    bool waitUntilClosed() override { return peer_.waitUntilClosed(); }
    void close() override { peer_.close(); }
    void reset() override { peer_.reset(); }

private:
    FaultProxy& proxy_;
    HostileConnection& peer_;
    std::size_t index_;
};

FaultProxy::FaultProxy(std::shared_ptr<http::Channel> upstream, std::optional<PemIdentity> identity, std::uint16_t port)
    : upstream_(std::move(upstream)), identity_(std::move(identity)) {
    listen(port);
}

FaultProxy::~FaultProxy() {
    closing_.request_stop();
    server_->stop();
}

void FaultProxy::listen(std::uint16_t port) {
    server_ = std::make_unique<HostileServer>(
        [this](const HostileRequest& request, HostileConnection& peer) { serve(request, peer); },
        HostileServer::Options{.tls = identity_, .clientCaPem = {}, .onConnect = {}, .port = port});
}

void FaultProxy::goAway() {
    closing_.request_stop();
    server_->stop();
}

void FaultProxy::comeBack() {
    const std::uint16_t port = server_->port();
    server_.reset();
    closing_ = {};
    listen(port);
}

std::optional<Fault> FaultProxy::meet(ProxyEntry& entry) {
    for (Rule& rule : rules_) {
        if (rule.left != 0 && fits(rule.target, entry)) {
            rule.left -= rule.left > 0 ? 1 : 0;
            ++rule.hits;
            entry.fault = rule.fault.name;
            return rule.fault;
        }
    }
    return std::nullopt;
}

void FaultProxy::serve(const HostileRequest& request, HostileConnection& peer) {
    std::optional<Fault> fault;
    std::size_t index = 0;
    {
        const std::lock_guard lock(mutex_);
        ProxyEntry entry = entryOf(request);
        index = log_.size();
        entry.number = static_cast<int>(index) + 1;
        if (!frozen_) {
            fault = meet(entry);
        }
        log_.push_back(std::move(entry));
    }
    Noting noting(*this, peer, index);
    if (frozen()) {
        noting.waitUntilClosed();
    } else if (fault && fault->answer) {
        fault->answer(request, noting);
    } else if (http::equalHeaderNames(request.header("Upgrade"), "websocket")) {
        relaySocket(*upstream_, request, requestOf(request), noting, fault ? fault->socketMessages : std::nullopt,
                    closing_.get_token());
    } else {
        const auto relay = fault ? fault->relay(noting) : std::make_unique<Relay>(noting);
        pass(request, *relay);
        if (frozen()) {
            noting.waitUntilClosed();
        }
    }
}

void FaultProxy::pass(const HostileRequest& request, Relay& relay) {
    const ProxyEntry entry = entryOf(request);
    http::Request call = requestOf(request);
    call.effect = request.method == "GET" || request.method == "HEAD" ? http::Effect::Read : http::Effect::Write;
    call.compressed = !entry.isWatch();
    Cutter cutter(relay, entry.isWatch(), [this] { return frozen(); });
    const auto ended = upstream_->stream(call, cutter, closing_.get_token());
    if (frozen() || cutter.isOver()) {
        return;
    }
    if (ended) {
        relay.end();
    } else if (!ended.error().is(kCancelled)) {
        relay.head({502, {{"Content-Type", "text/plain"}}});
        relay.piece(describe(ended.error()));
        relay.end();
    }
}

int FaultProxy::inject(FaultTarget target, Fault fault, int times) {
    const std::lock_guard lock(mutex_);
    rules_.push_back({nextRule_, std::move(target), std::move(fault), times, 0});
    return nextRule_++;
}

void FaultProxy::lift(int number) {
    const std::lock_guard lock(mutex_);
    for (Rule& rule : rules_) {
        rule.left = rule.number == number ? 0 : rule.left;
    }
}

void FaultProxy::liftAll() {
    const std::lock_guard lock(mutex_);
    for (Rule& rule : rules_) {
        rule.left = 0;
    }
}

int FaultProxy::hits(int number) const {
    const std::lock_guard lock(mutex_);
    for (const Rule& rule : rules_) {
        if (rule.number == number) {
            return rule.hits;
        }
    }
    return 0;
}

void FaultProxy::freeze() {
    const std::lock_guard lock(mutex_);
    frozen_ = true;
}

void FaultProxy::thaw() {
    const std::lock_guard lock(mutex_);
    frozen_ = false;
}

bool FaultProxy::frozen() const {
    const std::lock_guard lock(mutex_);
    return frozen_;
}

std::vector<ProxyEntry> FaultProxy::log() const {
    const std::lock_guard lock(mutex_);
    return log_;
}

int FaultProxy::watches(std::string_view path) const {
    const std::lock_guard lock(mutex_);
    return static_cast<int>(std::count_if(
        log_.begin(), log_.end(), [&](const ProxyEntry& entry) { return entry.path == path && entry.isWatch(); }));
}

int FaultProxy::lists(std::string_view path) const {
    const std::lock_guard lock(mutex_);
    return static_cast<int>(std::count_if(
        log_.begin(), log_.end(), [&](const ProxyEntry& entry) { return entry.path == path && !entry.isWatch(); }));
}

std::optional<ProxyEntry> FaultProxy::lastWatch(std::string_view path) const {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(log_.rbegin(), log_.rend(),
                                    [&](const ProxyEntry& entry) { return entry.path == path && entry.isWatch(); });
    return found == log_.rend() ? std::nullopt : std::optional(*found);
}

}  // namespace quarterdeck::fakes
