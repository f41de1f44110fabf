#pragma once

#include <curl/curl.h>

#include <array>
#include <memory>
#include <optional>
#include <stop_token>

#include "app/http/curl_handles.h"
#include "app/http/transfer.h"

namespace quarterdeck::http {

/// A connection to the server of a context, made by libcurl (name service, proxy, TLS identity as for any request,
/// HTTP/1.1) and then used for bytes. For one thread.
class CurlConnection {
public:
    CurlConnection(std::shared_ptr<const TransferContext> context, Request request, Credential credential);
    ~CurlConnection() { close(); }
    CurlConnection(const CurlConnection&) = delete;
    CurlConnection& operator=(const CurlConnection&) = delete;

    /// Blocks until connected, with TLS where the URL says https. Errors: those of a transport; kCancelled.
    [[nodiscard]] std::optional<Error> open(const std::stop_token& stop);
    [[nodiscard]] curl_socket_t socket() const { return socket_; }
    /// Never block: CURLE_AGAIN where nothing can be done now. A count of 0 with CURLE_OK is the end.
    struct Outcome {
        CURLcode code = CURLE_OK;
        std::size_t count = 0;
    };
    [[nodiscard]] Outcome read(char* into, std::size_t size);
    [[nodiscard]] Outcome write(const char* from, std::size_t size);
    /// Bytes, or the end, have come that nobody has read yet.
    [[nodiscard]] bool hasUnread() const;
    /// What a failed read or write means before the server has answered anything.
    [[nodiscard]] Error describe(CURLcode code) const;
    void close();

private:
    const std::shared_ptr<const TransferContext> context_;
    const Request request_;
    const Credential credential_;  // outlives the handle, which points into it
    std::shared_ptr<HandshakeFacts> handshake_ = std::make_shared<HandshakeFacts>();
    std::array<char, CURL_ERROR_SIZE> words_{};
    Route route_;
    MultiHandle multi_;
    EasyHandle easy_;
    bool added_ = false;
    curl_socket_t socket_ = CURL_SOCKET_BAD;
};

}  // namespace quarterdeck::http
