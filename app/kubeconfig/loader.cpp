#include "app/kubeconfig/loader.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include <sys/stat.h>
#include <unistd.h>

#include "app/kubeconfig/entry_decoder.h"
#include "app/kubeconfig/errors.h"
#include "app/kubeconfig/text_file.h"
#include "app/kubeconfig/yaml_tree.h"

namespace quarterdeck::kubeconfig {

namespace {

namespace fs = std::filesystem;

std::string variable(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

std::string absolute(const std::string& path) {
    if (path.empty() || path.front() == '/') {
        return path;
    }
    std::error_code failed;
    const fs::path here = fs::current_path(failed);
    return failed ? path : (here / path).string();
}

bool isMissing(const std::string& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

OrReason<FileContent> readConfig(const std::string& path) {
    OrReason<std::string> bytes = readBytes(path, kMaxConfigBytes);
    if (!bytes) {
        return tl::unexpected(std::move(bytes.error()));
    }
    OrReason<std::string> text = decodeText(std::move(*bytes));
    if (!text) {
        return tl::unexpected(std::move(text.error()));
    }
    const OrReason<YamlNode> root = parseYaml(*text);
    wipeString(*text);
    if (!root) {
        return tl::unexpected(root.error());
    }
    return decodeConfig(*root, {path, fs::path(path).parent_path().string()});
}

/// Adds the entries that are not there yet, each with its faults.
template <class Entry>
void mergeEntries(std::map<std::string, Entry>& into, std::map<std::string, std::vector<Error>>& faultsInto,
                  std::map<std::string, Entry>& from, std::map<std::string, std::vector<Error>>& faultsFrom) {
    for (auto& [name, entry] : from) {
        if (!into.emplace(name, std::move(entry)).second) {
            continue;
        }
        if (const auto faults = faultsFrom.find(name); faults != faultsFrom.end()) {
            faultsInto.emplace(name, std::move(faults->second));
        }
    }
}

void merge(Kubeconfig& config, FileContent content) {
    mergeEntries(config.clusters, config.clusterFaults, content.clusters, content.clusterFaults);
    mergeEntries(config.users, config.userFaults, content.users, content.userFaults);
    mergeEntries(config.contexts, config.contextFaults, content.contexts, content.contextFaults);
    if (config.currentContext.empty()) {
        config.currentContext = std::move(content.currentContext);
    }
}

/// The configuration of a pod, from its service account. Returns whether there is one.
bool addInCluster(const LoadOptions& options, Kubeconfig& config) {
    const std::string& directory = options.serviceAccountDirectory;
    if (directory.empty() || options.serviceHost.empty() || options.servicePort.empty() ||
        isMissing(directory + "/token")) {
        return false;
    }
    const Origin origin{directory + "/token", directory};
    const std::string name = "in-cluster";
    const bool ipv6 = options.serviceHost.find(':') != std::string::npos;
    Cluster cluster;
    cluster.name = name;
    cluster.origin = origin;
    cluster.server =
        "https://" + (ipv6 ? "[" + options.serviceHost + "]" : options.serviceHost) + ":" + options.servicePort;
    if (!isMissing(directory + "/ca.crt")) {
        cluster.certificateAuthority = directory + "/ca.crt";
    }
    User user;
    user.name = name;
    user.origin = origin;
    user.tokenFile = directory + "/token";
    Context context;
    context.name = name;
    context.origin = origin;
    context.cluster = name;
    context.user = name;
    if (OrReason<std::string> nameSpace = readBytes(directory + "/namespace", 1024)) {
        const std::size_t end = nameSpace->find_last_not_of(" \r\n\t");
        context.nameSpace = end == std::string::npos ? std::string() : nameSpace->substr(0, end + 1);
    }
    config.clusters.emplace(name, std::move(cluster));
    config.users.emplace(name, std::move(user));
    config.contexts.emplace(name, std::move(context));
    config.currentContext = name;
    return true;
}

}  // namespace

LoadOptions LoadOptions::fromEnvironment(std::string explicitPath) {
    LoadOptions options;
    options.explicitPath = std::move(explicitPath);
    if (std::string value = variable("KUBECONFIG"); !value.empty()) {
        options.kubeconfigEnv = std::move(value);
    }
    options.homeDirectory = variable("HOME");
    options.serviceAccountDirectory = "/var/run/secrets/kubernetes.io/serviceaccount";
    options.serviceHost = variable("KUBERNETES_SERVICE_HOST");
    options.servicePort = variable("KUBERNETES_SERVICE_PORT");
    return options;
}

std::vector<std::string> candidateFiles(const LoadOptions& options) {
    if (!options.explicitPath.empty()) {
        return {absolute(options.explicitPath)};
    }
    if (!options.kubeconfigEnv || options.kubeconfigEnv->empty()) {
        return options.homeDirectory.empty() ? std::vector<std::string>{}
                                             : std::vector<std::string>{options.homeDirectory + "/.kube/config"};
    }
    std::vector<std::string> files;
    const std::string& list = *options.kubeconfigEnv;
    for (std::size_t begin = 0; begin <= list.size();) {
        const std::size_t end = std::min(list.find(':', begin), list.size());
        const std::string file = absolute(list.substr(begin, end - begin));
        if (!file.empty() && std::find(files.begin(), files.end(), file) == files.end()) {
            files.push_back(file);
        }
        begin = end + 1;
    }
    return files;
}

Kubeconfig load(const LoadOptions& options) {
    Kubeconfig config;
    std::string sought;
    bool anyFound = false;
    for (const std::string& path : candidateFiles(options)) {
        sought += (sought.empty() ? "" : ", ") + path;
        if (isMissing(path)) {
            config.files.push_back({path, FileState::Missing});
            continue;
        }
        anyFound = true;
        OrReason<FileContent> content = readConfig(path);
        if (!content) {
            config.files.push_back({path, FileState::Failed});
            config.fileErrors.push_back(makeError(kFileFailed, {{"file", path}, {"reason", content.error()}}));
            continue;
        }
        config.files.push_back({path, FileState::Loaded});
        merge(config, std::move(*content));
    }
    const bool named = !options.explicitPath.empty() || (options.kubeconfigEnv && !options.kubeconfigEnv->empty());
    if (!anyFound && (named || !addInCluster(options, config))) {
        config.fileErrors.push_back(makeError(
            kConfigNotFound, {{"files", sought.empty() ? "no file named and no home folder known" : sought}}));
    }
    return config;
}

}  // namespace quarterdeck::kubeconfig
