#include "app/base/time_text.h"

#include <array>
#include <charconv>

#include <fmt/format.h>

namespace quarterdeck {

using namespace std::chrono;

namespace {

/// Reads exactly `count` digits at `position` and moves on.
std::optional<int> digits(std::string_view text, std::size_t& position, std::size_t count) {
    if (position + count > text.size()) {
        return std::nullopt;
    }
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const char c = text[position + i];
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        value = value * 10 + (c - '0');
    }
    position += count;
    return value;
}

bool eat(std::string_view text, std::size_t& position, char wanted) {
    if (position < text.size() && text[position] == wanted) {
        ++position;
        return true;
    }
    return false;
}

std::optional<Instant> assemble(int y, int mo, int d, int h, int mi, int s) {
    const year_month_day date{year(y), month(static_cast<unsigned>(mo)), day(static_cast<unsigned>(d))};
    if (!date.ok() || h > 23 || mi > 59 || s > 60) {
        return std::nullopt;
    }
    return Instant(sys_days(date) + hours(h) + minutes(mi) + seconds(s));
}

constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

}  // namespace

std::optional<Instant> parseRfc3339(std::string_view text) {
    std::size_t at = 0;
    const auto y = digits(text, at, 4);
    if (!y || !eat(text, at, '-')) {
        return std::nullopt;
    }
    const auto mo = digits(text, at, 2);
    if (!mo || !eat(text, at, '-')) {
        return std::nullopt;
    }
    const auto d = digits(text, at, 2);
    if (!d || !(eat(text, at, 'T') || eat(text, at, 't') || eat(text, at, ' '))) {
        return std::nullopt;
    }
    const auto h = digits(text, at, 2);
    if (!h || !eat(text, at, ':')) {
        return std::nullopt;
    }
    const auto mi = digits(text, at, 2);
    if (!mi || !eat(text, at, ':')) {
        return std::nullopt;
    }
    const auto s = digits(text, at, 2);
    if (!s) {
        return std::nullopt;
    }
    auto time = assemble(*y, *mo, *d, *h, *mi, *s);
    if (!time) {
        return std::nullopt;
    }
    if (eat(text, at, '.')) {
        int scale = 100;
        bool any = false;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
            *time += milliseconds((text[at] - '0') * scale);
            scale /= 10;
            ++at;
            any = true;
        }
        if (!any) {
            return std::nullopt;
        }
    }
    if (eat(text, at, 'Z') || eat(text, at, 'z')) {
        return at == text.size() ? time : std::nullopt;
    }
    const bool minus = at < text.size() && text[at] == '-';
    if (!minus && !(at < text.size() && text[at] == '+')) {
        return std::nullopt;
    }
    ++at;
    const auto zh = digits(text, at, 2);
    if (!zh || !eat(text, at, ':')) {
        return std::nullopt;
    }
    const auto zm = digits(text, at, 2);
    if (!zm || at != text.size() || *zh > 23 || *zm > 59) {
        return std::nullopt;
    }
    const minutes offset = hours(*zh) + minutes(*zm);
    return minus ? *time + offset : *time - offset;
}

std::string formatRfc3339(Instant time, bool withMillis) {
    const auto dayStart = floor<days>(time);
    const year_month_day date(dayStart);
    const hh_mm_ss clock(time - dayStart);
    std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                                   static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                                   clock.hours().count(), clock.minutes().count(), clock.seconds().count());
    if (withMillis) {
        text += fmt::format(".{:03}", clock.subseconds().count());
    }
    return text + 'Z';
}

std::optional<Instant> parseHttpDate(std::string_view text) {
    // "Sat, 14 Mar 2026 03:12:40 GMT"
    if (text.size() != 29 || text.substr(3, 2) != ", " || text[7] != ' ' || text[11] != ' ' || text[16] != ' ' ||
        text[19] != ':' || text[22] != ':' || text.substr(25) != " GMT") {
        return std::nullopt;
    }
    std::size_t at = 5;
    const auto d = digits(text, at, 2);
    const std::string_view name = text.substr(8, 3);
    int mo = 0;
    for (std::size_t i = 0; i < kMonths.size(); ++i) {
        if (name == kMonths[i]) {
            mo = static_cast<int>(i) + 1;
        }
    }
    at = 12;
    const auto y = digits(text, at, 4);
    at = 17;
    const auto h = digits(text, at, 2);
    at = 20;
    const auto mi = digits(text, at, 2);
    at = 23;
    const auto s = digits(text, at, 2);
    if (!d || mo == 0 || !y || !h || !mi || !s) {
        return std::nullopt;
    }
    return assemble(*y, mo, *d, *h, *mi, *s);
}

std::string formatHttpDate(Instant time) {
    const auto dayStart = floor<days>(time);
    const year_month_day date(dayStart);
    const hh_mm_ss clock(time - dayStart);
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[weekday(dayStart).c_encoding()],
                       static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                       clock.seconds().count());
}

std::string humanDuration(milliseconds age) {
    // Truncation towards zero, as Go converts a duration to whole seconds.
    const long long total = age.count() / 1000;
    if (total < -1) {
        return "<invalid>";
    }
    if (total < 0) {
        return "0s";
    }
    const long long m = total / 60;
    const long long h = total / 3600;
    const long long d = h / 24;
    const auto pair = [](long long big, char bigUnit, long long small, char smallUnit) {
        return small == 0 ? fmt::format("{}{}", big, bigUnit) : fmt::format("{}{}{}{}", big, bigUnit, small, smallUnit);
    };
    if (total < 120) {
        return fmt::format("{}s", total);
    }
    if (m < 10) {
        return pair(m, 'm', total % 60, 's');
    }
    if (m < 180) {
        return fmt::format("{}m", m);
    }
    if (h < 8) {
        return pair(h, 'h', m % 60, 'm');
    }
    if (h < 48) {
        return fmt::format("{}h", h);
    }
    if (h < 192) {
        return pair(d, 'd', h % 24, 'h');
    }
    if (h < 24LL * 365 * 2) {
        return fmt::format("{}d", d);
    }
    if (h < 24LL * 365 * 8) {
        return pair(d / 365, 'y', d % 365, 'd');
    }
    return fmt::format("{}y", d / 365);
}

}  // namespace quarterdeck
