#pragma once

#include <openssl/evp.h>

#include <string>
#include <string_view>

#include "tests/fakes/socket_peer.h"
#include "tests/http/http_support.h"

namespace quarterdeck::kube {

/// SHA-256 of what is added, as hexadecimal digits, and how much that was.
class Digest {
public:
    Digest() : context_(EVP_MD_CTX_new()) { EVP_DigestInit_ex(context_, EVP_sha256(), nullptr); }
    ~Digest() { EVP_MD_CTX_free(context_); }
    Digest(const Digest&) = delete;
    Digest& operator=(const Digest&) = delete;
    void add(std::string_view bytes) {
        EVP_DigestUpdate(context_, bytes.data(), bytes.size());
        bytes_ += bytes.size();
    }
    /// A stream that adds all that comes.
    [[nodiscard]] auto sink() {
        return [this](std::string_view bytes) {
            add(bytes);
            return true;
        };
    }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    [[nodiscard]] std::string hex() {
        unsigned char bytes[EVP_MAX_MD_SIZE];
        unsigned size = 0;
        EVP_DigestFinal_ex(context_, bytes, &size);
        std::string text;
        for (unsigned i = 0; i < size; ++i) {
            text += "0123456789abcdef"[bytes[i] >> 4U];
            text += "0123456789abcdef"[bytes[i] & 15U];
        }
        return text;
    }

private:
    EVP_MD_CTX* context_;
    std::size_t bytes_ = 0;
};

inline const fakes::TestAuthority& authority() {
    static const fakes::TestAuthority shared;
    return shared;
}

/// An API server over TLS that answers every request with `handler`, and the way to it.
struct TlsBench {
    explicit TlsBench(fakes::HostileServer::Handler handler)
        : server(std::move(handler), {.tls = authority().server()}),
          transport(http::endpointFor(server.url(), authority().caPem()), nullptr, http::systemClock()) {}
    fakes::HostileServer server;
    http::HttpTransport transport;
};

inline const char* const kSuccessStatus = "{\"metadata\":{},\"status\":\"Success\"}";

inline std::string exitStatus(const std::string& code) {
    return "{\"metadata\":{},\"status\":\"Failure\",\"message\":\"command terminated with non-zero exit code\","
           "\"reason\":\"NonZeroExitCode\",\"details\":{\"causes\":[{\"reason\":\"ExitCode\",\"message\":\"" +
           code + "\"}]}}";
}

/// A handler that accepts the upgrade with a protocol and then acts.
inline fakes::HostileServer::Handler speaking(
    const std::string& protocol,
    std::function<void(fakes::SocketPeer&, const fakes::HostileRequest&, fakes::HostileConnection&)> act) {
    return
        [protocol, act = std::move(act)](const fakes::HostileRequest& request, fakes::HostileConnection& connection) {
            fakes::SocketPeer peer(connection);
            if (peer.accept(request, protocol)) {
                act(peer, request, connection);
            }
            connection.close();
        };
}

}  // namespace quarterdeck::kube
