#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QObject>

#include "app/base/clock.h"
#include "app/base/error.h"
#include "app/http/transport.h"
#include "app/kube/object.h"
#include "app/kubeconfig/loader.h"
#include "app/session/session_times.h"
#include "app/settings/settings.h"

namespace quarterdeck::session {

class ClusterSession;

/// A context as the kubeconfig has it, usable or not.
struct ContextEntry {
    kube::ContextId id;
    std::string server;         ///< URL, empty where unknown
    std::string userKind;       ///< "certificate", "token", "token file", "basic", "exec: aws", "none"
    std::string nameSpace;      ///< default namespace, "default" where unset
    bool current = false;       ///< current-context
    bool production = false;    ///< guessed from the names, unless the person decided
    std::vector<Error> errors;  ///< why it cannot be used; empty = usable
    /// See settings::clusterKey(); empty where the cluster's CA cannot be read.
    std::string clusterKey = {};
    [[nodiscard]] bool usable() const { return errors.empty(); }
};

inline constexpr ErrorCode kContextGone{
    "session.context-gone",
    QT_TRANSLATE_NOOP(
        "Error",
        "The context {context} is no longer in the kubeconfig. It stays open with what it knew; close it, or "
        "put it back into the kubeconfig.")};

inline constexpr ErrorCode kAwake{
    "session.awake",
    QT_TRANSLATE_NOOP("Error",
                      "This machine slept, or its clock was set ({gap}); all connections are made anew. The rows are "
                      "those from before until the server of context {context} has confirmed them.")};
inline constexpr ErrorCode kOtherNetwork{
    "session.other-network",
    QT_TRANSLATE_NOOP("Error",
                      "This machine's network has changed; all connections are made anew. The rows are those from "
                      "before until the server of context {context} has confirmed them.")};

/// All contexts of the loaded kubeconfig and the sessions of those that are open. Lives in the interface thread and
/// never blocks it (but for awaitFiles()): files are read on a thread of its own. Reloads when they change; sessions
/// whose settings did not change stay as they are, those of vanished contexts stay open and say so.
class SessionHub : public QObject {
    Q_OBJECT
public:
    struct Options {
        /// An explicit kubeconfig, loaded alone; empty = KUBECONFIG, else ~/.kube/config.
        std::string kubeconfigPath;
        /// Where to look for the kubeconfig and a pod's service account; nothing = as `kubeconfigPath` and the
        /// process's environment say.
        std::optional<kubeconfig::LoadOptions> load;
        std::shared_ptr<const Clock> clock;
        /// What the person decided about a cluster, by its key; asked in the interface thread. Empty: nothing.
        std::function<settings::ContextSettings(const std::string& clusterKey)> settingsOf;
        std::string userAgent = "quarterdeck/" QUARTERDECK_VERSION;
        /// How long files must be quiet before they are read again.
        std::chrono::milliseconds reloadQuiet{200};
        /// A credential plugin that has not ended by then is stopped.
        std::chrono::milliseconds pluginLimit{60'000};
        SessionTimes times;
        http::TransportOptions transport;
        /// How often the clocks are compared, to see that the machine has slept.
        std::chrono::milliseconds wakeCheck{5'000};
        /// The clock of the machine itself, by which sleep is noticed; null = `clock`.
        std::shared_ptr<const Clock> machineClock;
    };
    explicit SessionHub(Options options, QObject* parent = nullptr);
    ~SessionHub() override;

    /// For the start of a program, before there is a window that could freeze: waits until the files were read for
    /// the first time and takes over what they say, or gives up after `patience` (it comes by itself then).
    void awaitFiles(std::chrono::milliseconds patience);
    /// False until the files were read for the first time; contextsChanged() tells.
    [[nodiscard]] bool loaded() const;
    [[nodiscard]] const std::vector<ContextEntry>& contexts() const;
    [[nodiscard]] const ContextEntry* context(const kube::ContextId& id) const;
    /// Files that could not be used, and faults that belong to no context.
    [[nodiscard]] const std::vector<Error>& fileErrors() const;
    /// Files that were looked for, for the welcome page.
    [[nodiscard]] const std::vector<std::string>& kubeconfigFiles() const;

    /// Opens without blocking; the session exists at once and tells its state. Null where the context is not usable.
    ClusterSession* open(const kube::ContextId& id);
    void close(const kube::ContextId& id);
    /// Null where the context is not open.
    [[nodiscard]] ClusterSession* session(const kube::ContextId& id) const;
    [[nodiscard]] std::vector<ClusterSession*> sessions() const;
    /// Reads the kubeconfig again now.
    void reload();
    /// Refuses or allows writes to an open context from now on. Production starts refusing, other contexts do not,
    /// unless the settings say otherwise; a context that is opened anew because its settings changed stays refusing.
    void setLocked(const kube::ContextId& id, bool locked);
    /// The person says whether this is production, whatever its name suggests. What becomes production refuses writes
    /// from now on; what no longer is stays as it was.
    void setProduction(const kube::ContextId& id, bool production);
    /// The person asks to sign in again: the session retries, its login included.
    void signInAgain(const kube::ContextId& id);
    /// Another network: every open context connects anew, and every login that failed is tried once more. Also done by
    /// itself when the addresses of this machine change.
    void networkChanged();

signals:
    void contextsChanged();
    void sessionOpened(const QString& contextId);
    /// By setLocked(): an open context refuses or allows writes now.
    void lockChanged(const QString& contextId);
    /// By setProduction().
    void productionChanged(const QString& contextId);
    /// An open context asks for its credentials anew; its session's statusChanged() tells the outcome.
    void signingIn(const QString& contextId);
    /// The session object dies right after this.
    void sessionClosing(const QString& contextId);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace quarterdeck::session
