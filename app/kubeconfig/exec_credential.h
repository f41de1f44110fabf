#pragma once

#include <string>
#include <string_view>

#include "app/base/result.h"
#include "app/http/credentials.h"
#include "app/kubeconfig/exec_plugin.h"

namespace quarterdeck::kubeconfig {

/// Value of KUBERNETES_EXEC_INFO: an ExecCredential that is never interactive, with the cluster where asked for.
[[nodiscard]] std::string execInfo(const ExecRequest& request);

/// What a plugin's run was, for its errors.
struct PluginRun {
    std::string program;      ///< resolved path
    std::string errorOutput;  ///< standard error, shown in messages
};

/// Reads what a plugin printed. No error quotes it.
[[nodiscard]] Result<http::Credential> parseExecCredential(const ExecRequest& request, const PluginRun& run,
                                                           const std::string& output);

/// Text without ANSI escape sequences and other control characters but line breaks.
[[nodiscard]] std::string withoutAnsi(std::string_view text);

/// Standard error as messages show it: escapes removed, bounded; "nothing" where empty.
[[nodiscard]] std::string shownErrorOutput(const std::string& errorOutput);

}  // namespace quarterdeck::kubeconfig
