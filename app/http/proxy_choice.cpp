#include "app/http/proxy_choice.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <cstring>

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

std::string lower(std::string_view text) {
    std::string small(text);
    for (char& c : small) {
        c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    return small;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// Bytes of an address (4 or 16); empty where the text is none.
std::string addressBytes(const std::string& text) {
    std::array<char, 16> bytes{};
    if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) {
        return {bytes.data(), 4};
    }
    if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) {
        return {bytes.data(), 16};
    }
    return {};
}

bool inNetwork(const std::string& address, std::string_view network) {
    const std::size_t slash = network.find('/');
    const std::string base = addressBytes(std::string(network.substr(0, slash)));
    const std::string_view digits = network.substr(slash + 1);
    unsigned bits = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (base.empty() || base.size() != address.size() || error != std::errc() || end != digits.data() + digits.size() ||
        bits > base.size() * 8) {
        return false;
    }
    for (unsigned bit = 0; bit < bits; ++bit) {
        const unsigned mask = 0x80U >> (bit % 8);
        if (((static_cast<unsigned char>(base[bit / 8]) ^ static_cast<unsigned char>(address[bit / 8])) & mask) != 0) {
            return false;
        }
    }
    return true;
}

bool matches(const ServerUrl& server, const std::string& entry) {
    if (entry == "*") {
        return true;
    }
    const std::string host = lower(server.host);
    const std::string address = addressBytes(host);
    if (entry.find('/') != std::string::npos) {
        return !address.empty() && inNetwork(address, entry);
    }
    std::string name = entry;
    const std::size_t colon = entry.rfind(':');
    const bool bracketed = entry.starts_with('[');
    if (colon != std::string::npos && (bracketed ? entry[colon - 1] == ']' : entry.find(':') == colon)) {
        if (entry.substr(colon + 1) != std::to_string(server.port)) {
            return false;
        }
        name = entry.substr(0, colon);
    }
    if (name.size() > 1 && name.front() == '[' && name.back() == ']') {
        name = name.substr(1, name.size() - 2);
    }
    if (!address.empty()) {
        return address == addressBytes(name);
    }
    if (name.starts_with("*.")) {
        name.erase(0, 1);
    }
    if (name.starts_with('.')) {
        return host.size() > name.size() && host.ends_with(name);
    }
    return host == name || (host.size() > name.size() && host.ends_with("." + name));
}

tl::unexpected<Error> unusable(const Endpoint& endpoint, const std::string& shown, std::string detail) {
    return fail(
        kProxyFailed,
        {{"server", endpoint.serverUrl}, {"context", endpoint.label}, {"proxy", shown}, {"detail", std::move(detail)}});
}

/// Takes a proxy's URL apart; `from`: where it was written.
Result<ProxyChoice> takeApart(const Endpoint& endpoint, const std::string& written, const std::string& from) {
    ensureCurl();
    const bool bare = written.find("://") == std::string::npos;
    const UrlHandle url(curl_url());
    const std::string whole = bare ? "http://" + written : written;
    if (curl_url_set(url.get(), CURLUPART_URL, whole.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK ||
        part(url.get(), CURLUPART_HOST).empty()) {
        return unusable(endpoint, from, "its address is not a URL like http://host:port");
    }
    const std::string scheme = lower(part(url.get(), CURLUPART_SCHEME));
    if (scheme != "http" && scheme != "https" && scheme != "socks5" && scheme != "socks5h") {
        return unusable(endpoint, from, "its address must begin with http://, https:// or socks5://");
    }
    const bool socks = scheme.starts_with("socks5");
    std::string port = part(url.get(), CURLUPART_PORT);
    if (port.empty()) {
        port = socks ? "1080" : scheme == "https" ? "443" : "80";
    }
    const std::string authority = part(url.get(), CURLUPART_HOST) + ":" + port;
    ProxyChoice choice;
    choice.url = (socks ? "socks5h" : scheme) + "://" + authority;
    choice.user = part(url.get(), CURLUPART_USER, CURLU_URLDECODE);
    std::string password = part(url.get(), CURLUPART_PASSWORD, CURLU_URLDECODE);
    choice.password = Secret(password);
    wipeString(password);
    choice.shown = (socks ? "socks5" : scheme) + "://" + authority + " (" + from + ")";
    return choice;
}

}  // namespace

std::string processEnvironment(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

bool isExempt(const ServerUrl& server, std::string_view noProxy) {
    while (!noProxy.empty()) {
        const std::size_t comma = std::min(noProxy.find(','), noProxy.size());
        const std::string entry = lower(trimmed(noProxy.substr(0, comma)));
        if (!entry.empty() && matches(server, entry)) {
            return true;
        }
        noProxy.remove_prefix(std::min(comma + 1, noProxy.size()));
    }
    return false;
}

Result<ProxyChoice> chooseProxy(const Endpoint& endpoint, const ServerUrl& server,
                                const EnvironmentLookup& environment) {
    if (!endpoint.proxyUrl.empty()) {
        return takeApart(endpoint, endpoint.proxyUrl, "proxy-url");
    }
    const auto variable = [&](const char* capitals, const char* small) {
        std::string value = environment(capitals);
        return value.empty() ? std::pair(environment(small), small) : std::pair(std::move(value), capitals);
    };
    const auto [written, name] =
        server.https ? variable("HTTPS_PROXY", "https_proxy") : variable("HTTP_PROXY", "http_proxy");
    if (written.empty() || server.isLoopback() || isExempt(server, variable("NO_PROXY", "no_proxy").first)) {
        return ProxyChoice{};
    }
    return takeApart(endpoint, written, name);
}

}  // namespace quarterdeck::http
