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
    std::unique_ptr<http::HttpTransport> transport;
};

/// By --kubeconfig, --context (else the current one) and --namespace (else the context's, else "default"). Where there
/// is none the reason is on `err`.
[[nodiscard]] std::optional<Connection> connect(const Arguments& arguments, std::ostream& err);

/// Keeps Ctrl+C from ending the program while it lives: a stop is requested instead. Make it before any thread.
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
