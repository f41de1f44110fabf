#include "app/kubeconfig/entry_decoder.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/kubeconfig/errors.h"

namespace quarterdeck::kubeconfig {

namespace {

using Kind = YamlNode::Kind;

bool isAbsent(const YamlNode* node) {
    return node == nullptr || node->kind == Kind::Null;
}

/// Reads fields of one entry; what does not fit is noted and leaves the field empty.
class FieldReader {
public:
    FieldReader(const YamlNode* map, std::string entry, const Origin& origin, std::vector<Error>& faults)
        : map_(map), entry_(std::move(entry)), origin_(origin), faults_(faults) {
        if (!isAbsent(map_) && map_->kind != Kind::Map) {
            note("the body", "it is not a map");
            map_ = nullptr;
        }
    }

    [[nodiscard]] const YamlNode* child(std::string_view key) const {
        return map_ == nullptr ? nullptr : map_->find(key);
    }
    std::string text(std::string_view key) { return textOf(child(key), key); }
    Secret secret(std::string_view key) { return Secret(text(key)); }

    bool flag(std::string_view key) {
        const YamlNode* const node = child(key);
        if (isAbsent(node)) {
            return false;
        }
        std::string word = node->kind == Kind::Scalar && node->plain ? node->text : std::string();
        std::transform(word.begin(), word.end(), word.begin(),
                       [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
        if (word == "true" || word == "yes" || word == "on") {
            return true;
        }
        if (word != "false" && word != "no" && word != "off") {
            note(key, "it must be true or false, without quotes");
        }
        return false;
    }

    std::string base64(std::string_view key) {
        std::string encoded = text(key);
        OrReason<std::string> bytes = decodeBase64(encoded);
        wipeString(encoded);
        if (!bytes) {
            note(key, bytes.error());
            return {};
        }
        return std::move(*bytes);
    }

    std::vector<std::string> texts(std::string_view key) { return textsOf(child(key), key); }

    std::vector<std::string> textsOf(const YamlNode* node, std::string_view key) {
        std::vector<std::string> values;
        for (const YamlNode* item : list(node, key)) {
            values.push_back(textOf(item, key));
        }
        return values;
    }

    /// The items of a list; a missing one is empty.
    std::vector<const YamlNode*> list(const YamlNode* node, std::string_view key) {
        std::vector<const YamlNode*> items;
        if (isAbsent(node)) {
            return items;
        }
        if (node->kind != Kind::Sequence) {
            note(key, "it must be a list");
            return items;
        }
        for (const YamlNode& item : node->items) {
            items.push_back(&item);
        }
        return items;
    }

    /// A map inside; null where missing.
    const YamlNode* map(std::string_view key) {
        const YamlNode* const node = child(key);
        if (isAbsent(node)) {
            return nullptr;
        }
        if (node->kind != Kind::Map) {
            note(key, "it must be a map");
            return nullptr;
        }
        return node;
    }

    std::string textOf(const YamlNode* node, std::string_view key) {
        if (isAbsent(node)) {
            return {};
        }
        if (node->kind != Kind::Scalar) {
            note(key, "it must be a text, not a list or a map");
            return {};
        }
        return node->text;
    }

    void note(std::string_view field, std::string reason) {
        faults_.push_back(makeError(
            kBadField,
            {{"field", std::string(field)}, {"entry", entry_}, {"file", origin_.file}, {"reason", std::move(reason)}}));
    }

    [[nodiscard]] FieldReader inside(const YamlNode* node) { return {node, entry_, origin_, faults_}; }

private:
    const YamlNode* map_;
    std::string entry_;
    const Origin& origin_;
    std::vector<Error>& faults_;
};

void decodeBody(Cluster& cluster, FieldReader reader) {
    cluster.server = reader.text("server");
    cluster.certificateAuthority = reader.text("certificate-authority");
    cluster.certificateAuthorityData = reader.base64("certificate-authority-data");
    cluster.insecureSkipTlsVerify = reader.flag("insecure-skip-tls-verify");
    cluster.tlsServerName = reader.text("tls-server-name");
    cluster.proxyUrl = reader.text("proxy-url");
    cluster.disableCompression = reader.flag("disable-compression");
    for (const YamlNode* item : reader.list(reader.child("extensions"), "extensions")) {
        const YamlNode* const name = item->find("name");
        const YamlNode* const body = item->find("extension");
        if (name != nullptr && name->text == "client.authentication.k8s.io/exec" && body != nullptr) {
            cluster.execExtensionJson = toJson(*body).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        }
    }
}

ExecConfig decodeExec(FieldReader reader) {
    ExecConfig exec;
    exec.apiVersion = reader.text("apiVersion");
    exec.command = reader.text("command");
    exec.args = reader.texts("args");
    for (const YamlNode* item : reader.list(reader.child("env"), "env")) {
        FieldReader variable = reader.inside(item);
        exec.env.emplace_back(variable.text("name"), variable.secret("value"));
    }
    exec.installHint = reader.text("installHint");
    exec.interactiveMode = reader.text("interactiveMode");
    if (exec.interactiveMode.empty() && exec.apiVersion == "client.authentication.k8s.io/v1beta1") {
        exec.interactiveMode = "IfAvailable";
    }
    exec.provideClusterInfo = reader.flag("provideClusterInfo");
    return exec;
}

void decodeBody(User& user, FieldReader reader) {
    user.clientCertificate = reader.text("client-certificate");
    user.clientCertificateData = reader.base64("client-certificate-data");
    user.clientKey = reader.text("client-key");
    user.clientKeyData = Secret(reader.base64("client-key-data"));
    user.token = reader.secret("token");
    user.tokenFile = reader.text("tokenFile");
    user.username = reader.text("username");
    user.password = reader.secret("password");
    user.impersonation.user = reader.text("as");
    user.impersonation.uid = reader.text("as-uid");
    user.impersonation.groups = reader.texts("as-groups");
    if (const YamlNode* const extra = reader.map("as-user-extra")) {
        for (const auto& [key, values] : extra->fields) {
            user.impersonation.extra.emplace_back(key, reader.textsOf(&values, "as-user-extra"));
        }
    }
    if (const YamlNode* const provider = reader.map("auth-provider")) {
        FieldReader inner = reader.inside(provider);
        AuthProvider decoded;
        decoded.name = inner.text("name");
        if (const YamlNode* const config = inner.map("config")) {
            for (const auto& [key, value] : config->fields) {
                decoded.config.emplace(key, Secret(inner.textOf(&value, "auth-provider config")));
            }
        }
        user.authProvider = std::move(decoded);
    }
    if (const YamlNode* const exec = reader.map("exec")) {
        user.exec = decodeExec(reader.inside(exec));
    }
}

void decodeBody(Context& context, FieldReader reader) {
    context.cluster = reader.text("cluster");
    context.user = reader.text("user");
    context.nameSpace = reader.text("namespace");
}

struct ListKeys {
    const char* list;
    const char* body;
};

/// Returns the reason why the whole file fails, or nothing.
template <class Entry>
std::optional<std::string> decodeList(const YamlNode& root, const ListKeys& keys, const Origin& origin,
                                      std::map<std::string, Entry>& entries,
                                      std::map<std::string, std::vector<Error>>& faults) {
    const YamlNode* const list = root.find(keys.list);
    if (isAbsent(list)) {
        return std::nullopt;
    }
    if (list->kind != Kind::Sequence) {
        return fmt::format("{} must be a list (line {})", keys.list, list->line);
    }
    for (const YamlNode& item : list->items) {
        if (item.kind == Kind::Null) {
            continue;
        }
        const YamlNode* const nameNode = item.find("name");
        if (item.kind != Kind::Map || (!isAbsent(nameNode) && nameNode->kind != Kind::Scalar)) {
            return fmt::format("an entry of {} is not a map with a name (line {})", keys.list, item.line);
        }
        Entry entry;
        entry.name = isAbsent(nameNode) ? std::string() : nameNode->text;
        entry.origin = origin;
        std::vector<Error> found;
        decodeBody(entry,
                   FieldReader(item.find(keys.body), fmt::format("{} \"{}\"", keys.body, entry.name), origin, found));
        const std::string name = entry.name;
        if (!entries.emplace(name, std::move(entry)).second) {
            return fmt::format("duplicate name \"{}\" in list: {} (line {})", name, keys.list, item.line);
        }
        if (!found.empty()) {
            faults.emplace(name, std::move(found));
        }
    }
    return std::nullopt;
}

std::string headText(const YamlNode& root, std::string_view key) {
    const YamlNode* const node = root.find(key);
    return isAbsent(node) || node->kind != Kind::Scalar ? std::string() : node->text;
}

}  // namespace

OrReason<FileContent> decodeConfig(const YamlNode& root, const Origin& origin) {
    FileContent content;
    if (root.kind == Kind::Null) {
        return content;
    }
    if (root.kind != Kind::Map) {
        return tl::unexpected<std::string>("it is not a kubeconfig: there is no map at its top");
    }
    const std::string version = headText(root, "apiVersion");
    const std::string kind = headText(root, "kind");
    if ((!version.empty() && version != "v1") || (!kind.empty() && kind != "Config")) {
        return tl::unexpected(
            fmt::format("no kind \"{}\" is registered for version \"{}\"; a kubeconfig is kind Config of version v1",
                        escapeForDisplay(kind, 60), escapeForDisplay(version, 60)));
    }
    std::optional<std::string> failure =
        decodeList(root, {"clusters", "cluster"}, origin, content.clusters, content.clusterFaults);
    if (!failure) {
        failure = decodeList(root, {"users", "user"}, origin, content.users, content.userFaults);
    }
    if (!failure) {
        failure = decodeList(root, {"contexts", "context"}, origin, content.contexts, content.contextFaults);
    }
    if (failure) {
        return tl::unexpected(std::move(*failure));
    }
    const YamlNode* const current = root.find("current-context");
    if (!isAbsent(current) && current->kind != Kind::Scalar) {
        return tl::unexpected(fmt::format("current-context must be a text (line {})", current->line));
    }
    content.currentContext = headText(root, "current-context");
    return content;
}

}  // namespace quarterdeck::kubeconfig
