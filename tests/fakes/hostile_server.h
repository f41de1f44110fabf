#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "tests/fakes/test_certificates.h"

namespace quarterdeck::fakes {

/// One request as the server read it.
struct HostileRequest {
    int connection = 0;  ///< number of its connection, from 1
    int number = 0;      ///< number of the request in the whole server, from 1
    std::string method;
    std::string target;  ///< as on the wire: path and query
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::string headText;  ///< request line and headers, verbatim
    /// Subject of the client's certificate as one line ("O = g, CN = u"); empty without.
    std::string clientSubject;

    /// First value, case-insensitive; empty where missing.
    [[nodiscard]] std::string header(std::string_view name) const;
    /// The target without its query.
    [[nodiscard]] std::string path() const;
};

/// The server's end of one connection. Used by a handler on the connection's own thread. All calls block; all return
/// false once the peer has gone or the server stops, and a handler should return then.
class HostileConnection {
public:
    virtual ~HostileConnection() = default;

    /// Raw bytes, as they are.
    virtual bool write(std::string_view bytes) = 0;
    /// What the peer has sent beyond the request, at least one byte; empty at the end. For onConnect and upgrades.
    virtual std::string receive() = 0;
    /// Whether receive() would return at once, with bytes or the end, or does within `limit`.
    virtual bool readable(std::chrono::milliseconds limit) = 0;
    /// Sleeps, but wakes when the server stops.
    virtual bool wait(std::chrono::milliseconds duration) = 0;
    /// Says nothing more until the peer closes or the server stops; always returns false.
    virtual bool waitUntilClosed() = 0;
    /// Ends the connection in good order (TLS close_notify, FIN).
    virtual void close() = 0;
    /// Cuts it: RST, no close_notify.
    virtual void reset() = 0;

    /// "HTTP/1.1 200 OK", the headers given and the empty line. No Content-Length of its own.
    bool head(int status, const std::vector<std::pair<std::string, std::string>>& headers = {});
    /// A whole answer with Content-Length.
    bool answer(int status, std::string_view contentType, std::string_view body,
                const std::vector<std::pair<std::string, std::string>>& headers = {});
    bool json(std::string_view body) { return answer(200, "application/json", body); }
    /// Head with Transfer-Encoding: chunked, then chunk() …, then lastChunk().
    bool chunkedHead(int status = 200, std::string_view contentType = "application/json");
    bool chunk(std::string_view data);
    bool lastChunk() { return write("0\r\n\r\n"); }
};

/// A scriptable TCP server on 127.0.0.1, plain or TLS (HTTP/1.1 only; put nghttpx in front for HTTP/2). One thread per
/// connection reads requests and calls the handler for each; a handler that neither closes nor resets leaves the
/// connection open for the next request. Any thread may call it. Stops and joins when it dies.
///
///     HostileServer server([](const HostileRequest& request, HostileConnection& peer) { peer.json("{}"); });
///     endpoint.serverUrl = server.url();
class HostileServer {
public:
    using Handler = std::function<void(const HostileRequest&, HostileConnection&)>;

    struct Options {
        std::optional<PemIdentity> tls = {};
        /// Ask for a client certificate signed by this authority (PEM) …
        std::string clientCaPem = {};
        /// … and refuse the handshake without one.
        bool requireClientCertificate = false;
        /// Called as soon as a connection is there, instead of any TLS handshake and reading of requests.
        std::function<void(HostileConnection&)> onConnect = {};
        std::uint16_t port = 0;  ///< 0 = a free one
    };

    explicit HostileServer(Handler handler);
    HostileServer(Handler handler, Options options);
    ~HostileServer();
    HostileServer(const HostileServer&) = delete;
    HostileServer& operator=(const HostileServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    /// "http://127.0.0.1:PORT" or "https://…".
    [[nodiscard]] std::string url() const;
    /// For the requests from now on.
    void setHandler(Handler handler);
    /// Another certificate for the connections from now on; only where there was one from the start.
    void setIdentity(const PemIdentity& identity);

    [[nodiscard]] int requestCount() const;
    /// Connections accepted so far / open now / refused in the TLS handshake.
    [[nodiscard]] int connectionCount() const;
    [[nodiscard]] int openConnectionCount() const;
    [[nodiscard]] int failedHandshakeCount() const;
    [[nodiscard]] std::vector<HostileRequest> log() const;
    /// How many requests had this path (without query).
    [[nodiscard]] int requestCount(std::string_view path) const;

    /// Block until so many requests came / connections are left; false at the deadline.
    [[nodiscard]] bool waitForRequests(int count, std::chrono::milliseconds limit = std::chrono::seconds(10)) const;
    [[nodiscard]] bool waitForOpenConnections(int count,
                                              std::chrono::milliseconds limit = std::chrono::seconds(10)) const;

    /// Cuts every connection that is open now; new ones are accepted.
    void dropConnections();
    /// Stops listening (connections are refused) and cuts everything. Also done by the destructor.
    void stop();

private:
    class Peer;
    void acceptLoop();
    void serve(Peer& peer);
    void reap(bool all);

    Options options_;
    std::shared_ptr<void> tlsContext_;  // guarded by mutex_
    int listener_ = -1;
    std::uint16_t port_ = 0;
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    Handler handler_;
    std::vector<HostileRequest> log_;
    std::list<std::unique_ptr<Peer>> peers_;
    int connections_ = 0;
    int open_ = 0;
    int failedHandshakes_ = 0;
    std::atomic<bool> stopping_{false};
    std::thread acceptThread_;
};

/// Ready-made handlers.
namespace answers {
/// The handler whose path (without query) is equal or, for a key ending in '*', begins so; else a 404 Status.
[[nodiscard]] HostileServer::Handler byPath(std::vector<std::pair<std::string, HostileServer::Handler>> routes);
[[nodiscard]] HostileServer::Handler json(std::string body);
/// A Kubernetes Status object with this code, e.g. kubernetesStatus(403, "Forbidden", "pods is forbidden: …").
[[nodiscard]] HostileServer::Handler kubernetesStatus(int code, std::string reason, std::string message,
                                                      std::vector<std::pair<std::string, std::string>> headers = {});
/// A healthy server of version v1.34.0 with this PodList and nothing else; watches stay open and silent.
[[nodiscard]] HostileServer::Handler pods(std::string podList);
/// An HTML page (a login portal, a proxy's error page).
[[nodiscard]] HostileServer::Handler html(int status = 200);
/// Takes the request and never says anything.
[[nodiscard]] HostileServer::Handler silence();
/// Chunks for ever (the 5 GB answer); stops when the peer goes.
[[nodiscard]] HostileServer::Handler endlessChunks(std::string chunk);
/// Announces so many bytes, sends the body and cuts.
[[nodiscard]] HostileServer::Handler cutBody(std::size_t announced, std::string body);
/// Chunked, cut in good order before the last chunk.
[[nodiscard]] HostileServer::Handler cutChunked(std::string body);
/// Announces the body's length and sends one byte per interval.
[[nodiscard]] HostileServer::Handler byteByByte(std::string body, std::chrono::milliseconds interval);
/// Bytes that are not HTTP, then closes.
[[nodiscard]] HostileServer::Handler notHttp();
}  // namespace answers

}  // namespace quarterdeck::fakes
