#pragma once

#include <iosfwd>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "app/base/result.h"
#include "app/cli/arguments.h"
#include "app/http/transport.h"
#include "app/kubeconfig/credential_source.h"
#include "app/kubeconfig/loader.h"
#include "app/settings/settings.h"

namespace quarterdeck::cli {

/// A cluster that a command speaks to.
struct Connection {
    std::string context;
    /// The one that was asked for, else the context's own, else "default".
    std::string nameSpace;
    /// See settings::clusterKey().
    std::string clusterKey;
    bool looksLikeProduction = false;
    std::shared_ptr<http::HttpTransport> transport;
};

inline constexpr const char* kNoContext =
    "qdeck: no context: the kubeconfig has no current-context; name one with --context (see qdeck contexts)\n";

/// The configuration of --kubeconfig, else of the environment; files that cannot be read are named on `err`.
[[nodiscard]] kubeconfig::Kubeconfig loadConfig(const Arguments& arguments, std::ostream& err);

/// Credentials by the system's clock, with one cache of plugins' answers.
[[nodiscard]] kubeconfig::CredentialServices credentialServices();

[[nodiscard]] Result<Connection> connectTo(const kubeconfig::Kubeconfig& config, const std::string& context,
                                           const kubeconfig::CredentialServices& services);

/// The one cluster of a command, by --kubeconfig, --context (else the current one) and --namespace (else the context's,
/// else "default"). Where there is none the reason is on `err`.
[[nodiscard]] std::optional<Connection> connect(const Arguments& arguments, std::ostream& err);

/// What the person decided about a cluster in the console; nothing where the settings cannot be understood, which is
/// named on `err`.
[[nodiscard]] std::optional<settings::ContextSettings> decisions(const Connection& connection, std::ostream& err);

/// Whether writes to a context are locked in the console: as the person decided there (without --state-dir), else where
/// it is production (guessed from the names unless decided). Settings that cannot be understood lock, and are named on
/// `err`.
[[nodiscard]] bool isLocked(const Connection& connection, std::ostream& err);

/// The same, told on `err` with what else may be done (may be empty); --yes-production lets it pass.
[[nodiscard]] bool refusedByLock(const Connection& connection, const Arguments& arguments, std::string_view instead,
                                 std::ostream& err);

/// Keeps Ctrl+C, SIGTERM and the end of the terminal from ending the program while it lives: a stop is requested
/// instead. Make it before any thread.
class InterruptGuard {
public:
    InterruptGuard();
    ~InterruptGuard();
    InterruptGuard(const InterruptGuard&) = delete;
    InterruptGuard& operator=(const InterruptGuard&) = delete;
    [[nodiscard]] std::stop_token token() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace quarterdeck::cli
