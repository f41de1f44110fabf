#include "ui/palette/palette_query.h"

#include <algorithm>

#include "app/kinds/registry.h"
#include "ui/tables/filter_expression.h"

namespace quarterdeck::ui {

namespace {

constexpr std::size_t kMaxTyped = 512;  ///< bytes that are read at all

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::vector<std::string_view> wordsOf(std::string_view text) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < text.size();) {
        while (at < text.size() && isSpace(text[at])) {
            ++at;
        }
        const std::size_t begin = at;
        while (at < text.size() && !isSpace(text[at])) {
            ++at;
        }
        if (at > begin) {
            words.push_back(text.substr(begin, at - begin));
        }
    }
    return words;
}

/// A word of the filter text that looks for text (and not for a label, a state or an opposite).
bool isPlainFilterWord(std::string_view word) {
    return word.find_first_of("=:!\"") == std::string_view::npos;
}

}  // namespace

bool PaletteQuery::empty() const {
    return !actionsOnly && words.empty() && !namesPlace();
}

bool PaletteQuery::namesPlace() const {
    return !kindWord.empty() || !filter.empty() || !contextParts.empty();
}

PaletteQuery parsePaletteQuery(std::string_view text, const std::function<bool(std::string_view)>& isNamespace) {
    PaletteQuery query;
    query.text = std::string(text);
    text = text.substr(0, kMaxTyped);
    std::vector<std::string_view> words = wordsOf(text);
    if (!words.empty() && words.front().front() == '>') {
        query.actionsOnly = true;
        words.front().remove_prefix(1);
        for (const std::string_view word : words) {
            if (!word.empty() && query.words.size() < PaletteQuery::kMaxWords) {
                query.words.push_back(foldCase(word));
            }
        }
        return query;
    }
    const auto look = [&](std::string_view word) {
        if (query.words.size() < PaletteQuery::kMaxWords) {
            query.words.push_back(foldCase(word));
        }
    };
    enum class After { Anything, Kind, Filter };
    After after = After::Anything;
    for (std::string_view word : words) {
        const char sign = word.front();
        if (sign == ':' || sign == '@' || (sign == '/' && after != After::Filter)) {
            word.remove_prefix(1);
            if (sign == ':') {
                query.kindWord = std::string(word);
                query.kind = kinds::findKind(word);
                after = After::Kind;
            } else if (sign == '@') {
                if (!word.empty()) {
                    query.contextParts.push_back(foldCase(word));
                }
                after = After::Anything;
            } else {
                after = After::Filter;
            }
            if (sign != '/' || word.empty()) {
                continue;
            }
        }
        if (after == After::Filter) {
            query.filter += query.filter.empty() ? "" : " ";
            query.filter += word;
            if (isPlainFilterWord(word)) {
                look(word);
            }
        } else if (after == After::Kind && isNamespace(word)) {
            query.namespaces.emplace_back(word);
        } else {
            after = After::Anything;
            look(word);
        }
    }
    return query;
}

bool wantsContext(const PaletteQuery& query, std::string_view context) {
    const std::string folded = foldCase(context);
    return query.contextParts.empty() ||
           std::any_of(query.contextParts.begin(), query.contextParts.end(),
                       [&](const std::string& part) { return folded.find(part) != std::string::npos; });
}

}  // namespace quarterdeck::ui
