#include "ui/tables/filter_expression.h"

#include <algorithm>
#include <array>

#include <QString>

namespace quarterdeck::ui {

namespace {

struct Word {
    std::string text;
    /// Position up to which signs (!, :, =) are read as grammar; a leading quote makes it 0.
    std::size_t grammarEnd = 0;
    /// Position of the first quoted character, npos where none is quoted.
    std::size_t quotedFrom = std::string::npos;
};

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

bool containsFolded(std::string_view text, std::string_view foldedPart) {
    if (foldedPart.empty()) {
        return true;
    }
    const auto found = std::search(text.begin(), text.end(), foldedPart.begin(), foldedPart.end(),
                                   [](char a, char b) { return lower(a) == b; });
    return found != text.end();
}

std::vector<std::string> alternatives(std::string_view text) {
    std::vector<std::string> values;
    while (true) {
        const std::size_t comma = text.find(',');
        if (const std::string_view one = text.substr(0, comma); !one.empty()) {
            values.push_back(foldCase(one));
        }
        if (comma == std::string_view::npos) {
            return values;
        }
        text = text.substr(comma + 1);
    }
}

/// Marks quoted stretches while splitting: quotes are kept out of the text, positions remembered by the caller.
struct Splitter {
    std::string_view text;
    std::size_t at = 0;
    std::size_t began = 0;  ///< of the last term

    /// Next raw term with its quotes still in it; empty at the end.
    Result<std::string_view> next() {
        while (at < text.size() && isSpace(text[at])) {
            ++at;
        }
        const std::size_t begin = began = at;
        bool quoted = false;
        while (at < text.size() && (quoted || !isSpace(text[at]))) {
            if (text[at] == '"') {
                quoted = !quoted;
            }
            ++at;
        }
        const std::string_view term = text.substr(begin, at - begin);
        if (quoted) {
            return fail(kFilterUnclosedQuote, {{"term", std::string(term)}});
        }
        return term;
    }
};

/// Takes the quotes out and remembers where the first one stood.
Word unquote(std::string_view raw) {
    Word word;
    word.text.reserve(raw.size());
    for (const char c : raw) {
        if (c == '"') {
            if (word.quotedFrom == std::string::npos) {
                word.quotedFrom = word.text.size();
            }
        } else {
            word.text += c;
        }
    }
    word.grammarEnd = std::min(word.text.size(), word.quotedFrom);
    return word;
}

}  // namespace

std::string foldCase(std::string_view text) {
    std::string folded;
    appendFolded(folded, text);
    return folded;
}

void appendFolded(std::string& to, std::string_view text) {
    const std::size_t before = to.size();
    to.reserve(before + text.size());
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 0x80) {
            to.resize(before);
            to += QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).toLower().toStdString();
            return;
        }
        to += lower(c);
    }
}

bool isUnhealthy(kube::Health health) {
    return health == kube::Health::Critical || health == kube::Health::Warning || health == kube::Health::Unknown;
}

Result<FilterExpression> FilterExpression::parse(std::string_view text, std::span<const NumberField> numbers) {
    Forgiving parsed = parseForgiving(text, numbers);
    if (parsed.error) {
        return fail(std::move(*parsed.error));
    }
    return std::move(parsed.expression);
}

FilterExpression::Forgiving FilterExpression::parseForgiving(std::string_view text,
                                                             std::span<const NumberField> numbers) {
    Forgiving parsed;
    Splitter splitter{text};
    while (true) {
        const auto raw = splitter.next();
        TermSpan span;
        if (!raw) {  // an open quote reaches to the end
            span.start = splitter.began;
            span.length = text.size() - splitter.began;
            span.error = raw.error();
        } else if (raw->empty()) {
            return parsed;
        } else {
            span.start = splitter.began;
            span.length = raw->size();
            auto term = parseTerm(*raw, numbers);
            span.plain = term && term->kind == Kind::Text && !term->inverse;
            if (term) {
                parsed.expression.terms_.push_back(std::move(*term));
            } else {
                span.error = term.error();
            }
        }
        if (span.error && !parsed.error) {
            parsed.error = span.error;
        }
        parsed.spans.push_back(std::move(span));
        if (!raw) {
            return parsed;
        }
    }
}

