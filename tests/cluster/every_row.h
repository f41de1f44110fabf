#pragma once

#include <algorithm>
#include <cctype>
#include <map>
#include <regex>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/base/time_text.h"
#include "app/kinds/compact_time.h"
#include "app/kube/table.h"
#include "tests/cluster/kubectl_rows.h"

namespace quarterdeck::testbed {

/// A cell with its lengths of time ("3 (5m12s ago)") apart: they grow while one compares.
struct TimedCell {
    std::string words;  ///< with '#' for each of them
    std::vector<std::int64_t> seconds;

    explicit TimedCell(const std::string& cell) {
        static const std::regex kLength("\\b([0-9]+[ydhms])+\\b");
        auto rest = cell.cbegin();
        for (std::sregex_iterator one(cell.begin(), cell.end(), kLength), end; one != end; ++one) {
            words.append(rest, (*one)[0].first).append(1, '#');
            rest = (*one)[0].second;
            seconds.push_back(secondsOf(one->str()));
        }
        words.append(rest, cell.cend());
    }

    /// Whether the one can have become the other by time alone.
    [[nodiscard]] bool growsTo(const TimedCell& later) const {
        return words == later.words && std::equal(seconds.begin(), seconds.end(), later.seconds.begin(),
                                                  later.seconds.end(), std::less_equal<>());
    }

private:
    static std::int64_t secondsOf(const std::string& text) {
        static const std::map<char, std::int64_t> kUnits{
            {'s', 1}, {'m', 60}, {'h', 3'600}, {'d', 86'400}, {'y', 365 * 86'400}};
        std::int64_t sum = 0;
        std::int64_t number = 0;
        for (const char c : text) {
            if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
                number = number * 10 + (c - '0');
            } else {
                sum += number * kUnits.at(c);
                number = 0;
            }
        }
        return sum;
    }
};

inline std::string upperCase(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

/// The cells of a row of the server's table as kubectl writes them. Cells without a column are left out.
inline Row tableRow(const kube::TableRow& row) {
    Row cells;
    if (!row.meta.nameSpace.empty()) {
        cells["NAMESPACE"] = row.meta.nameSpace.str();
    }
    for (std::size_t i = 0; i < row.columns->size(); ++i) {
        cells[upperCase((*row.columns)[i].name)] =
            i < row.cells.size() ? oneLine(kube::cellText(row.cells[i])) : std::string();
    }
    return cells;
}

/// Whether an object stood still between two lists, time apart.
inline bool stoodStill(const kube::TableRow& before, const kube::TableRow& after) {
    const Row first = tableRow(before);
    const Row second = tableRow(after);
    return before.meta.uid == after.meta.uid && before.meta.resourceVersion == after.meta.resourceVersion &&
           std::equal(first.begin(), first.end(), second.begin(), second.end(), [](const auto& one, const auto& other) {
               return one.first == other.first && TimedCell(one.second).growsTo(TimedCell(other.second));
           });
}

/// What differs between kubectl's row and ours of a moment before and one after it; empty where nothing does. An age is
/// what we make of the time of creation, anything else what the server said.
inline std::string rowDifference(const kube::TableRow& before, const kube::TableRow& after, const Row& theirs,
                                 Instant from, Instant to) {
    std::string result;
    const Row first = tableRow(before);
    const Row last = tableRow(after);
    for (const auto& [title, cell] : first) {
        const auto found = theirs.find(title);
        if (found == theirs.end()) {
            result += fmt::format("kubectl has no column {}; ", title);
            continue;
        }
        const TimedCell their(found->second);
        bool same = TimedCell(cell).growsTo(their) && their.growsTo(TimedCell(last.at(title)));
        if (title == "AGE" && before.meta.creation) {
            same = false;
            for (Instant now = from; !same && now <= to + std::chrono::seconds(1);
                 now += std::chrono::milliseconds(250)) {
                same = kinds::ageText(before.meta.creation, now) == found->second;
            }
        }
        if (!same) {
            result += fmt::format("{}: kubectl \"{}\", ours \"{}\"; ", title, found->second, cell);
        }
    }
    for (const auto& [title, cell] : theirs) {
        if (!first.contains(title)) {
            result += fmt::format("we have no column {} (kubectl: \"{}\"); ", title, cell);
        }
    }
    return result;
}

}  // namespace quarterdeck::testbed
