#include "app/http/route_setup.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>

#include "app/http/errors.h"
#include "app/http/tls_setup.h"

namespace quarterdeck::http {
namespace {

constexpr long kKeepAliveSeconds = 30;
constexpr int kUserTimeoutMillis = 45'000;

int onSocket(void* /*self*/, curl_socket_t socket, curlsocktype /*purpose*/) {
    // A plugin that is started meanwhile must not inherit the connection.
    ::fcntl(socket, F_SETFD, FD_CLOEXEC);
    ::setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &kUserTimeoutMillis, sizeof kUserTimeoutMillis);
    return CURL_SOCKOPT_OK;
}

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

}  // namespace

void applyRoute(CURL* easy, const TransferContext& context, const std::string& target, Route& route) {
    const ServerUrl& server = context.server;
    const std::string& name = context.endpoint.tlsServerName;
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    if (server.https && !name.empty()) {
        const std::string port = std::to_string(server.port);
        const bool ipv6 = name.find(':') != std::string::npos;
        const std::string shown = ipv6 ? "[" + name + "]" : name;
        route.url = "https://" + shown + ":" + port + server.prefix + target;
        route.connectTo = std::make_unique<HeaderLines>();
        route.connectTo->add(shown + ":" + port + ":" + server.authority());
        curl_easy_setopt(easy, CURLOPT_CONNECT_TO, route.connectTo->get());
    } else {
        route.url = server.text + target;
    }
    curl_easy_setopt(easy, CURLOPT_URL, route.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    applyProxy(easy, context.proxy, context.endpoint);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPIDLE, kKeepAliveSeconds);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPINTVL, kKeepAliveSeconds / 3);
    curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, &onSocket);
}

std::optional<Error> unsendableIdentity(const TransferContext& context, const Credential& credential) {
    const std::string_view detail = unsendable(credential, context.endpoint.extraHeaders);
    if (detail.empty()) {
        return std::nullopt;
    }
    return makeError(
        kBadCredential,
        {{"server", context.server.text}, {"context", context.endpoint.label}, {"detail", std::string(detail)}});
}

}  // namespace quarterdeck::http
