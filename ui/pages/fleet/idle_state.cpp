#include "ui/pages/fleet/idle_state.h"

#include <QCoreApplication>
#include <QStringList>

#include "ui/text/error_text.h"

namespace quarterdeck::ui {

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(IdleContext)
};

}  // namespace

IdleCard::State idleState(const session::ContextEntry& entry, const session::ClusterSession* session, ZoneChoice zone) {
    IdleCard::State state;
    state.production = entry.production;
    state.open = session != nullptr;
    state.server = fromUtf8(entry.server);
    if (session != nullptr) {
        const session::ConnectionStatus& status = session->status();
        const bool signedOut = status.state == session::ConnectionState::SignedOut;
        const QString since = clockTime(status.since, zone);
        const QString why = status.error ? errorText(*status.error) : QString();
        state.word = signedOut ? Words::tr("Signed out") : Words::tr("Unreachable");
        state.tone = signedOut ? widgets::Tone::Warning : widgets::Tone::Critical;
        state.reason = signedOut ? why : Words::tr("since %1").arg(since) + QStringLiteral(" · ") + why;
        state.toolTip = Words::tr("since %1").arg(since) + QStringLiteral("\n") + why;
        state.remedy = signedOut ? IdleCard::Remedy::SignIn : IdleCard::Remedy::Retry;
        return state;
    }
    QStringList reasons;
    for (const Error& error : entry.errors) {
        reasons += errorText(error);
    }
    if (!entry.usable()) {
        state.word = Words::tr("Cannot be used");
        state.tone = widgets::Tone::Critical;
        state.reason = reasons.join(QLatin1Char(' '));
        state.toolTip = reasons.join(QLatin1Char('\n'));
        return state;
    }
    const QString user =
        entry.userKind == "none" ? Words::tr("no user") : Words::tr("signs in with %1").arg(fromUtf8(entry.userKind));
    state.word = Words::tr("Not connected");
    state.reason = QStringList{state.server, user, Words::tr("namespace %1").arg(fromUtf8(entry.nameSpace))}.join(
        QStringLiteral(" · "));
    state.remedy = IdleCard::Remedy::Open;
    return state;
}

}  // namespace quarterdeck::ui
