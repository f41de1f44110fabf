#include "app/http/server_url.h"

#include <charconv>

#include "app/http/curl_handles.h"
#include "app/http/errors.h"
#include "app/http/libcurl.h"

namespace quarterdeck::http {
namespace {

std::string part(CURLU* url, CURLUPart which, unsigned flags = 0) {
    char* text = nullptr;
    if (curl_url_get(url, which, &text, flags) != CURLUE_OK || text == nullptr) {
        return {};
    }
    std::string copy(text);
    curl_free(text);
    return copy;
}

std::string bracketed(const std::string& host) {
    return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

}  // namespace

std::string ServerUrl::authority() const {
    return bracketed(host) + ":" + std::to_string(port);
}

bool ServerUrl::isLoopback() const {
    return host == "localhost" || host == "::1" || host.starts_with("127.");
}

Result<ServerUrl> parseServerUrl(const Endpoint& endpoint) {
    const auto bad = [&](const std::string& detail) {
        return fail(kBadServerUrl, {{"context", endpoint.label}, {"detail", detail}});
    };
    ensureCurl();
    const UrlHandle url(curl_url());
    if (endpoint.serverUrl.empty()) {
        return bad("it is empty");
    }
    if (curl_url_set(url.get(), CURLUPART_URL, endpoint.serverUrl.c_str(), 0) != CURLUE_OK) {
        return bad("it is not a URL like https://host:port");
    }
    const std::string scheme = part(url.get(), CURLUPART_SCHEME);
    if (scheme != "https" && scheme != "http") {
        return bad("only https:// and http:// are supported");
    }
    if (!part(url.get(), CURLUPART_USER).empty() || !part(url.get(), CURLUPART_PASSWORD).empty()) {
        return bad("it holds a user name or password, which belong in the user entry");
    }
    ServerUrl server;
    server.https = scheme == "https";
    server.host = part(url.get(), CURLUPART_HOST);
    if (server.host.starts_with('[') && server.host.ends_with(']')) {
        server.host = server.host.substr(1, server.host.size() - 2);
    }
    const std::string port = part(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
    std::from_chars(port.data(), port.data() + port.size(), server.port);
    server.prefix = part(url.get(), CURLUPART_PATH);
    while (server.prefix.ends_with('/')) {
        server.prefix.pop_back();
    }
    const bool defaultPort = part(url.get(), CURLUPART_PORT).empty();
    server.text = scheme + "://" + (defaultPort ? bracketed(server.host) : server.authority()) + server.prefix;
    return server;
}

}  // namespace quarterdeck::http
