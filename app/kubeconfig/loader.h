#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/kubeconfig/model.h"

namespace quarterdeck::kubeconfig {

/// Where to look. Nothing is taken from the process unless fromEnvironment() made it.
struct LoadOptions {
    /// Loaded alone where not empty; missing = an error.
    std::string explicitPath;
    /// Value of KUBECONFIG; nothing or empty = `homeDirectory`/.kube/config.
    std::optional<std::string> kubeconfigEnv;
    std::string homeDirectory;
    /// Where a pod finds its service account; used only where no file was named and none exists. Empty = never.
    std::string serviceAccountDirectory;
    std::string serviceHost;  ///< KUBERNETES_SERVICE_HOST
    std::string servicePort;  ///< KUBERNETES_SERVICE_PORT

    [[nodiscard]] static LoadOptions fromEnvironment(std::string explicitPath = {});
};

/// Files that load() reads, in order, absolute, without duplicates.
[[nodiscard]] std::vector<std::string> candidateFiles(const LoadOptions& options);

/// Reads and merges. An entry is taken whole from the first file that has it; the first current-context that is not
/// empty wins. A file that cannot be used is set aside with an error that names it, and the rest goes on. Blocks for
/// disk; never writes, never throws. Any thread.
[[nodiscard]] Kubeconfig load(const LoadOptions& options);

}  // namespace quarterdeck::kubeconfig
