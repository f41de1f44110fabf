#include "app/kubeconfig/validate.h"

#include <algorithm>

#include <QString>
#include <QUrl>

#include "app/kubeconfig/errors.h"
#include "app/kubeconfig/material.h"
#include "app/kubeconfig/resolve.h"
#include "app/kubeconfig/text_file.h"

namespace quarterdeck::kubeconfig {

namespace {

void append(std::vector<Error>& into, std::vector<Error> more) {
    std::move(more.begin(), more.end(), std::back_inserter(into));
}

std::vector<Error> faultsOf(const std::map<std::string, std::vector<Error>>& faults, const std::string& name) {
    const auto found = faults.find(name);
    return found == faults.end() ? std::vector<Error>{} : found->second;
}

bool isDnsLabel(const std::string& name) {
    const auto inner = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !name.empty() && name.size() <= 63 && name.front() != '-' && name.back() != '-' &&
           std::all_of(name.begin(), name.end(), inner);
}

/// Why a server's URL cannot be used; empty = it can.
std::string serverProblem(const std::string& url) {
    const QUrl parsed(QString::fromStdString(url), QUrl::StrictMode);
    if (!fitsHeader(url) || !parsed.isValid() || parsed.host().isEmpty()) {
        return "host must be a URL or a host:port pair";
    }
    if (parsed.scheme() != QLatin1String("https") && parsed.scheme() != QLatin1String("http")) {
        return "unsupported scheme \"" + parsed.scheme().toStdString() + "\", must be https or http";
    }
    if (!parsed.userInfo().isEmpty()) {
        return "a user name or password in the URL is not allowed; put it into the user's entry";
    }
    if (parsed.hasQuery() || parsed.hasFragment()) {
        return "a query or fragment in the URL is not allowed";
    }
    return {};
}

/// Why a proxy's URL cannot be used; empty = it can.
std::string proxyProblem(const std::string& url) {
    const QUrl parsed(QString::fromStdString(url), QUrl::StrictMode);
    const std::string scheme = parsed.scheme().toStdString();
    if (!fitsHeader(url) || !parsed.isValid()) {
        return "could not parse the URL";
    }
    if (scheme != "http" && scheme != "https" && scheme != "socks5") {
        return "unsupported scheme \"" + scheme + "\", must be http, https, or socks5";
    }
    return parsed.host().isEmpty() ? "it names no host" : std::string();
}

}  // namespace

std::vector<Error> validateCluster(const Kubeconfig& config, const Cluster& cluster) {
    std::vector<Error> errors = faultsOf(config.clusterFaults, cluster.name);
    const std::string& file = cluster.origin.file;
    const bool faulty = !errors.empty();
    if (cluster.server.empty()) {
        if (!faulty) {
            errors.push_back(makeError(kNoServer, {{"cluster", cluster.name}, {"file", file}}));
        }
    } else if (const std::string problem = serverProblem(normalisedServerUrl(cluster, false)); !problem.empty()) {
        errors.push_back(makeError(
            kBadServer,
            {{"server", redactUrl(cluster.server)}, {"cluster", cluster.name}, {"file", file}, {"reason", problem}}));
    }
    if (!cluster.proxyUrl.empty()) {
        if (const std::string problem = proxyProblem(cluster.proxyUrl); !problem.empty()) {
            errors.push_back(makeError(kBadProxy, {{"proxy", redactUrl(cluster.proxyUrl)},
                                                   {"cluster", cluster.name},
                                                   {"reason", problem},
                                                   {"file", file}}));
        }
    }
    const bool hasFile = !cluster.certificateAuthority.empty();
    const bool hasData = !cluster.certificateAuthorityData.empty();
    if (hasFile && hasData) {
        errors.push_back(makeError(kCaBoth, {{"cluster", cluster.name}, {"file", file}}));
    }
    if (cluster.insecureSkipTlsVerify && (hasFile || hasData)) {
        errors.push_back(makeError(kCaInsecure, {{"cluster", cluster.name}, {"file", file}}));
    }
    std::string pem = cluster.certificateAuthorityData;
    if (hasFile) {
        const std::string path = resolvePath(cluster.origin, cluster.certificateAuthority);
        OrReason<std::string> bytes = readBytes(path, kMaxMaterialBytes);
        if (!bytes) {
            errors.push_back(makeError(
                kCaUnreadable, {{"path", path}, {"cluster", cluster.name}, {"reason", bytes.error()}, {"file", file}}));
            return errors;
        }
        pem = hasData ? pem : std::move(*bytes);
    }
    if ((hasFile || hasData) && !holdsPem(pem, "CERTIFICATE")) {
        errors.push_back(
            makeError(kNotPem, {{"field", hasData ? "certificate-authority-data" : "certificate-authority"},
                                {"entry", "cluster \"" + cluster.name + "\""},
                                {"file", file},
                                {"what", "certificate"}}));
    }
    if (!fitsHeader(cluster.tlsServerName)) {
        errors.push_back(makeError(kBadField, {{"field", "tls-server-name"},
                                               {"entry", "cluster \"" + cluster.name + "\""},
                                               {"file", file},
                                               {"reason", "it holds control characters"}}));
    }
    return errors;
}

std::vector<Error> validateContext(const Kubeconfig& config, const std::string& contextName) {
    const std::string& name = contextName.empty() ? config.currentContext : contextName;
    if (name.empty()) {
        return {makeError(kNoContext)};
    }
    const Context* const context = config.context(name);
    if (context == nullptr) {
        return {makeError(kContextMissing, {{"context", name}})};
    }
    std::vector<Error> errors = faultsOf(config.contextFaults, name);
    const bool faulty = !errors.empty();
    const std::string& file = context->origin.file;
    if (!context->user.empty()) {
        if (const User* const user = config.user(context->user)) {
            append(errors, validateUser(config, *user));
        } else {
            errors.push_back(makeError(kUserMissing, {{"user", context->user}, {"context", name}, {"file", file}}));
        }
    }
    if (context->cluster.empty()) {
        if (!faulty) {
            errors.push_back(makeError(kClusterUnset, {{"context", name}, {"file", file}}));
        }
    } else if (const Cluster* const cluster = config.cluster(context->cluster)) {
        append(errors, validateCluster(config, *cluster));
    } else {
        errors.push_back(
            makeError(kClusterMissing, {{"cluster", context->cluster}, {"context", name}, {"file", file}}));
    }
    if (!context->nameSpace.empty() && !isDnsLabel(context->nameSpace)) {
        errors.push_back(
            makeError(kBadNamespace, {{"namespace", context->nameSpace}, {"context", name}, {"file", file}}));
    }
    return errors;
}

std::vector<Error> validateAll(const Kubeconfig& config) {
    std::vector<Error> errors;
    if (!config.currentContext.empty() && config.context(config.currentContext) == nullptr) {
        errors.push_back(makeError(kContextMissing, {{"context", config.currentContext}}));
    }
    for (const auto& [name, cluster] : config.clusters) {
        append(errors, validateCluster(config, cluster));
    }
    for (const auto& [name, user] : config.users) {
        append(errors, validateUser(config, user));
    }
    for (const auto& [name, context] : config.contexts) {
        for (Error& error : validateContext(config, name)) {
            const bool told = std::any_of(errors.begin(), errors.end(), [&](const Error& earlier) {
                return earlier.code == error.code && earlier.parameters == error.parameters;
            });
            if (!told) {
                errors.push_back(std::move(error));
            }
        }
    }
    return errors;
}

}  // namespace quarterdeck::kubeconfig