Result<FilterExpression::Term> FilterExpression::parseTerm(std::string_view raw, std::span<const NumberField> numbers) {
    Term term;
    const std::string whole(raw);
    if (raw.starts_with('!') && !raw.starts_with("!=")) {
        term.inverse = true;
        raw.remove_prefix(1);
        if (raw.empty()) {
            return fail(kFilterNothingToInvert);
        }
    }
    const Word word = unquote(raw);
    const std::string_view grammar = std::string_view(word.text).substr(0, word.grammarEnd);

    struct Prefix {
        std::string_view text;
        Kind kind;
        const char* example;
    };
    static constexpr std::array kPrefixes{
        Prefix{"ns:", Kind::Namespace, "ns:monitoring"},   Prefix{"ctx:", Kind::Context, "ctx:prod"},
        Prefix{"status:", Kind::Status, "status:pending"}, Prefix{"is:", Kind::State, "is:unhealthy"},
        Prefix{"label:", Kind::LabelExists, "label:app"},  Prefix{"node:", Kind::Node, "node:worker-1"},
    };
    struct NamedState {
        std::string_view name;
        State state;
    };
    static constexpr std::array kStates{
        NamedState{"unhealthy", State::Unhealthy},     NamedState{"healthy", State::Healthy},
        NamedState{"progressing", State::Progressing}, NamedState{"finished", State::Finished},
        NamedState{"terminating", State::Terminating}, NamedState{"production", State::Production},
    };
    for (const Prefix& prefix : kPrefixes) {
        if (!foldCase(grammar).starts_with(prefix.text)) {
            continue;
        }
        const std::string value = word.text.substr(prefix.text.size());
        term.kind = prefix.kind;
        if (prefix.kind == Kind::State) {
            const std::string wanted = foldCase(value);
            const auto* found = std::find_if(kStates.begin(), kStates.end(),
                                             [&](const NamedState& state) { return state.name == wanted; });
            if (found == kStates.end()) {
                std::string known;
                for (const NamedState& state : kStates) {
                    known += (known.empty() ? "is:" : ", is:") + std::string(state.name);
                }
                return fail(kFilterUnknownState, {{"term", whole}, {"known", known}});
            }
            term.state = found->state;
            return term;
        }
        if (prefix.kind == Kind::LabelExists) {
            // label:app=orders is the long form of app=orders.
            return value.empty()
                       ? Result<Term>(fail(kFilterMissingValue, {{"term", whole}, {"example", prefix.example}}))
                   : value.find('=') != std::string::npos
                       ? parseTerm((term.inverse ? "!" : "") + std::string(raw.substr(prefix.text.size())), numbers)
                       : Result<Term>(Term{Kind::LabelExists, term.inverse, State::Unhealthy, value, {}, {}});
        }
        term.values = alternatives(value);
        if (term.values.empty()) {
            return fail(kFilterMissingValue, {{"term", whole}, {"example", prefix.example}});
        }
        return term;
    }
    const std::size_t equals = grammar.find('=');
    // restarts>=3 is a comparison, key=a>b a label.
    if (const std::size_t arrow = grammar.find_first_of("<>"); arrow < equals) {
        if (auto comparison = parseComparison(word.text, numbers)) {
            if (!*comparison) {
                return fail(std::move(comparison->error()));
            }
            term.kind = Kind::Number;
            term.comparison = **comparison;
            return term;
        }
    }
    if (equals != std::string_view::npos) {
        const bool differs = equals > 0 && grammar[equals - 1] == '!';
        term.key = word.text.substr(0, differs ? equals - 1 : equals);
        if (term.key.empty()) {
            return fail(kFilterMissingLabel, {{"term", whole}});
        }
        term.kind = differs ? Kind::LabelDiffers : Kind::LabelEquals;
        // "==" as kubectl accepts it.
        const std::size_t valueAt = word.text.compare(equals, 2, "==") == 0 ? equals + 2 : equals + 1;
        term.values.push_back(word.text.substr(valueAt));
        return term;
    }
    term.kind = Kind::Text;
    term.values.push_back(foldCase(word.text));
    return term;
}

bool FilterExpression::holds(const Term& term, const FilterSubject& subject) {
    const auto anyOf = [&](std::string_view text, auto test) {
        return std::any_of(term.values.begin(), term.values.end(),
                           [&](const std::string& value) { return test(text, value); });
    };
    const kube::Health health = subject.object.health;
    switch (term.kind) {
        case Kind::Text:
            return contains(subject.searchText, term.values.front());
        case Kind::LabelEquals:
            return subject.object.label(term.key) == std::string_view(term.values.front());
        case Kind::LabelDiffers:
            return subject.object.label(term.key) != std::string_view(term.values.front());
        case Kind::LabelExists:
            return subject.object.label(term.key).has_value();
        case Kind::Namespace:
            return anyOf(subject.object.meta.nameSpace.view(), containsFolded);
        case Kind::Context:
            return anyOf(subject.context, containsFolded);
        case Kind::Status:
            return anyOf(subject.status, contains);
        case Kind::Node:
            return anyOf(subject.node, containsFolded);
        case Kind::Number: {
            const auto value = subject.number != nullptr
                                   ? subject.number(subject.object, term.comparison.field, subject.now)
                                   : std::nullopt;
            return value && term.comparison.holds(*value);
        }
        case Kind::State:
            switch (term.state) {
                case State::Unhealthy:
                    return isUnhealthy(health);
                case State::Healthy:
                    return !isUnhealthy(health);
                case State::Progressing:
                    return health == kube::Health::Progressing;
                case State::Finished:
                    return health == kube::Health::Finished;
                case State::Terminating:
                    return subject.object.meta.deletion.has_value();
                case State::Production:
                    return subject.production;
            }
    }
    return false;
}

bool FilterExpression::matches(const FilterSubject& subject) const {
    return std::all_of(terms_.begin(), terms_.end(),
                       [&](const Term& term) { return holds(term, subject) != term.inverse; });
}

bool FilterExpression::needsSearchText() const {
    return std::any_of(terms_.begin(), terms_.end(), [](const Term& term) { return term.kind == Kind::Text; });
}

bool FilterExpression::needsStatus() const {
    return std::any_of(terms_.begin(), terms_.end(), [](const Term& term) { return term.kind == Kind::Status; });
}

bool FilterExpression::needsTime() const {
    return std::any_of(terms_.begin(), terms_.end(), [](const Term& term) {
        return term.kind == Kind::Number && term.comparison.field == NumberField::Age;
    });
}

}  // namespace quarterdeck::ui
