#pragma once

#include <vector>

#include <QString>

#include "app/session/cluster_session.h"
#include "ui/text/time_display.h"
#include "widgets/theme.h"

namespace quarterdeck::session {
struct ContextEntry;
class SessionHub;
}  // namespace quarterdeck::session

namespace quarterdeck::ui {

/// One line about a connection: "Pods", "Live, 3s", good.
struct ConnectionFact {
    QString key;
    QString value;
    widgets::Tone tone = widgets::Tone::None;
    friend bool operator==(const ConnectionFact&, const ConnectionFact&) = default;
};

/// What can be said about the connection of one open context, in the person's words.
struct ConnectionFacts {
    kube::ContextId id;
    QString context;  ///< as it is shown
    bool production = false;
    QString state;
    widgets::Tone tone = widgets::Tone::Unknown;
    std::vector<ConnectionFact> facts;
    /// Why something is not as it should be, and what to do; whole sentences, each once.
    QStringList reasons;
    bool signedOut = false;
};

[[nodiscard]] QString connectionWord(session::ConnectionState state);
[[nodiscard]] widgets::Tone connectionTone(session::ConnectionState state);

/// By name of the context.
[[nodiscard]] std::vector<ConnectionFacts> connectionFacts(const session::SessionHub& hub, Instant now,
                                                           ZoneChoice zone);
/// The same as text, for a message to whoever can help.
[[nodiscard]] QString connectionReport(const std::vector<ConnectionFacts>& all, Instant now, ZoneChoice zone);

}  // namespace quarterdeck::ui
