#pragma once

#include <chrono>

#include "app/base/backoff.h"
#include "app/kube/reflector.h"

namespace quarterdeck::session {

/// How patient a session is.
struct SessionTimes {
    kube::Reflector::Timing reflector;
    /// Between questions to a server that cannot be reached.
    Backoff::Limits probe;
    /// Between questions to a server that does not accept who we are, or for which there is no credential: some mend by
    /// themselves (a token file, a server's own failure). No login is repeated by it.
    std::chrono::milliseconds signedOutRest{60'000};
    /// The same, and between tries of stores, where a password was refused: servers count, and lock accounts.
    std::chrono::milliseconds passwordRest{600'000};
    /// A store that nobody holds keeps its watch so long.
    std::chrono::milliseconds storeGrace{30'000};
    /// A watch on which nothing came for so long is opened anew. API servers send a bookmark about every minute.
    std::chrono::milliseconds renewAfter{80'000};
    /// Rows that nothing confirmed for so long are stale.
    std::chrono::milliseconds silenceLimit{90'000};
    /// How often stores are looked at for all this.
    std::chrono::milliseconds tidyInterval{5'000};
};

}  // namespace quarterdeck::session
