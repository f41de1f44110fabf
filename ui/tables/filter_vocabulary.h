#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/kube/object.h"

namespace quarterdeck::ui {

struct TableSpec;

/// What the rows of a table hold that a filter could name. Bounded, so that hostile objects do not make it large.
struct FilterVocabulary {
    static constexpr std::size_t kMaxValues = 500;
    static constexpr std::size_t kMaxLabels = 300;
    static constexpr std::size_t kMaxLabelValues = 100;
    /// Longer texts are left out.
    static constexpr std::size_t kMaxLength = 253;

    std::set<std::string> namespaces;
    std::set<std::string> contexts;
    /// As shown: "Crash loop", "CrashLoopBackOff".
    std::set<std::string> statuses;
    std::set<std::string> nodes;
    std::map<std::string, std::set<std::string>> labels;

    void add(const kube::Object& object, const kube::ContextId& context, const TableSpec& spec);
};

/// One way to go on with a term.
struct TermCompletion {
    std::string text;     ///< stands in the place of the whole term
    std::string detail;   ///< what it does, in the person's language; empty for values
    bool goesOn = false;  ///< a value follows

    friend bool operator==(const TermCompletion&, const TermCompletion&) = default;
};

/// Ways to go on with a term that is being typed: keys and comparisons first, then values. Values that begin as typed
/// come before those that only contain it. At most `most`. Pure.
[[nodiscard]] std::vector<TermCompletion> completeTerm(std::string_view term, const FilterVocabulary& vocabulary,
                                                       const TableSpec& spec, std::size_t most = 30);

}  // namespace quarterdeck::ui
