#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/kube/object.h"
#include "ui/tables/filter_numbers.h"

namespace quarterdeck::ui {

/// What a filter looks at in one row. The views must outlive the call only.
struct FilterSubject {
    const kube::Object& object;
    /// What plain words are looked for in, lower-cased.
    std::string_view searchText;
    /// Status word of the row, lower-cased ("crashloopbackoff").
    std::string_view status;
    std::string_view context;
    bool production = false;
    /// Where it runs; empty where it runs nowhere.
    std::string_view node{};
    /// Null where the rows have no numbers.
    NumberOf number = nullptr;
    /// Time as the row's server tells it.
    Instant now{};
};

/// The filter line as a value. Terms stand side by side and all must hold:
///   orders "two words"      words, in any visible text, upper and lower case alike
///   app=orders app!=orders  value of a label;  label:app  a label that is there
///   ns:shop,web  ctx:prod  status:crash   part of the namespace, context or status; commas separate alternatives
///   node:worker-1           part of the node's name
///   is:unhealthy is:healthy is:progressing is:finished is:terminating is:production
///   restarts>3 age<1h ready<100% cpu-request>=500m   comparisons, see NumberField
///   !term                   the opposite of any of these
/// Quotes keep spaces and signs together: status:"not ready", "!literal". Pure; any thread.
class FilterExpression {
public:
    FilterExpression() = default;
    /// `numbers`: what rows can be compared by.
    [[nodiscard]] static Result<FilterExpression> parse(std::string_view text,
                                                        std::span<const NumberField> numbers = allNumberFields());

    struct Forgiving;
    /// The terms that make sense, and what is wrong with the first that does not: for a line that is being typed.
    [[nodiscard]] static Forgiving parseForgiving(std::string_view text,
                                                  std::span<const NumberField> numbers = allNumberFields());

    [[nodiscard]] bool matches(const FilterSubject& subject) const;
    [[nodiscard]] bool empty() const { return terms_.empty(); }
    /// Whether matches() reads searchText at all (it costs memory to make).
    [[nodiscard]] bool needsSearchText() const;
    /// Whether matches() reads status.
    [[nodiscard]] bool needsStatus() const;
    /// Whether matches() changes with time alone.
    [[nodiscard]] bool needsTime() const;

private:
    enum class Kind { Text, LabelEquals, LabelDiffers, LabelExists, Namespace, Context, Status, Node, State, Number };
    enum class State { Unhealthy, Healthy, Progressing, Finished, Terminating, Production };
    struct Term {
        Kind kind = Kind::Text;
        bool inverse = false;
        State state = State::Unhealthy;
        std::string key;
        /// Alternatives, lower-cased except label values.
        std::vector<std::string> values;
        Comparison comparison{};
    };
    [[nodiscard]] static Result<Term> parseTerm(std::string_view raw, std::span<const NumberField> numbers);
    [[nodiscard]] static bool holds(const Term& term, const FilterSubject& subject);
    std::vector<Term> terms_;
};

/// Where a term stands in the text, in bytes.
struct TermSpan {
    std::size_t start = 0;
    std::size_t length = 0;
    /// Plain words, and an open quote that reaches to the end.
    bool plain = true;
    std::optional<Error> error;
};

struct FilterExpression::Forgiving {
    FilterExpression expression;
    std::optional<Error> error;
    std::vector<TermSpan> spans;
};

/// Worth a look: critical, warning, or of unknown health.
[[nodiscard]] bool isUnhealthy(kube::Health health);

/// Lower case for searching: ASCII by table, other scripts by Unicode.
[[nodiscard]] std::string foldCase(std::string_view text);
/// Appends foldCase(text) without a copy in the ASCII case.
void appendFolded(std::string& to, std::string_view text);

inline constexpr ErrorCode kFilterUnclosedQuote{
    "filter.unclosed-quote",
    QT_TRANSLATE_NOOP("Error", "The quote at “{term}” is not closed. Add a second \" at its end.")};
inline constexpr ErrorCode kFilterNothingToInvert{
    "filter.nothing-to-invert",
    QT_TRANSLATE_NOOP("Error", "Nothing follows the “!”. Write for example !orders or !app=orders.")};
inline constexpr ErrorCode kFilterMissingLabel{
    "filter.missing-label",
    QT_TRANSLATE_NOOP("Error",
                      "“{term}” names no label. Write label=value, or put it in quotes to look for the text.")};
inline constexpr ErrorCode kFilterMissingValue{
    "filter.missing-value", QT_TRANSLATE_NOOP("Error", "Nothing follows “{term}”. Write for example {example}.")};
inline constexpr ErrorCode kFilterUnknownState{
    "filter.unknown-state", QT_TRANSLATE_NOOP("Error", "“{term}” is not known. There are: {known}.")};

}  // namespace quarterdeck::ui
