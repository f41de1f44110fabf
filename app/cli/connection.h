#pragma once

#include <iosfwd>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "app/cli/arguments.h"
#include "app/http/transport.h"

namespace quarterdeck::cli {

/// The one cluster that a command speaks to.
struct Connection {
    std::string context;
    std::string nameSpace;
    /// See settings::clusterKey().
    std::string clusterKey;
    bool looksLikeProduction = false;
    std::unique_ptr<http::HttpTransport> transport;
};

/// By --kubeconfig, --context (else the current one) and --namespace (else the context's, else "default"). Where there
/// is none the reason is on `err`.
[[nodiscard]] std::optional<Connection> connect(const Arguments& arguments, std::ostream& err);

/// Whether writes to a context are locked in the console: as the person decided, else where it is production (guessed
/// from the names unless decided). Settings that cannot be understood lock, and are named on `err`.
[[nodiscard]] bool isLocked(const Connection& connection, std::ostream& err);

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
