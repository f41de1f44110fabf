#include "app/http/transfer.h"

#include <algorithm>

#include "app/http/route_setup.h"

namespace quarterdeck::http {
namespace {

long weightOf(Priority priority) {
    switch (priority) {
        case Priority::Person:
            return 256;
        case Priority::Watch:
            return 64;
        case Priority::Background:
            break;
    }
    return 16;
}

}  // namespace

std::optional<Error> Transfer::start() {
    if (auto error = unsendableIdentity(*context_, credential_)) {
        return error;
    }
    easy_.reset(curl_easy_init());
    if (!easy_) {
        return lostError("no memory for another transfer");
    }
    lastByte_ = std::chrono::steady_clock::now();
    CURL* easy = easy_.get();
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, words_.data());
    curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    // A hanging name lookup must not hold up the removal of its transfer.
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Transfer::onHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::onBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    applyRoute();
    applyRequest();
    applyHeaders();
    applyLimits();
    if (context_->server.https) {
        applyTls(easy, context_->endpoint, credential_, handshake_);
    }
    return std::nullopt;
}

void Transfer::applyRoute() {
    CURL* easy = easy_.get();
    http::applyRoute(easy, *context_, request_.target, route_);
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(easy, CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));
    if (context_->server.https) {
        curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
        curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
        curl_easy_setopt(easy, CURLOPT_STREAM_WEIGHT, weightOf(request_.priority));
    } else {
        curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    }
    if (request_.effect == Effect::Write) {
        // On a used connection that turns out dead libcurl sends again by itself: never do that with an action.
        curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
        curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
    }
}

void Transfer::applyRequest() {
    CURL* easy = easy_.get();
    if (request_.method == "HEAD") {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
        return;
    }
    if (!request_.body.empty() || request_.method == "POST" || request_.method == "PUT" || request_.method == "PATCH") {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request_.body.data());
    }
    if (request_.method != "GET" || !request_.body.empty()) {
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
    }
}

void Transfer::applyHeaders() {
    CURL* easy = easy_.get();
    const bool https = context_->server.https;
    const bool hasToken = https && !credential_.bearerToken.empty();
    const bool hasBasic = https && !hasToken && !credential_.basicUser.empty();
    headerLines_ = std::make_unique<HeaderLines>();
    const auto add = [&](const Header& header) {
        const bool ours = equalHeaderNames(header.name, "Host") || equalHeaderNames(header.name, "Accept-Encoding") ||
                          equalHeaderNames(header.name, "Content-Length") ||
                          equalHeaderNames(header.name, "Transfer-Encoding");
        const bool secret = equalHeaderNames(header.name, "Authorization") || equalHeaderNames(header.name, "Cookie");
        if (!ours && !(secret && (!https || hasToken || hasBasic))) {
            // "Name;" is libcurl's spelling of a header without a value.
            headerLines_->add(header.value.empty() ? header.name + ";" : header.name + ": " + header.value);
        }
    };
    for (const Header& header : request_.headers) {
        add(header);
    }
    for (const Header& header : context_->endpoint.extraHeaders) {
        add(header);
    }
    headerLines_->add("Expect:");
    if (findHeader(request_.headers, "Content-Type").empty()) {
        headerLines_->add("Content-Type:");
    }
    if (https && !context_->endpoint.tlsServerName.empty()) {
        headerLines_->add("Host: " + context_->server.authority());
    }
    if (hasToken) {
        std::string line = "Authorization: Bearer ";
        line += credential_.bearerToken.reveal();
        headerLines_->add(line);
        wipeString(line);
    } else if (hasBasic) {
        std::string password(credential_.basicPassword.reveal());
        curl_easy_setopt(easy, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
        curl_easy_setopt(easy, CURLOPT_USERNAME, credential_.basicUser.c_str());
        curl_easy_setopt(easy, CURLOPT_PASSWORD, password.c_str());
        wipeString(password);
    }
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headerLines_->get());
    curl_easy_setopt(easy, CURLOPT_USERAGENT, context_->options.userAgent.c_str());
    const bool compressed = request_.compressed && !context_->endpoint.disableCompression;
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, compressed ? "gzip" : "identity");
}

void Transfer::applyLimits() {
    CURL* easy = easy_.get();
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(context_->options.connectTimeout.count()));
    if (deadline_) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline_ - std::chrono::steady_clock::now());
        curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(std::max<std::int64_t>(1, left.count())));
    }
}

}  // namespace quarterdeck::http
