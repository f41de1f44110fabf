#pragma once

#include <chrono>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/http/channel.h"
#include "tests/fakes/hostile_server.h"
#include "tests/fakes/relay.h"

namespace quarterdeck::fakes {

/// One request as it went through the proxy.
struct ProxyEntry {
    using Time = std::chrono::steady_clock::time_point;
    int number = 0;      ///< from 1, in the order of their coming
    int connection = 0;  ///< number of the connection, from 1
    std::string method;
    std::string path;
    std::string query;  ///< without '?'
    std::string accept;
    std::string acceptEncoding;
    Time began;
    std::optional<Time> ended;  ///< nothing while it runs
    int status = 0;             ///< of the head that was sent; 0 = none
    std::string fault;          ///< name of the fault it met; empty = none

    [[nodiscard]] bool isWatch() const;
    /// Value of a query parameter, decoded no further; nothing where missing.
    [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;
};

/// Which requests a fault meets. All of it must fit.
struct FaultTarget {
    enum class Kind { Any, Watch, Plain };
    std::string path = {};  ///< exact, or a beginning where it ends in '*'; empty = any
    Kind kind = Kind::Any;
    std::string method = {};  ///< empty = any

    [[nodiscard]] static FaultTarget watch(std::string path) { return {std::move(path), Kind::Watch, {}}; }
    [[nodiscard]] static FaultTarget list(std::string path) { return {std::move(path), Kind::Plain, "GET"}; }
};

/// A reverse proxy between the console and an API server with faults that can be switched on and off while it runs.
/// HTTP/1.1 on 127.0.0.1, over TLS where it has an identity (put Http2Front before it for HTTP/2). Requests are passed
/// on with their path, query, Accept and body; the credentials are those of `upstream`. WebSockets are passed on
/// message by message; of the faults they meet those that answer and faults::cutSocketAfter(). Any thread.
class FaultProxy {
public:
    /// Both end with the proxy.
    FaultProxy(std::shared_ptr<http::Channel> upstream, std::optional<PemIdentity> identity, std::uint16_t port = 0);
    ~FaultProxy();
    FaultProxy(const FaultProxy&) = delete;
    FaultProxy& operator=(const FaultProxy&) = delete;

    [[nodiscard]] std::string url() const { return server_->url(); }
    [[nodiscard]] std::uint16_t port() const { return server_->port(); }
    /// Connections, certificates and what they said.
    [[nodiscard]] HostileServer& server() { return *server_; }

    /// The first fault that fits and is not used up meets a request. `times` < 0: until lifted. Returns its number.
    int inject(FaultTarget target, Fault fault, int times = -1);
    void lift(int number);
    void liftAll();
    /// How many requests that fault has met.
    [[nodiscard]] int hits(int number) const;

    /// From now on nothing more is said on any connection, and nothing is closed: a road that swallows everything.
    void freeze();
    void thaw();
    [[nodiscard]] bool frozen() const;
    /// Cuts every connection that is open now.
    void dropConnections() { server_->dropConnections(); }
    /// Refuses connections until comeBack(), at the same port.
    void goAway();
    void comeBack();

    [[nodiscard]] std::vector<ProxyEntry> log() const;
    /// Requests for exactly this path, watches or others.
    [[nodiscard]] int watches(std::string_view path) const;
    [[nodiscard]] int lists(std::string_view path) const;
    [[nodiscard]] std::optional<ProxyEntry> lastWatch(std::string_view path) const;

private:
    struct Rule {
        int number = 0;
        FaultTarget target;
        Fault fault;
        int left = -1;
        int hits = 0;
    };
    class Noting;
    void listen(std::uint16_t port);
    void serve(const HostileRequest& request, HostileConnection& peer);
    void pass(const HostileRequest& request, Relay& relay);
    std::optional<Fault> meet(ProxyEntry& entry);

    std::shared_ptr<http::Channel> upstream_;
    std::optional<PemIdentity> identity_;
    std::stop_source closing_;
    mutable std::mutex mutex_;
    bool frozen_ = false;
    int nextRule_ = 1;
    std::list<Rule> rules_;
    std::vector<ProxyEntry> log_;
    std::unique_ptr<HostileServer> server_;  // last: its threads use the rest
};

}  // namespace quarterdeck::fakes
