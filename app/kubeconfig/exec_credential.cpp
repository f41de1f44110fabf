#include "app/kubeconfig/exec_credential.h"

#include <algorithm>

#include <fmt/format.h>
#include <QByteArray>
#include <nlohmann/json.hpp>

#include "app/base/time_text.h"
#include "app/kubeconfig/errors.h"
#include "app/kubeconfig/material.h"
#include "app/kubeconfig/resolve.h"

namespace quarterdeck::kubeconfig {

namespace {

using Json = nlohmann::json;

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// A text field; empty where missing, null or of another type.
std::string textField(const Json& map, const char* key) {
    const auto found = map.find(key);
    return found != map.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Overwrites every string of a document before its memory is given back.
void wipeJson(Json& json) {
    if (json.is_string()) {
        wipeString(json.get_ref<std::string&>());
    } else if (json.is_structured()) {
        for (Json& child : json) {
            wipeJson(child);
        }
    }
}

struct WipedJson {
    Json value;
    explicit WipedJson(const std::string& text) : value(Json::parse(text, nullptr, false)) {}
    ~WipedJson() { wipeJson(value); }
    WipedJson(const WipedJson&) = delete;
    WipedJson& operator=(const WipedJson&) = delete;
};

/// Whether JSON nests no deeper than any ExecCredential could; keeps the recursive wiping bounded.
bool isShallow(const std::string& text) {
    int depth = 0;
    int deepest = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            i += c == '\\' ? 1U : 0U;
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            deepest = std::max(deepest, ++depth);
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return deepest <= 64;
}

/// Makes the errors about one run.
class Failures {
public:
    Failures(const ExecRequest& request, const PluginRun& run) : request_(request), run_(run) {}

    [[nodiscard]] tl::unexpected<Error> rubbish(std::string reason) const {
        return fail(kExecRubbish, with({{"command", request_.exec.command}, {"reason", std::move(reason)}}));
    }
    [[nodiscard]] tl::unexpected<Error> lacking(std::string what) const {
        return fail(kExecNoCredential, with({{"what", std::move(what)}}));
    }
    [[nodiscard]] tl::unexpected<Error> wrongVersion(const std::string& returned) const {
        // A version is short; anything else could be part of what must not be shown.
        const bool version = returned.size() <= 60 && returned.rfind("client.authentication.k8s.io/", 0) == 0;
        return fail(kExecWrongVersion,
                    with({{"configured", request_.exec.apiVersion},
                          {"returned", version ? returned : std::string(returned.empty() ? "none" : "unknown")},
                          {"file", request_.origin.file}}));
    }

private:
    [[nodiscard]] std::vector<Error::Parameter> with(std::vector<Error::Parameter> parameters) const {
        parameters.emplace_back("user", request_.userName);
        parameters.emplace_back("path", run_.program);
        parameters.emplace_back("stderr", shownErrorOutput(run_.errorOutput));
        return parameters;
    }
    const ExecRequest& request_;
    const PluginRun& run_;
};

}  // namespace

std::string execInfo(const ExecRequest& request) {
    Json spec = {{"interactive", false}};
    if (request.exec.provideClusterInfo) {
        Json cluster = {{"server", normalisedServerUrl(request.cluster, false)}};
        if (!request.cluster.tlsServerName.empty()) {
            cluster["tls-server-name"] = request.cluster.tlsServerName;
        }
        if (request.cluster.insecureSkipTlsVerify) {
            cluster["insecure-skip-tls-verify"] = true;
        }
        if (!request.caPem.empty()) {
            cluster["certificate-authority-data"] = QByteArray::fromStdString(request.caPem).toBase64().toStdString();
        }
        if (!request.cluster.proxyUrl.empty()) {
            cluster["proxy-url"] = request.cluster.proxyUrl;
        }
        if (request.cluster.disableCompression) {
            cluster["disable-compression"] = true;
        }
        if (!request.cluster.execExtensionJson.empty()) {
            cluster["config"] = Json::parse(request.cluster.execExtensionJson, nullptr, false);
        }
        spec["cluster"] = std::move(cluster);
    }
    return dump({{"kind", "ExecCredential"}, {"apiVersion", request.exec.apiVersion}, {"spec", std::move(spec)}});
}

std::string withoutAnsi(std::string_view text) {
    std::string clean;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\x1b' && i + 1 < text.size()) {
            const char kind = text[++i];
            if (kind == '[') {  // control sequence: up to a byte in @…~
                while (i + 1 < text.size() && (text[i + 1] < '@' || text[i + 1] > '~')) {
                    ++i;
                }
                ++i;
            } else if (kind == ']') {  // system command: up to BEL or ESC backslash
                while (i + 1 < text.size() && text[i + 1] != '\x07' && text[i + 1] != '\x1b') {
                    ++i;
                }
                i += i + 1 < text.size() && text[i + 1] == '\x1b' ? 2U : 1U;
            }
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n' || c == '\t' || (byte >= 0x20 && byte != 0x7F)) {
            clean += c;
        }
    }
    return clean;
}

