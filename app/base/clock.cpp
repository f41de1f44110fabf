#include "app/base/clock.h"

namespace quarterdeck {

using std::chrono::milliseconds;

Instant SystemClock::now() const {
    return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
}

milliseconds SystemClock::monotonic() const {
    return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

OffsetClock::OffsetClock(Instant start) : offset_(start - system_.now()) {}
Instant OffsetClock::now() const {
    return system_.now() + offset_;
}
milliseconds OffsetClock::monotonic() const {
    return system_.monotonic();
}

}  // namespace quarterdeck
