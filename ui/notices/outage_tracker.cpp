#include "ui/notices/outage_tracker.h"

namespace quarterdeck::ui {

using session::ConnectionState;

std::vector<OutageTracker::News> OutageTracker::look(const std::vector<State>& open, Instant now) {
    std::vector<News> news;
    std::map<std::string, Known> still;
    for (const State& one : open) {
        Known known = known_[one.context];
        const bool lost = one.state == ConnectionState::Unreachable || one.state == ConnectionState::SignedOut;
        if (one.state == ConnectionState::Connected) {
            if (known.told) {
                news.push_back({one.context, true, known.lost});
            }
            known = {true, false, {}};
        } else if (lost && known.answered && !known.told && now - one.since >= kLong) {
            known.told = true;
            known.lost = one.since;
            news.push_back({one.context, false, one.since});
        }
        still[one.context] = known;
    }
    known_ = std::move(still);
    return news;
}

}  // namespace quarterdeck::ui