std::string shownErrorOutput(const std::string& errorOutput) {
    constexpr std::size_t kShown = 1'000;
    std::string text(trimmed(withoutAnsi(errorOutput)));
    if (text.empty()) {
        return "nothing";
    }
    if (text.ends_with('.') && !text.ends_with("..")) {
        text.pop_back();  // the sentence around it has its own
    }
    // The end of the output says why it failed.
    return escapeForDisplay(text.size() > kShown ? "…" + text.substr(text.size() - kShown) : text);
}

Result<http::Credential> parseExecCredential(const ExecRequest& request, const PluginRun& run,
                                             const std::string& output) {
    const Failures failures(request, run);
    if (trimmed(output).empty()) {
        return failures.rubbish("it printed nothing");
    }
    if (!isShallow(output)) {
        return failures.rubbish(fmt::format("it printed {} bytes that are nested too deeply", output.size()));
    }
    const WipedJson document(output);
    const Json& root = document.value;
    if (!root.is_object()) {
        return failures.rubbish(fmt::format("it printed {} bytes that are not a JSON object", output.size()));
    }
    if (textField(root, "kind") != "ExecCredential") {
        return failures.rubbish("it printed JSON of another kind");
    }
    if (const std::string version = textField(root, "apiVersion"); version != request.exec.apiVersion) {
        return failures.wrongVersion(version);
    }
    const auto status = root.find("status");
    if (status == root.end() || !status->is_object()) {
        return failures.lacking("a status field");
    }
    http::Credential credential;
    credential.bearerToken = Secret(textField(*status, "token"));
    credential.clientCertificatePem = textField(*status, "clientCertificateData");
    credential.clientKeyPem = Secret(textField(*status, "clientKeyData"));
    if (credential.clientCertificatePem.empty() != credential.clientKeyPem.empty()) {
        return failures.lacking("both parts of a cert/key pair");
    }
    if (credential.bearerToken.empty() && credential.clientCertificatePem.empty()) {
        return failures.lacking("a token or cert/key pair");
    }
    if (!fitsHeader(credential.bearerToken.reveal())) {
        return failures.rubbish("its token holds a line break or another control character");
    }
    if (!credential.clientCertificatePem.empty() && (!holdsPem(credential.clientCertificatePem, "CERTIFICATE") ||
                                                     !holdsPem(credential.clientKeyPem.reveal(), "PRIVATE KEY"))) {
        return failures.rubbish("its cert/key pair is not PEM");
    }
    const auto expires = status->find("expirationTimestamp");
    if (expires != status->end() && !expires->is_null()) {
        credential.expires = parseRfc3339(textField(*status, "expirationTimestamp"));
        if (!credential.expires) {
            return failures.rubbish("its expirationTimestamp is not a time");
        }
    }
    return credential;
}

}  // namespace quarterdeck::kubeconfig
