#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include <QCryptographicHash>

#include "app/kubeconfig/exec_credential.h"
#include "app/kubeconfig/exec_plugin.h"

namespace quarterdeck::kubeconfig {

namespace {

/// Identity of (exec configuration, cluster told to it): a hash, so that no secret is kept for it.
std::string cacheKey(const ExecRequest& request) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&hash](std::string_view text) {
        const std::string head = std::to_string(text.size()) + ":";
        hash.addData(QByteArrayView(head.data(), static_cast<qsizetype>(head.size())));
        hash.addData(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
    };
    const ExecConfig& exec = request.exec;
    add(exec.apiVersion);
    add(exec.command.find('/') == std::string::npos ? exec.command : resolvePath(request.origin, exec.command));
    add(request.searchPath);
    add(exec.interactiveMode);
    add(std::to_string(exec.args.size()));
    for (const std::string& argument : exec.args) {
        add(argument);
    }
    for (const auto& [name, value] : exec.env) {
        add(name);
        add(value.reveal());
    }
    add(execInfo(request));
    return hash.result().toStdString();
}

bool sameMaterial(const http::Credential& left, const http::Credential& right) {
    return left.bearerToken == right.bearerToken && left.clientCertificatePem == right.clientCertificatePem &&
           left.clientKeyPem == right.clientKeyPem;
}

}  // namespace

struct ExecPluginCache::Impl {
    struct Failure {
        Error error;
        std::chrono::milliseconds at;
    };

    /// One plugin for one cluster. All members are guarded by `mutex`.
    struct Entry {
        std::mutex mutex;
        std::condition_variable_any changed;
        std::optional<http::Credential> credential;
        std::optional<Failure> failure;
        unsigned generation = 0;
        /// Moves when a run ends, well or not; one that was cancelled does not count.
        unsigned runsEnded = 0;
        int waiting = 0;
        bool running = false;
        /// A run after a 401 gave the same credential again: not asked anew before this (monotonic).
        std::optional<std::chrono::milliseconds> unchangedUntil;
        std::jthread runner;  ///< last: joined before the rest dies
    };

    explicit Impl(ExecOptions given) : options(std::move(given)) {}

    std::shared_ptr<Entry> entryFor(const ExecRequest& request) {
        const std::string key = cacheKey(request);
        const std::scoped_lock lock(mutex);
        std::shared_ptr<Entry>& entry = entries[key];
        if (!entry) {
            entry = std::make_shared<Entry>();
        }
        return entry;
    }

    /// With the entry's lock held: begins a run unless one is under way.
    void ensureRun(Entry& entry, const ExecRequest& request) {
        if (entry.running) {
            return;
        }
        entry.running = true;
        // Assigning joins the thread of the run before; that one has let go of the lock for good when `running` fell.
        entry.runner = std::jthread([this, &entry, request](std::stop_token stop) {
            Result<http::Credential> result = runExecPlugin(request, options, stop);
            const std::scoped_lock lock(entry.mutex);
            finish(entry, std::move(result));
        });
    }

    void finish(Entry& entry, Result<http::Credential> result) {
        entry.running = false;
        entry.changed.notify_all();
        if (!result && result.error().is(kCancelled)) {
            return;
        }
        ++entry.runsEnded;
        entry.unchangedUntil.reset();
        if (!result) {
            entry.failure = Failure{std::move(result.error()), options.clock->monotonic()};
        } else {
            entry.failure.reset();
            const bool unchanged = entry.credential && sameMaterial(*entry.credential, *result);
            entry.generation += unchanged ? 0U : 1U;
            result->generation = entry.generation;
            entry.credential = std::move(*result);
            if (unchanged) {
                entry.unchangedUntil = options.clock->monotonic() + options.failureHold;
            }
        }
    }

    [[nodiscard]] bool fresh(const Entry& entry, std::chrono::milliseconds offset) const {
        return entry.credential &&
               (!entry.credential->expires || options.clock->now() + offset < *entry.credential->expires);
    }
    [[nodiscard]] bool holdsFailure(const Entry& entry) const {
        return entry.failure && options.clock->monotonic() < entry.failure->at + options.failureHold;
    }

    /// Waits for the run under way, or a new one, to end. False when the caller was stopped.
    bool waitForRun(Entry& entry, std::unique_lock<std::mutex>& lock, const ExecRequest& request,
                    std::stop_token stop) {
        if (stop.stop_requested()) {
            return false;
        }
        const unsigned seen = entry.runsEnded;
        ++entry.waiting;
        bool ended = false;
        for (;;) {
            ensureRun(entry, request);
            ended = entry.changed.wait(lock, stop, [&] { return entry.runsEnded != seen || !entry.running; });
            if (!ended || entry.runsEnded != seen) {
                break;
            }
        }
        --entry.waiting;
        if (!ended && entry.waiting == 0 && entry.running) {
            entry.runner.request_stop();
        }
        return ended;
    }

    ExecOptions options;
    std::mutex mutex;
    std::map<std::string, std::shared_ptr<Entry>> entries;
};

ExecPluginCache::ExecPluginCache(ExecOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
ExecPluginCache::~ExecPluginCache() = default;

Result<http::Credential> ExecPluginCache::current(const ExecRequest& request, std::stop_token stop,
                                                  std::chrono::milliseconds serverOffset) {
    const std::shared_ptr<Impl::Entry> entry = impl_->entryFor(request);
    std::unique_lock lock(entry->mutex);
    if (impl_->fresh(*entry, serverOffset)) {
        return *entry->credential;
    }
    if (!entry->running && impl_->holdsFailure(*entry)) {
        return fail(entry->failure->error);
    }
    if (!impl_->waitForRun(*entry, lock, request, stop)) {
        return fail(kCancelled);
    }
    if (entry->failure) {
        return fail(entry->failure->error);
    }
    return *entry->credential;
}

Result<std::optional<http::Credential>> ExecPluginCache::renew(const ExecRequest& request,
                                                               const http::Credential& rejected, std::stop_token stop) {
    using Renewed = std::optional<http::Credential>;
    const std::shared_ptr<Impl::Entry> entry = impl_->entryFor(request);
    std::unique_lock lock(entry->mutex);
    const auto rotated = [&] { return entry->credential && entry->credential->generation != rejected.generation; };
    if (rotated()) {
        return Renewed(*entry->credential);
    }
    if (!entry->running && entry->unchangedUntil && impl_->options.clock->monotonic() < *entry->unchangedUntil) {
        return Renewed();
    }
    if (!entry->running && impl_->holdsFailure(*entry)) {
        return fail(entry->failure->error);
    }
    if (!impl_->waitForRun(*entry, lock, request, stop)) {
        return fail(kCancelled);
    }
    if (entry->failure) {
        return fail(entry->failure->error);
    }
    return rotated() ? Renewed(*entry->credential) : Renewed();
}

void ExecPluginCache::forgetFailures() {
    const std::scoped_lock lock(impl_->mutex);
    for (const auto& [key, entry] : impl_->entries) {
        const std::scoped_lock entryLock(entry->mutex);
        entry->failure.reset();
        entry->unchangedUntil.reset();
    }
}

}  // namespace quarterdeck::kubeconfig
