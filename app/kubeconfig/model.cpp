#include "app/kubeconfig/model.h"

#include <filesystem>

namespace quarterdeck::kubeconfig {

namespace {

template <class T>
const T* lookUp(const std::map<std::string, T>& entries, const std::string& name) {
    const auto found = entries.find(name);
    return found == entries.end() ? nullptr : &found->second;
}

template <class T>
bool sameEntry(const T* left, const T* right) {
    return left == nullptr || right == nullptr ? left == right : *left == *right;
}

}  // namespace

const Cluster* Kubeconfig::cluster(const std::string& name) const {
    return lookUp(clusters, name);
}
const User* Kubeconfig::user(const std::string& name) const {
    return lookUp(users, name);
}
const Context* Kubeconfig::context(const std::string& name) const {
    return lookUp(contexts, name);
}

bool sameSettings(const Kubeconfig& left, const Kubeconfig& right, const std::string& contextName) {
    const Context* const a = left.context(contextName);
    const Context* const b = right.context(contextName);
    if (a == nullptr || b == nullptr) {
        return a == b;
    }
    return *a == *b && sameEntry(left.cluster(a->cluster), right.cluster(b->cluster)) &&
           sameEntry(left.user(a->user), right.user(b->user));
}

std::string resolvePath(const Origin& origin, const std::string& path) {
    if (path.empty() || path.front() == '/') {
        return path;
    }
    return (std::filesystem::path(origin.directory) / path).lexically_normal().string();
}

std::string redactUrl(const std::string& url) {
    std::string shown = url;
    const std::size_t scheme = shown.find("://");
    const std::size_t start = scheme == std::string::npos ? 0 : scheme + 3;
    const std::size_t at = shown.rfind('@');
    if (at != std::string::npos && at >= start) {
        shown.replace(start, at - start, "***");
    }
    const std::size_t query = shown.find_first_of("?#", start);
    if (query != std::string::npos) {
        shown.replace(query, std::string::npos, "?***");
    }
    return shown;
}

}  // namespace quarterdeck::kubeconfig
