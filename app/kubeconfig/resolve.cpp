#include "app/kubeconfig/resolve.h"

#include <fmt/format.h>

#include "app/kubeconfig/errors.h"
#include "app/kubeconfig/material.h"
#include "app/kubeconfig/text_file.h"
#include "app/kubeconfig/validate.h"

namespace quarterdeck::kubeconfig {

namespace {

/// A key of Impersonate-Extra-*: what cannot stand in a header's name, and '%', percent-encoded.
std::string escapedHeaderKey(std::string_view key) {
    constexpr std::string_view kLegal = "!#$&'*+-.^_`|~";
    std::string escaped;
    for (const char c : key) {
        const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (alphanumeric || kLegal.find(c) != std::string_view::npos) {
            escaped += c;
        } else {
            escaped += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return escaped;
}

std::vector<http::Header> impersonationHeaders(const Impersonation& as) {
    std::vector<http::Header> headers;
    if (as.user.empty()) {
        return headers;
    }
    headers.push_back({"Impersonate-User", as.user});
    if (!as.uid.empty()) {
        headers.push_back({"Impersonate-Uid", as.uid});
    }
    for (const std::string& group : as.groups) {
        headers.push_back({"Impersonate-Group", group});
    }
    for (const auto& [key, values] : as.extra) {
        for (const std::string& value : values) {
            headers.push_back({"Impersonate-Extra-" + escapedHeaderKey(key), value});
        }
    }
    return headers;
}

tl::unexpected<Error> unusable(const std::string& context, const std::vector<Error>& reasons) {
    std::string text;
    for (const Error& reason : reasons) {
        text += (text.empty() ? "" : " · ") + describe(reason);
    }
    return fail(kContextUnusable, {{"context", context}, {"reasons", text}});
}

}  // namespace

std::string normalisedServerUrl(const Cluster& cluster, bool hasClientCertificate) {
    std::string url = cluster.server;
    if (url.find("://") == std::string::npos) {
        const bool tls = hasClientCertificate || cluster.insecureSkipTlsVerify ||
                         !cluster.certificateAuthority.empty() || !cluster.certificateAuthorityData.empty();
        url = (tls ? "https://" : "http://") + url;
    }
    while (!url.empty() && url.back() == '/') {
        url.pop_back();
    }
    return url;
}

Result<http::Endpoint> endpointFor(const Kubeconfig& config, const std::string& contextName) {
    const std::string& name = contextName.empty() ? config.currentContext : contextName;
    if (const std::vector<Error> errors = validateContext(config, name); !errors.empty()) {
        return unusable(name, errors);
    }
    const Context& context = *config.context(name);
    const Cluster& cluster = *config.cluster(context.cluster);
    const User* const user = config.user(context.user);
    http::Endpoint endpoint;
    endpoint.serverUrl = normalisedServerUrl(
        cluster, user != nullptr && (!user->clientCertificate.empty() || !user->clientCertificateData.empty()));
    endpoint.caPem = cluster.certificateAuthorityData;
    if (endpoint.caPem.empty() && !cluster.certificateAuthority.empty()) {
        const std::string path = resolvePath(cluster.origin, cluster.certificateAuthority);
        OrReason<std::string> pem = readBytes(path, kMaxMaterialBytes);
        if (!pem || !holdsPem(*pem, "CERTIFICATE")) {
            const std::string reason = pem ? "it holds no PEM certificate" : pem.error();
            return unusable(
                name,
                {makeError(
                    kCaUnreadable,
                    {{"path", path}, {"cluster", cluster.name}, {"reason", reason}, {"file", cluster.origin.file}})});
        }
        endpoint.caPem = std::move(*pem);
    }
    endpoint.insecureSkipTlsVerify = cluster.insecureSkipTlsVerify;
    endpoint.tlsServerName = cluster.tlsServerName;
    endpoint.proxyUrl = cluster.proxyUrl;
    endpoint.disableCompression = cluster.disableCompression;
    if (user != nullptr) {
        endpoint.extraHeaders = impersonationHeaders(user->impersonation);
    }
    endpoint.label = name;
    return endpoint;
}

}  // namespace quarterdeck::kubeconfig
