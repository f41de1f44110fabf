#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>

#include "app/kinds/table_kind.h"

namespace quarterdeck::kinds {

using kube::Health;

namespace {

std::string lower(std::string_view text) {
    std::string folded(text);
    std::transform(folded.begin(), folded.end(), folded.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return folded;
}

template <std::size_t N>
bool among(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 4> kTruths{"ready", "available", "healthy", "established"};
constexpr std::array<std::string_view, 3> kWords{"status", "phase", "state"};

constexpr std::array<std::string_view, 6> kFinished{"complete", "completed", "succeeded",
                                                    "expired",  "finished",  "released"};
constexpr std::array<std::string_view, 9> kMoving{"pending",      "terminating", "creating",
                                                  "provisioning", "progressing", "updating",
                                                  "suspended",    "reconciling", "deleting"};
constexpr std::array<std::string_view, 5> kDoubtful{"notready", "degraded", "warning", "outofsync", "suspect"};
constexpr std::array<std::string_view, 6> kBad{"failed", "lost", "error", "unhealthy", "invalid", "denied"};

/// "3/5": whether the first is as large as the second.
std::optional<bool> isWhole(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) {
        return std::nullopt;
    }
    long have = 0;
    long want = 0;
    const auto read = [](std::string_view part, long& number) {
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
        return error == std::errc() && end == part.data() + part.size();
    };
    if (!read(text.substr(0, slash), have) || !read(text.substr(slash + 1), want)) {
        return std::nullopt;
    }
    return have >= want;
}

std::optional<Health> healthOfTruth(std::string_view text) {
    if (text.starts_with("true")) {
        return Health::Good;
    }
    if (text.starts_with("false")) {  // "False (MissingEndpoints)"
        return Health::Warning;
    }
    if (text == "unknown") {
        return Health::Unknown;
    }
    const auto whole = isWhole(text);
    return whole ? std::optional(*whole ? Health::Good : Health::Warning) : std::nullopt;
}

std::optional<Health> healthOfWord(std::string_view text) {
    return among(kFinished, text)   ? std::optional(Health::Finished)
           : among(kMoving, text)   ? std::optional(Health::Progressing)
           : among(kDoubtful, text) ? std::optional(Health::Warning)
           : among(kBad, text)      ? std::optional(Health::Critical)
           : text == "unknown"      ? std::optional(Health::Unknown)
                                    : std::nullopt;
}

}  // namespace

bool tellsHealth(const kube::TableColumns& columns) {
    return std::any_of(columns.begin(), columns.end(), [](const kube::TableColumn& column) {
        const std::string name = lower(column.name);
        const bool counts = column.type == "integer" || column.type == "number";
        return !counts && (among(kTruths, name) || among(kWords, name));
    });
}

Health healthOf(const kube::TableRow& row) {
    Health worst = row.meta.deletion ? Health::Progressing : Health::Good;
    bool finished = false;
    for (std::size_t i = 0; i < row.columns->size() && i < row.cells.size(); ++i) {
        const std::string name = lower((*row.columns)[i].name);
        if (std::holds_alternative<std::int64_t>(row.cells[i]) || std::holds_alternative<double>(row.cells[i])) {
            continue;
        }
        const std::string text = lower(kube::cellText(row.cells[i]));
        const auto said = among(kTruths, name)  ? healthOfTruth(text)
                          : among(kWords, name) ? healthOfWord(text)
                                                : std::nullopt;
        finished = finished || said == Health::Finished;
        worst = std::max(worst, said.value_or(Health::Finished));
    }
    return finished && worst == Health::Good ? Health::Finished : worst;
}

}  // namespace quarterdeck::kinds
