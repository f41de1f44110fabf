#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/kubeconfig/model.h"

namespace quarterdeck::kubeconfig {

/// A context as a list shows it.
struct ContextSummary {
    std::string name;
    std::string server;     ///< URL without password, empty where unknown
    std::string userKind;   ///< see userKind()
    std::string nameSpace;  ///< "default" where unset
    bool current = false;
    bool productionGuess = false;
    std::vector<Error> errors;  ///< why it cannot be used
    [[nodiscard]] bool usable() const { return errors.empty(); }
};

/// All contexts by name, usable or not. Reads the files that entries name.
[[nodiscard]] std::vector<ContextSummary> summarise(const Kubeconfig& config);

/// "certificate", "token", "token file", "basic", "exec: NAME", "oidc", or "none".
[[nodiscard]] std::string userKind(const User& user);

/// Whether a name looks like production: prod, prd or live at its start or after a separator, any case.
[[nodiscard]] bool looksLikeProduction(std::string_view name);
/// The guess about a context: by its name, its cluster's and its namespace's.
[[nodiscard]] bool looksLikeProduction(std::string_view name, const Context& context);

}  // namespace quarterdeck::kubeconfig
