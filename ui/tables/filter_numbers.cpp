#include "ui/tables/filter_numbers.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "app/base/quantity.h"
#include "ui/tables/filter_expression.h"

namespace quarterdeck::ui {

namespace {

struct Named {
    NumberField field;
    std::string_view name;
    std::string_view example;
};
constexpr std::array kNamed{
    Named{NumberField::Restarts, "restarts", "restarts>3"},
    Named{NumberField::Age, "age", "age<1h"},
    Named{NumberField::Ready, "ready", "ready<1 or ready<100%"},
    Named{NumberField::Count, "count", "count>10"},
    Named{NumberField::Cpu, "cpu", "cpu>=4"},
    Named{NumberField::Memory, "memory", "memory>8Gi"},
    Named{NumberField::CpuRequest, "cpu-request", "cpu-request>500m"},
    Named{NumberField::CpuLimit, "cpu-limit", "cpu-limit>=2"},
    Named{NumberField::MemoryRequest, "memory-request", "memory-request>1Gi"},
    Named{NumberField::MemoryLimit, "memory-limit", "memory-limit<512Mi"},
};

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// A plain number without a sign, all of the text.
std::optional<double> parseNumber(std::string_view text) {
    double value = 0;
    if (text.empty() || !(isDigit(text.front()) || text.front() == '.')) {
        return std::nullopt;
    }
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    return fault == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::optional<double> parseQuantity(std::string_view text) {
    if (text.empty() || !isDigit(text.front())) {
        return std::nullopt;
    }
    const auto quantity = Quantity::parse(text);
    return quantity ? std::optional(static_cast<double>(quantity->milli()) / 1000.0) : std::nullopt;
}

std::optional<double> parseValue(NumberField& field, std::string_view text) {
    switch (field) {
        case NumberField::Age:
            return parseDuration(text);
        case NumberField::Ready:
            if (text.ends_with('%')) {
                field = NumberField::ReadyShare;
                const auto percent = parseNumber(text.substr(0, text.size() - 1));
                return percent ? std::optional(*percent / 100.0) : std::nullopt;
            }
            return parseNumber(text);
        case NumberField::Restarts:
        case NumberField::ReadyShare:
        case NumberField::Count:
            return parseNumber(text);
        default:
            return parseQuantity(text);
    }
}

}  // namespace

std::span<const NumberField> allNumberFields() {
    static constexpr auto kFields = [] {
        std::array<NumberField, kNamed.size()> fields{};
        for (std::size_t i = 0; i < kNamed.size(); ++i) {
            fields[i] = kNamed[i].field;
        }
        return fields;
    }();
    return kFields;
}

std::string_view nameOf(NumberField field) {
    const auto found = std::find_if(kNamed.begin(), kNamed.end(), [&](const Named& one) { return one.field == field; });
    return found == kNamed.end() ? "ready" : found->name;
}

std::string_view exampleOf(NumberField field) {
    const auto found = std::find_if(kNamed.begin(), kNamed.end(), [&](const Named& one) { return one.field == field; });
    return found == kNamed.end() ? "ready<100%" : found->example;
}

bool Comparison::holds(double of) const {
    switch (sign) {
        case Sign::Less:
            return of < value;
        case Sign::AtMost:
            return of <= value;
        case Sign::More:
            return of > value;
        case Sign::AtLeast:
            return of >= value;
    }
    return false;
}

std::optional<Result<Comparison>> parseComparison(std::string_view term, std::span<const NumberField> known) {
    const std::size_t at = term.find_first_of("<>");
    if (at == std::string_view::npos || at == 0) {
        return std::nullopt;
    }
    const std::string name = foldCase(term.substr(0, at));
    const bool orEqual = term.substr(at + 1).starts_with('=');
    const std::string_view value = term.substr(at + (orEqual ? 2 : 1));
    const auto found = std::find_if(kNamed.begin(), kNamed.end(), [&](const Named& one) { return one.name == name; });
    if (found == kNamed.end() || std::find(known.begin(), known.end(), found->field) == known.end()) {
        const bool isName =
            std::all_of(name.begin(), name.end(), [](char c) { return c == '-' || (c >= 'a' && c <= 'z'); });
        if (!isName || name.ends_with('-') || value.empty() || !isDigit(value.front())) {
            return std::nullopt;  // a word with an arrow in it
        }
        std::string list;
        for (const NumberField field : known) {
            list += (list.empty() ? "" : ", ") + std::string(nameOf(field));
        }
        return fail(kFilterUnknownNumber, {{"name", name}, {"term", std::string(term)}, {"known", list}});
    }
    Comparison comparison;
    comparison.field = found->field;
    comparison.sign = term[at] == '<' ? (orEqual ? Comparison::Sign::AtMost : Comparison::Sign::Less)
                                      : (orEqual ? Comparison::Sign::AtLeast : Comparison::Sign::More);
    const auto number = parseValue(comparison.field, value);
    if (!number) {
        return fail(kFilterBadNumber, {{"value", std::string(value)},
                                       {"term", std::string(term)},
                                       {"name", name},
                                       {"example", std::string(found->example)}});
    }
    comparison.value = *number;
    return comparison;
}

std::optional<double> parseDuration(std::string_view text) {
    double seconds = 0;
    bool any = false;
    while (!text.empty()) {
        const std::size_t digits = text.find_first_not_of("0123456789.");
        if (digits == 0 || digits == std::string_view::npos) {
            return std::nullopt;
        }
        const auto number = parseNumber(text.substr(0, digits));
        if (!number) {
            return std::nullopt;
        }
        switch (text[digits]) {
            case 's':
                seconds += *number;
                break;
            case 'm':
                seconds += *number * 60;
                break;
            case 'h':
                seconds += *number * 3600;
                break;
            case 'd':
                seconds += *number * 86'400;
                break;
            case 'w':
                seconds += *number * 604'800;
                break;
            default:
                return std::nullopt;
        }
        any = true;
        text.remove_prefix(digits + 1);
    }
    return any ? std::optional(seconds) : std::nullopt;
}

}  // namespace quarterdeck::ui
