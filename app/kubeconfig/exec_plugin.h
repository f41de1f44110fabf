#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/http/credentials.h"
#include "app/kubeconfig/model.h"

namespace quarterdeck::kubeconfig {

/// What a plugin is run for.
struct ExecRequest {
    ExecConfig exec;
    Origin origin;  ///< relative commands with a separator resolve against it
    std::string userName;
    Cluster cluster;  ///< told to the plugin where provideClusterInfo is set
    std::string caPem;
    std::string searchPath;  ///< overrides the PATH of the options; empty = not
};

struct ExecOptions {
    std::shared_ptr<const Clock> clock;
    std::chrono::milliseconds timeLimit{60'000};
    std::size_t maxOutput = std::size_t{1} << 20U;
    /// PATH to search and to hand on; may block. Empty function = PATH of `environment`.
    std::function<std::string(std::stop_token)> searchPath;
    /// "NAME=value" of the plugin's own environment.
    std::vector<std::string> environment;
    /// A credential that came after a 401 and is refused at once again is not replaced before this has passed.
    std::chrono::milliseconds renewalHold{600'000};

    /// The process's environment and the login shell's PATH.
    [[nodiscard]] static ExecOptions fromEnvironment(std::shared_ptr<const Clock> clock);
};

/// Runs a plugin once: standard input empty, no terminal, own session, killed with all its children when `stop` or the
/// time limit says so. Blocks; never from the interface thread. No text of its standard output reaches an error.
[[nodiscard]] Result<http::Credential> runExecPlugin(const ExecRequest& request, const ExecOptions& options,
                                                     std::stop_token stop);

/// Absolute path of the program a plugin's command means, or an error that names where it was sought.
[[nodiscard]] Result<std::string> resolveCommand(const ExecRequest& request, const std::string& searchPath);

/// Credentials of plugins, one per (exec configuration, cluster told to it): one run, shared by all who wait, kept
/// until expirationTimestamp. A plugin may ask a person to sign in (it opens a browser, say), therefore only one runs
/// at a time, whatever it is for, and a run that failed is not repeated by itself: its failure is told to whoever asks
/// until somebody forgets it. A caller who stops leaves the run to the others; the last one to leave cancels it.
/// Callable from any thread; destruction cancels and joins the runs, after every caller has left.
class ExecPluginCache {
public:
    explicit ExecPluginCache(ExecOptions options);
    ~ExecPluginCache();
    ExecPluginCache(const ExecPluginCache&) = delete;
    ExecPluginCache& operator=(const ExecPluginCache&) = delete;

    /// `serverOffset`: server clock minus ours; expiries are compared with the server's.
    [[nodiscard]] Result<http::Credential> current(const ExecRequest& request, std::stop_token stop,
                                                   std::chrono::milliseconds serverOffset = {});
    /// After a 401: the credential that has replaced `rejected` meanwhile, else that of one new run. Nothing where the
    /// plugin gave the same credential again, or another that was refused at once as well.
    [[nodiscard]] Result<std::optional<http::Credential>> renew(const ExecRequest& request,
                                                                const http::Credential& rejected, std::stop_token stop);
    /// The person asks to sign in again: what failed until then (monotonic) may be tried once more.
    void forgetFailure(const ExecRequest& request, std::chrono::milliseconds until);
    /// Another network, or this machine woke: every plugin that failed, and was not cancelled, may be tried once more.
    /// A run that is under way and fails is repeated for those who wait for it.
    void forgetFailures();
    /// The person no longer wants the login that is under way: it ends with kExecCancelled, which holds as any failure
    /// does. Nothing where the plugin does not run and does not wait for its turn.
    void cancel(const ExecRequest& request);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace quarterdeck::kubeconfig
