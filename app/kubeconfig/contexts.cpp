#include "app/kubeconfig/contexts.h"

#include <algorithm>
#include <array>

#include "app/kubeconfig/validate.h"

namespace quarterdeck::kubeconfig {

std::string userKind(const User& user) {
    if (!user.tokenFile.empty()) {
        return "token file";
    }
    if (!user.token.empty()) {
        return "token";
    }
    if (!user.username.empty() || !user.password.empty()) {
        return "basic";
    }
    if (!user.clientCertificate.empty() || !user.clientCertificateData.empty()) {
        return "certificate";
    }
    if (user.exec) {
        const std::string& command = user.exec->command;
        const std::size_t slash = command.rfind('/');
        return "exec: " + (slash == std::string::npos ? command : command.substr(slash + 1));
    }
    if (user.authProvider) {
        return user.authProvider->name;
    }
    return "none";
}

bool looksLikeProduction(std::string_view name) {
    constexpr std::array<std::string_view, 3> kWords{"prod", "prd", "live"};
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    const auto isWordCharacter = [&](char c) { return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9'); };
    for (std::size_t at = 0; at < name.size(); ++at) {
        if (at > 0 && isWordCharacter(name[at - 1])) {
            continue;
        }
        const std::string_view rest = name.substr(at);
        for (const std::string_view word : kWords) {
            if (rest.size() >= word.size() &&
                std::equal(word.begin(), word.end(), rest.begin(), [&](char a, char b) { return a == lower(b); })) {
                return true;
            }
        }
    }
    return false;
}

bool looksLikeProduction(std::string_view name, const Context& context) {
    return looksLikeProduction(name) || looksLikeProduction(context.cluster) || looksLikeProduction(context.nameSpace);
}

std::vector<ContextSummary> summarise(const Kubeconfig& config) {
    std::vector<ContextSummary> summaries;
    for (const auto& [name, context] : config.contexts) {
        ContextSummary summary;
        summary.name = name;
        if (const Cluster* const cluster = config.cluster(context.cluster)) {
            summary.server = redactUrl(cluster->server);
        }
        const User* const user = config.user(context.user);
        summary.userKind = user == nullptr ? "none" : userKind(*user);
        summary.nameSpace = context.nameSpace.empty() ? "default" : context.nameSpace;
        summary.current = name == config.currentContext;
        summary.productionGuess = looksLikeProduction(name, context);
        summary.errors = validateContext(config, name);
        summaries.push_back(std::move(summary));
    }
    return summaries;
}

}  // namespace quarterdeck::kubeconfig
