#include <algorithm>

#include "app/kubeconfig/errors.h"
#include "app/kubeconfig/material.h"
#include "app/kubeconfig/text_file.h"
#include "app/kubeconfig/validate.h"

namespace quarterdeck::kubeconfig {

namespace {

using Parameters = std::vector<Error::Parameter>;

/// Collects the faults of one user.
class UserCheck {
public:
    UserCheck(const User& user, std::vector<Error> errors) : user_(user), errors_(std::move(errors)) {}

    std::vector<Error> run() {
        checkMethods();
        checkCertificate();
        checkExec();
        checkProvider();
        checkImpersonation();
        return std::move(errors_);
    }

private:
    void add(const ErrorCode& code, Parameters more = {}) {
        Parameters parameters{{"user", user_.name}, {"file", user_.origin.file}};
        parameters.insert(parameters.end(), more.begin(), more.end());
        errors_.push_back(makeError(code, std::move(parameters)));
    }
    void addField(const char* field, const char* reason) {
        add(kBadField, {{"field", field}, {"entry", "user \"" + user_.name + "\""}, {"reason", reason}});
    }
    void addNotPem(const char* field, const char* what) {
        add(kNotPem, {{"field", field}, {"entry", "user \"" + user_.name + "\""}, {"what", what}});
    }

    void checkMethods() {
        const bool basic = !user_.username.empty() || !user_.password.empty();
        if (!user_.token.empty() && basic) {
            add(kManyMethods, {{"methods", "token basicAuth"}});
        }
        if (!fitsHeader(user_.token.reveal())) {
            addField("token", "it holds a line break or another control character");
        }
        if (user_.username.find(':') != std::string::npos) {
            addField("username", "a user name for basic authentication cannot hold a colon");
        }
    }

    void checkCertificate() {
        const bool certFile = !user_.clientCertificate.empty();
        const bool certData = !user_.clientCertificateData.empty();
        const bool keyFile = !user_.clientKey.empty();
        const bool keyData = !user_.clientKeyData.empty();
        if (!certFile && !certData) {
            return;
        }
        if (certFile && certData) {
            add(kCertBoth);
        }
        if (keyFile && keyData) {
            add(kKeyBoth);
        }
        if (!keyFile && !keyData) {
            add(kKeyMissing);
        }
        if (certData && !holdsPem(user_.clientCertificateData, "CERTIFICATE")) {
            addNotPem("client-certificate-data", "certificate");
        }
        if (keyData && !holdsPem(user_.clientKeyData.reveal(), "PRIVATE KEY")) {
            addNotPem("client-key-data", "private key");
        }
        if (certFile) {
            checkFile(user_.clientCertificate, kCertUnreadable, "client-certificate", "CERTIFICATE", "certificate");
        }
        if (keyFile) {
            checkFile(user_.clientKey, kKeyUnreadable, "client-key", "PRIVATE KEY", "private key");
        }
    }

    void checkFile(const std::string& written, const ErrorCode& unreadable, const char* field, const char* pemKind,
                   const char* what) {
        const std::string path = resolvePath(user_.origin, written);
        OrReason<std::string> bytes = readBytes(path, kMaxMaterialBytes);
        if (!bytes) {
            add(unreadable, {{"path", path}, {"reason", bytes.error()}});
            return;
        }
        if (!holdsPem(*bytes, pemKind)) {
            addNotPem(field, what);
        }
        wipeString(*bytes);
    }

    void checkExec() {
        if (!user_.exec) {
            return;
        }
        const ExecConfig& exec = *user_.exec;
        if (user_.authProvider) {
            add(kExecAndProvider);
        }
        if (exec.command.empty()) {
            add(kExecFieldMissing, {{"field", "command"}});
        }
        if (exec.apiVersion.empty()) {
            add(kExecFieldMissing, {{"field", "apiVersion"}});
        } else if (exec.apiVersion != "client.authentication.k8s.io/v1" &&
                   exec.apiVersion != "client.authentication.k8s.io/v1beta1") {
            add(kExecBadVersion, {{"version", exec.apiVersion}});
        }
        const bool nameless =
            std::any_of(exec.env.begin(), exec.env.end(), [](const auto& entry) { return entry.first.empty(); });
        if (nameless) {
            add(kExecFieldMissing, {{"field", "env variable name"}});
        }
        if (exec.interactiveMode.empty()) {
            add(kExecFieldMissing, {{"field", "interactiveMode"}});
        } else if (exec.interactiveMode != "Never" && exec.interactiveMode != "IfAvailable" &&
                   exec.interactiveMode != "Always") {
            add(kExecBadMode, {{"mode", exec.interactiveMode}});
        }
        checkExecText(exec);
    }

    /// A zero byte would cut an argument or a variable short.
    void checkExecText(const ExecConfig& exec) {
        const auto cut = [](std::string_view text) { return text.find('\0') != std::string_view::npos; };
        bool bad = cut(exec.command) || std::any_of(exec.args.begin(), exec.args.end(), cut);
        for (const auto& [name, value] : exec.env) {
            bad = bad || cut(name) || cut(value.reveal()) || name.find('=') != std::string::npos;
        }
        if (bad) {
            addField("exec", "a zero byte, or '=' in the name of a variable");
        }
    }

    void checkProvider() {
        if (!user_.authProvider || user_.authProvider->name == "oidc") {
            return;
        }
        const std::string& name = user_.authProvider->name;
        if (name == "gcp") {
            add(kProviderRemoved, {{"provider", name}, {"plugin", "gke-gcloud-auth-plugin"}});
        } else if (name == "azure") {
            add(kProviderRemoved, {{"provider", name}, {"plugin", "kubelogin"}});
        } else {
            add(kProviderUnknown, {{"provider", name}});
        }
    }

    void checkImpersonation() {
        const Impersonation& as = user_.impersonation;
        if (as.requested() && as.user.empty()) {
            add(kImpersonateNobody);
        }
        bool fits =
            fitsHeader(as.user) && fitsHeader(as.uid) &&
            std::all_of(as.groups.begin(), as.groups.end(), [](const auto& group) { return fitsHeader(group); });
        for (const auto& [key, values] : as.extra) {
            fits = fits && !key.empty() &&
                   std::all_of(values.begin(), values.end(), [](const auto& value) { return fitsHeader(value); });
        }
        if (!fits) {
            addField("as, as-uid, as-groups or as-user-extra", "a line break, a control character or an empty key");
        }
    }

    const User& user_;
    std::vector<Error> errors_;
};

}  // namespace

std::vector<Error> validateUser(const Kubeconfig& config, const User& user) {
    const auto faults = config.userFaults.find(user.name);
    return UserCheck(user, faults == config.userFaults.end() ? std::vector<Error>{} : faults->second).run();
}

}  // namespace quarterdeck::kubeconfig
