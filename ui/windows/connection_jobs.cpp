#include "ui/windows/connection_jobs.h"

#include "app/session/cluster_session.h"
#include "app/session/session_hub.h"
#include "ui/text/error_text.h"

namespace quarterdeck::ui {

using session::ClusterSession;
using session::ConnectionState;
using session::SessionHub;

ConnectionJobs::ConnectionJobs(SessionHub& hub, jobs::JobRunner& runner, QObject* parent)
    : QObject(parent), hub_(hub), runner_(runner) {
    const auto watch = [this](const QString& id) {
        const std::string context = id.toStdString();
        const ClusterSession* session = hub_.session(context);
        connect(session, &ClusterSession::statusChanged, this, [this, context] { onStatus(context); });
        if (session->status().state == ConnectionState::Connecting) {
            begin(context, tr("Connecting to %1").arg(id), &ConnectionJobs::close);
        }
    };
    connect(&hub_, &SessionHub::sessionOpened, this, watch);
    connect(&hub_, &SessionHub::signingIn, this, [this](const QString& id) {
        begin(id.toStdString(), tr("Signing in to %1").arg(id), &ConnectionJobs::cancelSignIn);
    });
    connect(&hub_, &SessionHub::sessionClosing, this, [this](const QString& id) {
        if (const auto node = under_.extract(id.toStdString())) {
            runner_.end(node.mapped(), fail(kCancelled));
        }
    });
    for (const ClusterSession* session : hub_.sessions()) {
        watch(fromUtf8(session->contextId()));
    }
}

void ConnectionJobs::begin(const std::string& context, const QString& title,
                           void (ConnectionJobs::*cancel)(const std::string&)) {
    if (under_.contains(context)) {
        return;
    }
    // Queued: the session must not die while it or a button of its own is speaking.
    const auto later = [this, context, cancel] {
        QMetaObject::invokeMethod(
            this, [this, context, cancel] { (this->*cancel)(context); }, Qt::QueuedConnection);
    };
    under_[context] = runner_.begin(title.toStdString(), context, later);
}

void ConnectionJobs::close(const std::string& context) {
    hub_.close(context);
}

void ConnectionJobs::cancelSignIn(const std::string& context) {
    if (ClusterSession* session = hub_.session(context)) {
        session->cancelSignIn();
    }
    if (const auto node = under_.extract(context)) {
        runner_.end(node.mapped(), fail(kCancelled));
    }
}

void ConnectionJobs::onStatus(const std::string& context) {
    const ClusterSession* session = hub_.session(context);
    if (session == nullptr || session->status().state == ConnectionState::Connecting) {
        return;
    }
    const auto node = under_.extract(context);
    if (!node) {
        return;
    }
    const session::ConnectionStatus& status = session->status();
    if (status.state == ConnectionState::Connected) {
        const QString version = fromUtf8(status.serverVersion);
        runner_.end(
            node.mapped(),
            (version.isEmpty() ? tr("Connected.") : tr("Connected, Kubernetes %1.").arg(version)).toStdString());
    } else {
        runner_.end(node.mapped(), fail(status.error.value_or(Error{})));
    }
}

}  // namespace quarterdeck::ui
