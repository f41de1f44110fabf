#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/kube/object.h"

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
};

/// The filter line as a value. Terms stand side by side and all must hold:
///   orders "two words"      words, in any visible text, upper and lower case alike
///   app=orders app!=orders  value of a label;  label:app  a label that is there
///   ns:shop,web  ctx:prod  status:crash   part of the namespace, context or status; commas separate alternatives
///   is:unhealthy is:healthy is:progressing is:finished is:terminating is:production
///   !term                   the opposite of any of these
/// Quotes keep spaces and signs together: status:"not ready", "!literal". Pure; any thread.
class FilterExpression {
public:
    FilterExpression() = default;
    [[nodiscard]] static Result<FilterExpression> parse(std::string_view text);

    struct Forgiving;
    /// The terms that make sense, and what is wrong with the first that does not: for a line that is being typed.
    [[nodiscard]] static Forgiving parseForgiving(std::string_view text);

    [[nodiscard]] bool matches(const FilterSubject& subject) const;
    [[nodiscard]] bool empty() const { return terms_.empty(); }
    /// Whether matches() reads searchText at all (it costs memory to make).
    [[nodiscard]] bool needsSearchText() const;
    /// Whether matches() reads status.
    [[nodiscard]] bool needsStatus() const;

private:
    enum class Kind { Text, LabelEquals, LabelDiffers, LabelExists, Namespace, Context, Status, State };
    enum class State { Unhealthy, Healthy, Progressing, Finished, Terminating, Production };
    struct Term {
        Kind kind = Kind::Text;
        bool inverse = false;
        State state = State::Unhealthy;
        std::string key;
        /// Alternatives, lower-cased except label values.
        std::vector<std::string> values;
    };
    [[nodiscard]] static Result<Term> parseTerm(std::string_view raw);
    [[nodiscard]] static bool holds(const Term& term, const FilterSubject& subject);
    std::vector<Term> terms_;
};

struct FilterExpression::Forgiving {
    FilterExpression expression;
    std::optional<Error> error;
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
