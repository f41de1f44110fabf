#include "app/base/quantity.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace quarterdeck {

namespace {

/// Multiplier of a suffix; nothing where the suffix is unknown.
std::optional<long double> multiplier(std::string_view suffix) {
    struct Entry {
        std::string_view suffix;
        long double factor;
    };
    static constexpr Entry kEntries[] = {{"", 1.0L},
                                         {"n", 1e-9L},
                                         {"u", 1e-6L},
                                         {"m", 1e-3L},
                                         {"k", 1e3L},
                                         {"M", 1e6L},
                                         {"G", 1e9L},
                                         {"T", 1e12L},
                                         {"P", 1e15L},
                                         {"E", 1e18L},
                                         {"Ki", 1024.0L},
                                         {"Mi", 1048576.0L},
                                         {"Gi", 1073741824.0L},
                                         {"Ti", 1099511627776.0L},
                                         {"Pi", 1125899906842624.0L},
                                         {"Ei", 1152921504606846976.0L}};
    for (const Entry& entry : kEntries) {
        if (entry.suffix == suffix) {
            return entry.factor;
        }
    }
    if (suffix.size() >= 2 && (suffix[0] == 'e' || suffix[0] == 'E')) {
        int exponent = 0;
        std::string_view rest = suffix.substr(1);
        if (rest.starts_with('+')) {
            rest.remove_prefix(1);
        }
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), exponent);
        if (error == std::errc() && end == rest.data() + rest.size() && std::abs(exponent) < 40) {
            return std::pow(10.0L, static_cast<long double>(exponent));
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<Quantity> Quantity::parse(std::string_view text) {
    std::size_t at = 0;
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) {
        ++at;
    }
    long double number = 0;
    long double scale = 1;
    bool any = false;
    bool fraction = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '.' && !fraction) {
            fraction = true;
        } else if (c >= '0' && c <= '9') {
            number = number * 10 + static_cast<long double>(c - '0');
            if (fraction) {
                scale *= 10;
            }
            any = true;
        } else {
            break;
        }
    }
    const auto factor = multiplier(text.substr(at));
    if (!any || !factor) {
        return std::nullopt;
    }
    // A tiny tolerance keeps decimal fractions such as 0.1 from being rounded up a whole thousandth.
    long double milli = std::ceil(number / scale * *factor * 1000.0L - 1e-7L);
    if (negative) {
        milli = -milli;
    }
    Quantity quantity;
    quantity.text_ = std::string(text);
    constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
    if (milli >= static_cast<long double>(kMax)) {
        quantity.milli_ = kMax;
    } else if (milli <= -static_cast<long double>(kMax)) {
        quantity.milli_ = -kMax;
    } else {
        quantity.milli_ = static_cast<std::int64_t>(milli);
    }
    return quantity;
}

std::int64_t Quantity::value() const {
    const std::int64_t whole = milli_ / 1000;
    return milli_ % 1000 > 0 ? whole + 1 : whole;
}

}  // namespace quarterdeck
