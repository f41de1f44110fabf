#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include <QCryptographicHash>

#include "app/kubeconfig/errors.h"
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

/// A credential that lived no longer than this after a 401 was never accepted. Longer than the minute after which the
/// refused are tried again.
constexpr std::chrono::seconds kRefusedAtOnce{90};

/// Lets one plugin run at a time.
class Turn {
public:
    /// False where `stop` came first.
    bool take(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        if (!changed_.wait(lock, stop, [this] { return !taken_; })) {
            return false;
        }
        taken_ = true;
        return true;
    }
    void giveBack() {
        const std::scoped_lock lock(mutex_);
        taken_ = false;
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable_any changed_;
    bool taken_ = false;
};

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
        /// Of the last run that counted; `failure` may have been forgotten since.
        bool failed = false;
        unsigned generation = 0;
        /// Moves when a run ends, well or not; one that was left by all or outdated does not count.
        unsigned runsEnded = 0;
        int waiting = 0;
        bool running = false;
        /// The run under way is ended by the person.
        bool cancelled = false;
        /// Moves with the network: what a run of before meets says nothing any more.
        unsigned network = 0;
        /// Since when the credential stands that came after a 401 (monotonic), and whether it was refused as well.
        std::optional<std::chrono::milliseconds> renewedAt;
        bool refusedAtOnce = false;
        std::jthread runner;  ///< last: joined before the rest dies
    };

    explicit Impl(ExecOptions given) : options(std::move(given)) {}
    ~Impl() {
        // All at once: none of those that wait shall have its turn while others are joined.
        for (const auto& [key, entry] : entries) {
            const std::scoped_lock lock(entry->mutex);
            entry->runner.request_stop();
        }
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    std::shared_ptr<Entry> entryFor(const ExecRequest& request) {
        const std::string key = cacheKey(request);
        const std::scoped_lock lock(mutex);
        std::shared_ptr<Entry>& entry = entries[key];
        if (!entry) {
            entry = std::make_shared<Entry>();
        }
        return entry;
    }

    /// With the entry's lock held: begins a run unless one is under way. `renewal`: after a 401.
    void ensureRun(Entry& entry, const ExecRequest& request, bool renewal) {
        if (entry.running) {
            return;
        }
        entry.running = true;
        entry.cancelled = false;
        // Assigning joins the thread of the run before; that one has let go of the lock for good when `running` fell.
        entry.runner = std::jthread([this, &entry, request, renewal](const std::stop_token& stop) {
            unsigned network = 0;
            Result<http::Credential> result = runInTurn(entry, request, network, stop);
            const std::scoped_lock lock(entry.mutex);
            if (!result && result.error().is(kCancelled) && entry.cancelled) {
                result = fail(kExecCancelled, {{"command", request.exec.command}, {"user", request.userName}});
                network = entry.network;
            }
            entry.running = false;
            entry.changed.notify_all();
            const bool outdated = network != entry.network;
            if (result || !(outdated || result.error().is(kCancelled))) {
                finish(entry, std::move(result), renewal);
            }
        });
    }

    /// `network`: the entry's, when the plugin began.
    Result<http::Credential> runInTurn(Entry& entry, const ExecRequest& request, unsigned& network,
                                       const std::stop_token& stop) {
        if (!turn.take(stop)) {
            return fail(kCancelled);
        }
        {
            const std::scoped_lock lock(entry.mutex);
            network = entry.network;
        }
        Result<http::Credential> result = runExecPlugin(request, options, stop);
        turn.giveBack();
        return result;
    }

    void finish(Entry& entry, Result<http::Credential> result, bool renewal) {
        ++entry.runsEnded;
        entry.failed = !result;
        if (!result) {
            entry.failure = Failure{std::move(result.error()), options.clock->monotonic()};
        } else {
            entry.failure.reset();
            const bool unchanged = entry.credential && sameMaterial(*entry.credential, *result);
            entry.generation += unchanged ? 0U : 1U;
            result->generation = entry.generation;
            entry.credential = std::move(*result);
            entry.renewedAt = renewal ? std::optional(options.clock->monotonic()) : std::nullopt;
            entry.refusedAtOnce = renewal && unchanged;
        }
    }

    [[nodiscard]] bool fresh(const Entry& entry, std::chrono::milliseconds offset) const {
        return entry.credential &&
               (!entry.credential->expires || options.clock->now() + offset < *entry.credential->expires);
    }
    /// After a 401 to the credential that is there: whether another run would bring nothing better.
    [[nodiscard]] bool holdsRenewal(Entry& entry) const {
        if (!entry.renewedAt) {
            return false;
        }
        const auto age = options.clock->monotonic() - *entry.renewedAt;
        entry.refusedAtOnce = entry.refusedAtOnce || age < kRefusedAtOnce;
        return entry.refusedAtOnce && age < options.renewalHold;
    }

    /// Waits for the run under way, or a new one, to end. False when the caller was stopped.
    bool waitForRun(Entry& entry, std::unique_lock<std::mutex>& lock, const ExecRequest& request, bool renewal,
                    std::stop_token stop) {
        if (stop.stop_requested()) {
            return false;
        }
        const unsigned seen = entry.runsEnded;
        ++entry.waiting;
        bool ended = false;
        for (;;) {
            ensureRun(entry, request, renewal);
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
    Turn turn;
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
    if (!entry->running && entry->failure) {
        return fail(entry->failure->error);
    }
    do {
        if (!impl_->waitForRun(*entry, lock, request, false, stop)) {
            return fail(kCancelled);
        }
        if (entry->failure) {
            return fail(entry->failure->error);
        }
    } while (entry->failed);  // forgotten before this caller was told
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
    if (!entry->running && entry->failure) {
        return fail(entry->failure->error);
    }
    if (!entry->running && impl_->holdsRenewal(*entry)) {
        return Renewed();
    }
    if (!impl_->waitForRun(*entry, lock, request, true, stop)) {
        return fail(kCancelled);
    }
    if (entry->failure) {
        return fail(entry->failure->error);
    }
    return rotated() ? Renewed(*entry->credential) : Renewed();
}

void ExecPluginCache::forgetFailure(const ExecRequest& request, std::chrono::milliseconds until) {
    const std::shared_ptr<Impl::Entry> entry = impl_->entryFor(request);
    const std::scoped_lock lock(entry->mutex);
    if (entry->failure && entry->failure->at <= until) {
        entry->failure.reset();
    }
    if (entry->renewedAt && *entry->renewedAt <= until) {
        entry->renewedAt.reset();
    }
    entry->cancelled = false;  // a run that is about to end gives way to another
}

void ExecPluginCache::forgetFailures() {
    const std::scoped_lock lock(impl_->mutex);
    for (const auto& [key, entry] : impl_->entries) {
        const std::scoped_lock entryLock(entry->mutex);
        if (entry->failure && !entry->failure->error.is(kExecCancelled)) {  // that was a person's wish
            entry->failure.reset();
        }
        entry->renewedAt.reset();
        ++entry->network;
    }
}

void ExecPluginCache::cancel(const ExecRequest& request) {
    const std::shared_ptr<Impl::Entry> entry = impl_->entryFor(request);
    const std::scoped_lock lock(entry->mutex);
    if (entry->running) {
        entry->cancelled = true;
        entry->runner.request_stop();
    }
}

}  // namespace quarterdeck::kubeconfig
