#include "app/http/curl_connection.h"

#include <sys/socket.h>

#include <utility>

#include "app/http/curl_error.h"
#include "app/http/libcurl.h"
#include "app/http/route_setup.h"

namespace quarterdeck::http {

CurlConnection::CurlConnection(std::shared_ptr<const TransferContext> context, Request request, Credential credential)
    : context_(std::move(context)), request_(std::move(request)), credential_(std::move(credential)) {}

std::optional<Error> CurlConnection::open(const std::stop_token& stop) {
    ensureCurl();
    multi_.reset(curl_multi_init());
    easy_.reset(curl_easy_init());
    if (!multi_ || !easy_) {
        return describe(CURLE_OUT_OF_MEMORY);
    }
    CURL* easy = easy_.get();
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, words_.data());
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_HTTPPROXYTUNNEL, 1L);
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, context_->options.userAgent.c_str());
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(context_->options.connectTimeout.count()));
    applyRoute(easy, *context_, "/", route_);
    if (context_->server.https) {
        applyTls(easy, context_->endpoint, credential_, handshake_);
    }
    curl_multi_add_handle(multi_.get(), easy);
    added_ = true;

    struct Wake {
        CURLM* multi;
        void operator()() const { curl_multi_wakeup(multi); }
    };
    const std::stop_callback<Wake> wake(stop, Wake{multi_.get()});
    for (;;) {
        if (stop.stop_requested()) {
            return makeError(kCancelled);
        }
        int count = 0;
        curl_multi_perform(multi_.get(), &count);
        int left = 0;
        if (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
            if (message->data.result != CURLE_OK) {
                return describe(message->data.result);
            }
            break;
        }
        curl_multi_poll(multi_.get(), nullptr, 0, 1000, nullptr);
    }
    curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &socket_);
    return socket_ == CURL_SOCKET_BAD ? std::optional(describe(CURLE_COULDNT_CONNECT)) : std::nullopt;
}

CurlConnection::Outcome CurlConnection::read(char* into, std::size_t size) {
    Outcome outcome;
    outcome.code = curl_easy_recv(easy_.get(), into, size, &outcome.count);
    return outcome;
}

CurlConnection::Outcome CurlConnection::write(const char* from, std::size_t size) {
    Outcome outcome;
    outcome.code = curl_easy_send(easy_.get(), from, size, &outcome.count);
    return outcome;
}

bool CurlConnection::hasUnread() const {
    char byte = 0;
    return ::recv(socket_, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0;
}

Error CurlConnection::describe(CURLcode code) const {
    return describeFailure(code, {.easy = easy_.get(),
                                  .words = words_.data(),
                                  .endpoint = context_->endpoint,
                                  .server = context_->server,
                                  .proxy = context_->proxy,
                                  .options = context_->options,
                                  .request = request_,
                                  .handshake = *handshake_,
                                  .now = context_->clock->now(),
                                  .clockOffset = std::nullopt});
}

void CurlConnection::close() {
    if (added_) {
        curl_multi_remove_handle(multi_.get(), easy_.get());
        added_ = false;
    }
    easy_.reset();
    multi_.reset();
    socket_ = CURL_SOCKET_BAD;
}

}  // namespace quarterdeck::http
