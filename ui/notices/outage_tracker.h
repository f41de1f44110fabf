#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "app/session/cluster_session.h"

namespace quarterdeck::ui {

/// Tells when a context that had answered has been out of reach for long, and when it is back. A value without
/// clocks: somebody looks now and then.
class OutageTracker {
public:
    /// Shorter ones are nobody's business.
    static constexpr std::chrono::seconds kLong{30};

    struct News {
        std::string context;
        bool back = false;
        Instant since{};  ///< when it was lost
        friend bool operator==(const News&, const News&) = default;
    };
    struct State {
        std::string context;
        session::ConnectionState state = session::ConnectionState::Connecting;
        Instant since{};
    };
    /// `open`: every open context as it is now; one that is missing was closed and is forgotten.
    [[nodiscard]] std::vector<News> look(const std::vector<State>& open, Instant now);

private:
    struct Known {
        bool answered = false;
        bool told = false;
        Instant lost{};
    };
    std::map<std::string, Known> known_;
};

}  // namespace quarterdeck::ui
