#include "app/demo/control/cron.h"

#include <charconv>
#include <sstream>
#include <vector>

namespace quarterdeck::demo {
namespace {

bool readNumber(const std::string& word, unsigned& value) {
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    return error == std::errc() && end == word.data() + word.size();
}

/// Whether one field names `value`; nothing readable names nothing.
bool names(const std::string& field, unsigned value, unsigned first) {
    std::stringstream parts(field);
    for (std::string part; std::getline(parts, part, ',');) {
        unsigned step = 1;
        if (const auto slash = part.find('/'); slash != std::string::npos) {
            if (!readNumber(part.substr(slash + 1), step) || step == 0) {
                return false;
            }
            part.resize(slash);
        }
        unsigned low = first;
        unsigned high = 10'000;
        if (part != "*") {
            const auto dash = part.find('-');
            if (!readNumber(part.substr(0, dash), low) ||
                (dash != std::string::npos && !readNumber(part.substr(dash + 1), high))) {
                return false;
            }
            if (dash == std::string::npos) {
                high = step > 1 ? high : low;
            }
        }
        if (value >= low && value <= high && (value - low) % step == 0) {
            return true;
        }
    }
    return false;
}

}  // namespace

Instant nextCronTime(const std::string& line, Instant after) {
    using namespace std::chrono;
    std::stringstream words(line);
    std::vector<std::string> fields;
    for (std::string word; words >> word;) {
        fields.push_back(word);
    }
    if (fields.size() != 5) {
        return Instant::max();
    }
    auto when = floor<minutes>(after) + minutes(1);
    const auto limit = when + days(366);
    while (when < limit) {
        const auto day = floor<days>(when);
        const year_month_day date(day);
        if (!names(fields[3], static_cast<unsigned>(date.month()), 1) ||
            !names(fields[2], static_cast<unsigned>(date.day()), 1) ||
            !names(fields[4], weekday(day).c_encoding(), 0)) {
            when = day + days(1);
            continue;
        }
        const auto sinceMidnight = when - day;
        if (!names(fields[1], static_cast<unsigned>(floor<hours>(sinceMidnight).count()), 0)) {
            when = day + floor<hours>(sinceMidnight) + hours(1);
            continue;
        }
        if (names(fields[0], static_cast<unsigned>((sinceMidnight % hours(1)).count()), 0)) {
            return when;
        }
        when += minutes(1);
    }
    return Instant::max();
}

}  // namespace quarterdeck::demo
