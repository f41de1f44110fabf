#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/base/error.h"
#include "app/base/secret.h"

namespace quarterdeck::kubeconfig {

/// The file an entry was taken from; relative paths inside the entry are relative to `directory`.
struct Origin {
    std::string file;       ///< absolute path
    std::string directory;  ///< absolute path
    friend bool operator==(const Origin&, const Origin&) = default;
};

/// One entry of `clusters`. Paths stand as written; `*Data` is already decoded from base64.
struct Cluster {
    std::string name;
    Origin origin;
    std::string server;
    std::string certificateAuthority;
    std::string certificateAuthorityData;  ///< PEM
    bool insecureSkipTlsVerify = false;
    std::string tlsServerName;
    std::string proxyUrl;  ///< may hold a password: show redactUrl(proxyUrl) only
    bool disableCompression = false;
    /// JSON text of the extension `client.authentication.k8s.io/exec`, empty where there is none.
    std::string execExtensionJson;
    friend bool operator==(const Cluster&, const Cluster&) = default;
};

/// A program that hands out credentials. Arguments may hold secrets and never appear in messages.
struct ExecConfig {
    std::string apiVersion;
    std::string command;  ///< as written
    std::vector<std::string> args;
    std::vector<std::pair<std::string, Secret>> env;
    std::string installHint;
    std::string interactiveMode;  ///< "Never", "IfAvailable", "Always"; IfAvailable by default in v1beta1
    bool provideClusterInfo = false;
    friend bool operator==(const ExecConfig&, const ExecConfig&) = default;
};

/// The legacy `auth-provider` of a user.
struct AuthProvider {
    std::string name;
    std::map<std::string, Secret> config;
    friend bool operator==(const AuthProvider&, const AuthProvider&) = default;
};

struct Impersonation {
    std::string user;
    std::string uid;
    std::vector<std::string> groups;
    std::vector<std::pair<std::string, std::vector<std::string>>> extra;
    [[nodiscard]] bool requested() const { return !user.empty() || !uid.empty() || !groups.empty() || !extra.empty(); }
    friend bool operator==(const Impersonation&, const Impersonation&) = default;
};

/// One entry of `users`. Paths stand as written; `*Data` is already decoded from base64.
struct User {
    std::string name;
    Origin origin;
    std::string clientCertificate;
    std::string clientCertificateData;  ///< PEM
    std::string clientKey;
    Secret clientKeyData;  ///< PEM
    Secret token;
    std::string tokenFile;
    std::string username;
    Secret password;
    Impersonation impersonation;
    std::optional<AuthProvider> authProvider;
    std::optional<ExecConfig> exec;
    friend bool operator==(const User&, const User&) = default;
};

/// One entry of `contexts`.
struct Context {
    std::string name;
    Origin origin;
    std::string cluster;
    std::string user;  ///< empty = anonymous
    std::string nameSpace;
    friend bool operator==(const Context&, const Context&) = default;
};

enum class FileState { Loaded, Missing, Failed };

struct SourceFile {
    std::string path;
    FileState state = FileState::Missing;
};

/// All kubeconfig files merged. A value: never changes behind its holder.
struct Kubeconfig {
    std::map<std::string, Cluster> clusters;
    std::map<std::string, User> users;
    std::map<std::string, Context> contexts;
    std::string currentContext;
    /// Every file that was looked for, in order.
    std::vector<SourceFile> files;
    /// Files set aside because they cannot be used, and kConfigNotFound where none exists. The rest is usable.
    std::vector<Error> fileErrors;
    /// Fields of single entries that cannot be decoded; validation reports them with the rest.
    std::map<std::string, std::vector<Error>> clusterFaults;
    std::map<std::string, std::vector<Error>> userFaults;
    std::map<std::string, std::vector<Error>> contextFaults;

    /// Null where missing.
    [[nodiscard]] const Cluster* cluster(const std::string& name) const;
    [[nodiscard]] const User* user(const std::string& name) const;
    [[nodiscard]] const Context* context(const std::string& name) const;
};

/// Whether a context means the same server and the same credentials in both (contents of named files aside).
[[nodiscard]] bool sameSettings(const Kubeconfig& left, const Kubeconfig& right, const std::string& contextName);

/// Absolute form of a path written in an entry: relative ones against the directory of its file; empty stays empty.
[[nodiscard]] std::string resolvePath(const Origin& origin, const std::string& path);

/// A URL without the password it may hold, for messages.
[[nodiscard]] std::string redactUrl(const std::string& url);

}  // namespace quarterdeck::kubeconfig
