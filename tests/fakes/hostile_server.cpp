#include "tests/fakes/hostile_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/pem.h>

#include <csignal>
#include <stdexcept>

#include "tests/fakes/hostile_peer.h"

namespace quarterdeck::fakes {
namespace {

std::unique_ptr<BIO, BioFree> readBio(const std::string& text) {
    return std::unique_ptr<BIO, BioFree>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::shared_ptr<void> makeTlsContext(const HostileServer::Options& options) {
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    const auto certificateBio = readBio(options.tls->certificatePem);
    const auto keyBio = readBio(options.tls->keyPem);
    X509* certificate = PEM_read_bio_X509(certificateBio.get(), nullptr, nullptr, nullptr);
    EVP_PKEY* key = PEM_read_bio_PrivateKey(keyBio.get(), nullptr, nullptr, nullptr);
    const bool used = certificate != nullptr && key != nullptr &&
                      SSL_CTX_use_certificate(context.get(), certificate) == 1 &&
                      SSL_CTX_use_PrivateKey(context.get(), key) == 1;
    X509_free(certificate);
    EVP_PKEY_free(key);
    if (!used) {
        throw std::runtime_error("HostileServer: unusable TLS identity");
    }
    if (!options.clientCaPem.empty()) {
        const auto caBio = readBio(options.clientCaPem);
        X509* authority = PEM_read_bio_X509(caBio.get(), nullptr, nullptr, nullptr);
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()), authority);
        SSL_CTX_add_client_CA(context.get(), authority);
        X509_free(authority);
        SSL_CTX_set_verify(context.get(),
                           SSL_VERIFY_PEER | (options.requireClientCertificate ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0),
                           nullptr);
        SSL_CTX_set_session_id_context(context.get(), reinterpret_cast<const unsigned char*>("hostile"), 7);
    }
    return context;
}

}  // namespace

HostileServer::HostileServer(Handler handler) : HostileServer(std::move(handler), Options()) {}

HostileServer::HostileServer(Handler handler, Options options)
    : options_(std::move(options)), handler_(std::move(handler)) {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes without MSG_NOSIGNAL
    if (options_.tls) {
        tlsContext_ = makeTlsContext(options_);
    }
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(options_.port);
    socklen_t size = sizeof address;
    if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) != 0 || ::listen(listener_, 128) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        ::close(listener_);
        throw std::runtime_error("HostileServer: cannot listen on 127.0.0.1");
    }
    port_ = ntohs(address.sin_port);
    acceptThread_ = std::thread([this] { acceptLoop(); });
}

HostileServer::~HostileServer() {
    stop();
}

std::string HostileServer::url() const {
    return (options_.tls ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port_);
}

void HostileServer::setHandler(Handler handler) {
    const std::lock_guard lock(mutex_);
    handler_ = std::move(handler);
}

void HostileServer::setIdentity(const PemIdentity& identity) {
    Options changed = options_;
    changed.tls = identity;
    auto context = makeTlsContext(changed);
    const std::lock_guard lock(mutex_);
    tlsContext_ = std::move(context);
}

int HostileServer::requestCount() const {
    const std::lock_guard lock(mutex_);
    return static_cast<int>(log_.size());
}

int HostileServer::requestCount(std::string_view path) const {
    const std::lock_guard lock(mutex_);
    return static_cast<int>(std::count_if(log_.begin(), log_.end(), [&](const auto& r) { return r.path() == path; }));
}

int HostileServer::connectionCount() const {
    const std::lock_guard lock(mutex_);
    return connections_;
}

int HostileServer::openConnectionCount() const {
    const std::lock_guard lock(mutex_);
    return open_;
}

int HostileServer::failedHandshakeCount() const {
    const std::lock_guard lock(mutex_);
    return failedHandshakes_;
}

std::vector<HostileRequest> HostileServer::log() const {
    const std::lock_guard lock(mutex_);
    return log_;
}

bool HostileServer::waitForRequests(int count, std::chrono::milliseconds limit) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, limit, [&] { return static_cast<int>(log_.size()) >= count; });
}

bool HostileServer::waitForOpenConnections(int count, std::chrono::milliseconds limit) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, limit, [&] { return open_ == count; });
}

void HostileServer::dropConnections() {
    const std::lock_guard lock(mutex_);
    for (const auto& peer : peers_) {
        if (!peer->done) {
            peer->dropped = true;
            peer->cut();
        }
    }
    changed_.notify_all();
}

void HostileServer::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        ::shutdown(listener_, SHUT_RDWR);
        for (const auto& peer : peers_) {
            peer->cut();
        }
        changed_.notify_all();
    }
    if (acceptThread_.joinable()) {
        acceptThread_.join();
        ::close(listener_);
        listener_ = -1;
    }
    reap(true);
}

void HostileServer::reap(bool all) {
    std::list<std::unique_ptr<Peer>> gone;
    const std::unique_lock lock(mutex_);
    for (auto it = peers_.begin(); it != peers_.end();) {
        const auto next = std::next(it);
        if (all || (*it)->done) {
            gone.splice(gone.end(), peers_, it);
        }
        it = next;
    }
    // `lock` is released before `gone` joins the threads: declared later, destroyed earlier.
}

void HostileServer::acceptLoop() {
    while (!stopping_) {
        const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) {
            if (stopping_) {
                return;
            }
            continue;
        }
        reap(false);
        const int yes = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        const std::lock_guard lock(mutex_);
        if (stopping_) {
            ::close(socket);
            return;
        }
        ++connections_;
        ++open_;
        Peer& peer = *peers_.emplace_back(std::make_unique<Peer>(*this, socket, connections_));
        peer.thread = std::thread([this, &peer] { serve(peer); });
        changed_.notify_all();
    }
}

void HostileServer::serve(Peer& peer) {
    std::shared_ptr<void> tls;
    {
        const std::lock_guard lock(mutex_);
        tls = tlsContext_;
    }
    if (options_.onConnect) {
        options_.onConnect(peer);
    } else if (tls && !peer.handshake(static_cast<SSL_CTX*>(tls.get()))) {
        const std::lock_guard lock(mutex_);
        ++failedHandshakes_;
    } else {
        HostileRequest request;
        while (!stopping_ && !peer.closed() && peer.readRequest(request)) {
            Handler handler;
            {
                const std::lock_guard lock(mutex_);
                request.number = static_cast<int>(log_.size()) + 1;
                log_.push_back(request);
                handler = handler_;
                changed_.notify_all();
            }
            handler(request, peer);
            request = {};
        }
    }
    peer.finish();
    const std::lock_guard lock(mutex_);
    peer.done = true;
    --open_;
    changed_.notify_all();
}

}  // namespace quarterdeck::fakes
