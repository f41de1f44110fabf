#include "ui/windows/connection_facts.h"

#include <algorithm>

#include <QCoreApplication>
#include <QStringList>

#include "app/base/time_text.h"
#include "app/session/session_hub.h"
#include "ui/pages/page_freshness.h"
#include "ui/text/error_text.h"

namespace quarterdeck::ui {

using kube::FreshnessState;
using session::ConnectionState;

namespace {

constexpr std::chrono::seconds kTellClockFrom{60};

class Words {
    Q_DECLARE_TR_FUNCTIONS(Connection)
};

/// "Live, 3s", "Stale since 03:11:10 UTC, next try in 4s".
QString freshnessText(const kube::Freshness& freshness, Instant now, ZoneChoice zone) {
    QString text = stateWord(freshness.state);
    if (freshness.state == FreshnessState::Stale) {
        text += Words::tr(" since %1").arg(clockTime(freshness.since, zone));
    } else if ((freshness.state == FreshnessState::Live || freshness.state == FreshnessState::Empty) &&
               freshness.since != Instant{}) {
        text += QStringLiteral(", ") + ageText(std::min(freshness.since, now), now);
    }
    if (freshness.nextTry && *freshness.nextTry > now) {
        text += Words::tr(", next try in %1").arg(ageText(now, *freshness.nextTry));
    }
    return text;
}

/// "3m behind the server's", where a person should know it; ages are counted by the server's clock all the same.
QString clockText(std::optional<std::chrono::milliseconds> offset) {
    if (!offset || std::chrono::abs(*offset) < kTellClockFrom) {
        return {};
    }
    const QString by = fromUtf8(humanDuration(std::chrono::abs(*offset)));
    return offset->count() > 0 ? Words::tr("this machine's is %1 behind the server's").arg(by)
                               : Words::tr("this machine's is %1 ahead of the server's").arg(by);
}

ConnectionFacts factsOf(const session::ContextEntry& entry, const session::ClusterSession& session, Instant now,
                        ZoneChoice zone) {
    const session::ConnectionStatus& status = session.status();
    ConnectionFacts facts;
    facts.id = entry.id;
    facts.context = fromUtf8(escapeForDisplay(entry.id));
    facts.production = entry.production;
    facts.state = connectionWord(status.state);
    facts.tone = connectionTone(status.state);
    facts.signedOut = status.state == ConnectionState::SignedOut;
    const auto add = [&](const QString& key, const QString& value, widgets::Tone tone = widgets::Tone::None) {
        facts.facts.push_back({key, value, tone});
    };
    const auto because = [&](const Error& error) {
        if (const QString text = errorText(error); !facts.reasons.contains(text)) {
            facts.reasons += text;
        }
    };
    add(Words::tr("Server"), fromUtf8(escapeForDisplay(entry.server)));
    add(Words::tr("Version"),
        status.serverVersion.empty() ? Words::tr("not known yet") : fromUtf8(status.serverVersion));
    add(Words::tr("Signs in by"), fromUtf8(escapeForDisplay(entry.userKind)));
    add(Words::tr("Since"), dateAndTime(status.since, zone));
    add(Words::tr("Writes"), session.locked() ? Words::tr("refused: read-only") : Words::tr("allowed"));
    if (const QString clock = clockText(session.clockOffset()); !clock.isEmpty()) {
        add(Words::tr("Clock"), clock, widgets::Tone::Warning);
    }
    for (const session::StoreStatus& store : session.stores()) {
        add(fromUtf8(escapeForDisplay(store.type.resource)), freshnessText(store.freshness, now, zone),
            stateTone(store.freshness.state));
        if (store.freshness.reason) {
            because(*store.freshness.reason);
        }
    }
    if (status.error) {
        because(*status.error);
    }
    for (const Error& error : entry.errors) {
        because(error);
    }
    return facts;
}

}  // namespace

QString connectionWord(ConnectionState state) {
    switch (state) {
        case ConnectionState::Connecting:
            return Words::tr("Connecting");
        case ConnectionState::Connected:
            return Words::tr("Connected");
        case ConnectionState::SignedOut:
            return Words::tr("Signed out");
        case ConnectionState::Unreachable:
            return Words::tr("Unreachable");
    }
    return {};
}

widgets::Tone connectionTone(ConnectionState state) {
    switch (state) {
        case ConnectionState::Connecting:
            return widgets::Tone::Progress;
        case ConnectionState::Connected:
            return widgets::Tone::Good;
        case ConnectionState::SignedOut:
            return widgets::Tone::Warning;
        case ConnectionState::Unreachable:
            return widgets::Tone::Critical;
    }
    return widgets::Tone::Unknown;
}

std::vector<ConnectionFacts> connectionFacts(const session::SessionHub& hub, Instant now, ZoneChoice zone) {
    std::vector<ConnectionFacts> all;
    for (const session::ContextEntry& entry : hub.contexts()) {  // by name
        if (const session::ClusterSession* session = hub.session(entry.id)) {
            all.push_back(factsOf(entry, *session, now, zone));
        }
    }
    return all;
}

QString connectionReport(const std::vector<ConnectionFacts>& all, Instant now, ZoneChoice zone) {
    QStringList lines{Words::tr("Quarterdeck, connections at %1").arg(isoTime(now, zone))};
    for (const ConnectionFacts& one : all) {
        lines += QString();
        lines += one.context + QStringLiteral(": ") + one.state;
        for (const ConnectionFact& fact : one.facts) {
            lines += QStringLiteral("  ") + fact.key + QStringLiteral(": ") + fact.value;
        }
        for (const QString& reason : one.reasons) {
            lines += QStringLiteral("  ") + reason;
        }
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

}  // namespace quarterdeck::ui
