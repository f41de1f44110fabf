#include "ui/tables/filter_vocabulary.h"

#include <array>

#include <QCoreApplication>

#include "ui/tables/column.h"
#include "ui/tables/filter_expression.h"

namespace quarterdeck::ui {

namespace {

void addTo(std::set<std::string>& values, std::string_view value, std::size_t most) {
    if (!value.empty() && value.size() <= FilterVocabulary::kMaxLength && values.size() < most) {
        values.emplace(value);
    }
}

std::string words(const char* text) {
    return QCoreApplication::translate("FilterTerm", text).toStdString();
}

/// In quotes where the value would fall apart without them.
std::string quoted(const std::string& value) {
    return value.find_first_of(" \t,\"<>!") == std::string::npos ? value : '"' + value + '"';
}

/// Values that go on with what was typed: those that begin so, then those that contain it.
class Picker {
public:
    Picker(std::vector<TermCompletion>& into, std::size_t most) : into_(into), most_(most) {}

    template <class Values>
    void pick(const Values& values, const std::string& before, std::string_view typed) {
        const std::string wanted = foldCase(typed);
        for (const bool begins : {true, false}) {
            for (const std::string& value : values) {
                const std::size_t at = foldCase(value).find(wanted);
                const bool fits = begins ? at == 0 : at != std::string::npos && at > 0;
                // A quote inside a value cannot be written in a filter.
                if (fits && into_.size() < most_ && value.find('"') == std::string::npos) {
                    into_.push_back({before + quoted(value), {}, false});
                }
            }
        }
    }

private:
    std::vector<TermCompletion>& into_;
    std::size_t most_;
};

constexpr std::array<std::string_view, 6> kStates{"unhealthy", "healthy",     "progressing",
                                                  "finished",  "terminating", "production"};

}  // namespace

void FilterVocabulary::add(const kube::Object& object, const kube::ContextId& context, const TableSpec& spec) {
    addTo(namespaces, object.meta.nameSpace.view(), kMaxValues);
    addTo(contexts, context, kMaxValues);
    if (spec.status != nullptr) {
        const std::string status = spec.status(object);
        for (std::size_t at = 0; at <= status.size();) {
            const std::size_t end = std::min(status.find('\n', at), status.size());
            addTo(statuses, std::string_view(status).substr(at, end - at), kMaxValues);
            at = end + 1;
        }
    }
    if (spec.node != nullptr) {
        addTo(nodes, spec.node(object), kMaxValues);
    }
    for (const auto& [key, value] : object.meta.labels) {
        const std::string name(key.view());
        auto found = labels.find(name);
        if (found == labels.end()) {
            if (labels.size() >= kMaxLabels || name.size() > kMaxLength) {
                continue;
            }
            found = labels.emplace(name, std::set<std::string>()).first;
        }
        addTo(found->second, value.view(), kMaxLabelValues);
    }
}

std::vector<TermCompletion> completeTerm(std::string_view term, const FilterVocabulary& vocabulary,
                                         const TableSpec& spec, std::size_t most) {
    std::vector<TermCompletion> found;
    const std::string inverse = term.starts_with('!') && !term.starts_with("!=") ? "!" : "";
    term.remove_prefix(inverse.size());
    std::string typed(term);
    std::erase(typed, '"');
    Picker picker(found, most);

    struct Key {
        const char* text;
        const char* detail;
        const std::set<std::string>* values;
        bool there;
    };
    static const std::set<std::string> states(kStates.begin(), kStates.end());
    const std::array keys{
        Key{"ns:", QT_TRANSLATE_NOOP("FilterTerm", "part of the namespace"), &vocabulary.namespaces,
            !vocabulary.namespaces.empty()},
        Key{"ctx:", QT_TRANSLATE_NOOP("FilterTerm", "part of the context"), &vocabulary.contexts, true},
        Key{"status:", QT_TRANSLATE_NOOP("FilterTerm", "part of the status"), &vocabulary.statuses,
            spec.status != nullptr},
        Key{"is:", QT_TRANSLATE_NOOP("FilterTerm", "how it fares"), &states, true},
        Key{"node:", QT_TRANSLATE_NOOP("FilterTerm", "part of the node's name"), &vocabulary.nodes,
            spec.node != nullptr},
        Key{"label:", QT_TRANSLATE_NOOP("FilterTerm", "has the label"), nullptr, !vocabulary.labels.empty()},
    };
    const std::string folded = foldCase(typed);
    for (const Key& key : keys) {
        if (!folded.starts_with(key.text) || !key.there) {
            continue;
        }
        const std::string_view after = std::string_view(typed).substr(std::string_view(key.text).size());
        if (key.values == nullptr) {
            std::vector<std::string> names;
            for (const auto& [name, values] : vocabulary.labels) {
                names.push_back(name);
            }
            picker.pick(names, inverse + key.text, after);
            return found;
        }
        // ns:shop,we… goes on with the last alternative.
        const std::size_t comma = after.rfind(',');
        const std::size_t kept = comma == std::string_view::npos ? 0 : comma + 1;
        picker.pick(*key.values, inverse + key.text + std::string(after.substr(0, kept)), after.substr(kept));
        return found;
    }
    if (const std::size_t equals = typed.find('='); equals != std::string::npos && equals > 0) {
        const std::size_t name = typed[equals - 1] == '!' ? equals - 1 : equals;
        const auto label = vocabulary.labels.find(typed.substr(0, name));
        if (label != vocabulary.labels.end()) {
            picker.pick(label->second, inverse + typed.substr(0, equals + 1), typed.substr(equals + 1));
        }
        return found;
    }
    if (typed.find_first_of("<>") != std::string::npos) {
        return found;
    }
    for (const Key& key : keys) {
        if (key.there && std::string_view(key.text).starts_with(folded) && found.size() < most) {
            found.push_back({inverse + key.text, words(key.detail), true});
        }
    }
    for (const NumberField field : spec.numbers) {
        if (inverse.empty() && nameOf(field).starts_with(folded) && found.size() < most) {
            const std::string_view example = exampleOf(field);
            const std::size_t sign = example.find_first_of("<>");
            found.push_back({std::string(example.substr(0, sign + 1)), std::string(example), true});
        }
    }
    if (!folded.empty()) {
        for (const auto& [name, values] : vocabulary.labels) {
            // One letter stands in nearly every key: it counts at the beginning only.
            const std::size_t at = foldCase(name).find(folded);
            if (at != std::string::npos && (at == 0 || folded.size() > 1) && found.size() < most) {
                found.push_back(
                    {inverse + name + '=', words(QT_TRANSLATE_NOOP("FilterTerm", "value of the label")), true});
            }
        }
    }
    return found;
}

}  // namespace quarterdeck::ui
