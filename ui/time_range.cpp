#include "ui/time_range.h"

#include <charconv>

#include "app/base/time_text.h"

namespace quarterdeck::ui {

namespace {

constexpr long kHour = 60;
constexpr long kDay = 24 * kHour;

std::optional<TimeRange> parseSpan(std::string_view from, std::string_view to) {
    const auto begin = parseRfc3339(from);
    const auto end = parseRfc3339(to);
    if (!begin || !end || *begin > *end) {
        return std::nullopt;
    }
    return TimeSpan{*begin, *end};
}

}  // namespace

std::string formatRange(const TimeRange& range) {
    if (const auto* span = std::get_if<TimeSpan>(&range)) {
        const auto text = [](Instant time) {
            return formatRfc3339(time, time.time_since_epoch() % std::chrono::seconds(1) != Instant::duration::zero());
        };
        return text(span->from) + '/' + text(span->to);
    }
    const auto minutes = std::get<std::chrono::minutes>(range).count();
    if (minutes % kDay == 0) {
        return std::to_string(minutes / kDay) + 'd';
    }
    return minutes % kHour == 0 ? std::to_string(minutes / kHour) + 'h' : std::to_string(minutes) + 'm';
}

std::optional<TimeRange> parseRange(std::string_view text) {
    if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
        return parseSpan(text.substr(0, slash), text.substr(slash + 1));
    }
    long number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end + 1 != text.data() + text.size() || number < 1 || number > kLongestRange.count()) {
        return std::nullopt;
    }
    const long unit = *end == 'm' ? 1 : *end == 'h' ? kHour : *end == 'd' ? kDay : 0;
    if (unit == 0 || number * unit > kLongestRange.count()) {
        return std::nullopt;
    }
    return std::chrono::minutes(number * unit);
}

bool touches(const TimeRange& range, const TimeSpan& lasted, Instant now) {
    if (const auto* span = std::get_if<TimeSpan>(&range)) {
        return lasted.from <= span->to && lasted.to >= span->from;
    }
    return lasted.to >= now - std::get<std::chrono::minutes>(range);
}

}  // namespace quarterdeck::ui
