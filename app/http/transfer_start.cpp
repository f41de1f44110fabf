#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>

#include "app/http/errors.h"
#include "app/http/transfer.h"

namespace quarterdeck::http {
namespace {

constexpr long kKeepAliveSeconds = 30;
constexpr int kUserTimeoutMillis = 45'000;

bool hasControl(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char letter) { return (letter >= 0 && letter < ' ') || letter == 0x7f; });
}

/// What is wrong with what goes into the headers for this person; empty where nothing is. Quotes nothing of it.
std::string_view unsendable(const Credential& credential, const std::vector<Header>& impersonation) {
    const bool clean = std::none_of(impersonation.begin(), impersonation.end(), [](const Header& header) {
        return header.name.empty() || hasControl(header.name) || hasControl(header.value);
    });
    if (!clean) {
        return "an impersonation header holds a line break or control character";
    }
    if (hasControl(credential.bearerToken.reveal())) {
        return "the token holds a line break or control character";
    }
    if (hasControl(credential.basicUser) || hasControl(credential.basicPassword.reveal())) {
        return "the user name or password holds a line break or control character";
    }
    if (credential.basicUser.find(':') != std::string::npos) {
        return "the user name holds a colon";
    }
    return {};
}

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
    if (const std::string_view detail = unsendable(credential_, context_->endpoint.extraHeaders); !detail.empty()) {
        return makeError(kBadCredential, {{"server", context_->server.text},
                                          {"context", context_->endpoint.label},
                                          {"detail", std::string(detail)}});
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
    const ServerUrl& server = context_->server;
    const std::string& name = context_->endpoint.tlsServerName;
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    if (server.https && !name.empty()) {
        // The name stands in the URL, so that SNI and verification use it; the connection goes to the real host.
        const std::string port = std::to_string(server.port);
        const bool ipv6 = name.find(':') != std::string::npos;
        const std::string shown = ipv6 ? "[" + name + "]" : name;
        url_ = "https://" + shown + ":" + port + server.prefix + request_.target;
        connectTo_ = std::make_unique<HeaderLines>();
        connectTo_->add(shown + ":" + port + ":" + server.authority());
        curl_easy_setopt(easy, CURLOPT_CONNECT_TO, connectTo_->get());
    } else {
        url_ = server.text + request_.target;
    }
    curl_easy_setopt(easy, CURLOPT_URL, url_.c_str());
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    applyProxy(easy, context_->proxy, context_->endpoint);
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(easy, CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPIDLE, kKeepAliveSeconds);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPINTVL, kKeepAliveSeconds / 3);
    curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, &Transfer::onSocket);
    if (server.https) {
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

int Transfer::onSocket(void* /*self*/, curl_socket_t socket, curlsocktype /*purpose*/) {
    // A plugin that is started meanwhile must not inherit the connection.
    ::fcntl(socket, F_SETFD, FD_CLOEXEC);
    ::setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &kUserTimeoutMillis, sizeof kUserTimeoutMillis);
    return CURL_SOCKOPT_OK;
}

}  // namespace quarterdeck::http
