#include "ui/palette/fuzzy.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace quarterdeck::ui {

namespace {

bool isWordByte(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || byte >= 0x80;
}

bool beginsWord(std::string_view text, std::size_t at) {
    return at == 0 || (isWordByte(text[at]) && !isWordByte(text[at - 1]));
}

std::size_t placeOf(std::string_view text, std::string_view word, std::size_t from) {
    const void* found = memmem(text.data() + from, text.size() - from, word.data(), word.size());
    return found == nullptr ? std::string_view::npos
                            : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

std::uint8_t fineOf(std::size_t wordLength, std::size_t room) {
    return static_cast<std::uint8_t>(std::min<std::size_t>(255, wordLength * 255 / std::max<std::size_t>(1, room)));
}

using Places = std::vector<std::size_t>;

WordFit fitAsItStands(std::string_view word, std::string_view text, Places* places) {
    std::size_t best = placeOf(text, word, 0);
    if (best == std::string_view::npos) {
        return {};
    }
    Fit fit = Fit::Inside;
    for (std::size_t at = best; at != std::string_view::npos; at = placeOf(text, word, at + 1)) {
        if (beginsWord(text, at)) {
            best = at;
            fit = at > 0 ? Fit::WordStart : word.size() == text.size() ? Fit::Whole : Fit::Prefix;
            break;
        }
    }
    if (places != nullptr) {
        for (std::size_t i = 0; i < word.size(); ++i) {
            places->push_back(best + i);
        }
    }
    return {fit, fineOf(word.size(), text.size())};
}

/// Each letter follows the one before or begins a later word; no looking back.
WordFit fitInitials(std::string_view word, std::string_view text, Places* places) {
    std::size_t next = 0;
    for (std::size_t at = 0; at < text.size() && next < word.size(); ++at) {
        const bool follows = next > 0 && at > 0 && places->back() + 1 == at;
        if (text[at] == word[next] && (follows || beginsWord(text, at))) {
            places->push_back(at);
            ++next;
        }
    }
    return next == word.size() ? WordFit{Fit::Initials, fineOf(word.size(), text.size())} : WordFit{};
}

/// The earliest place where all letters have come, and from there back as tight as it goes.
WordFit fitScattered(std::string_view word, std::string_view text, Places* places) {
    std::size_t next = 0;
    std::size_t end = 0;
    for (; end < text.size() && next < word.size(); ++end) {
        next += text[end] == word[next] ? 1U : 0U;
    }
    if (next < word.size()) {
        return {};
    }
    std::size_t at = end;
    while (next > 0) {
        --at;
        if (text[at] == word[next - 1]) {
            --next;
            if (places != nullptr) {
                places->push_back(at);
            }
        }
    }
    if (places != nullptr) {
        std::reverse(places->begin(), places->end());
    }
    return {Fit::Scattered, fineOf(word.size(), end - at)};
}

WordFit fit(std::string_view word, std::string_view text, Places* places) {
    if (word.empty() || word.size() > text.size()) {
        return {};
    }
    if (const WordFit stands = fitAsItStands(word, text, places); stands.fit != Fit::None) {
        return stands;
    }
    const WordFit scattered = fitScattered(word, text, nullptr);
    if (scattered.fit == Fit::None) {
        return {};  // the letters are not even there
    }
    thread_local Places scratch;
    scratch.clear();
    if (const WordFit initials = fitInitials(word, text, &scratch); initials.fit != Fit::None) {
        if (places != nullptr) {
            *places = scratch;
        }
        return initials;
    }
    return places == nullptr ? scattered : fitScattered(word, text, places);
}

}  // namespace

WordFit fitOf(std::string_view word, std::string_view text) {
    return fit(word, text, nullptr);
}

std::vector<std::size_t> matchedBytes(std::string_view word, std::string_view text) {
    Places places;
    fit(word, text, &places);
    return places;
}

std::uint64_t letterMask(std::string_view text) {
    static constexpr std::array<std::uint8_t, 256> kBit = [] {
        std::array<std::uint8_t, 256> bits{};
        bits.fill(36);
        for (std::size_t i = 0; i < 26; ++i) {
            bits['a' + i] = static_cast<std::uint8_t>(i);
        }
        for (std::size_t i = 0; i < 10; ++i) {
            bits['0' + i] = static_cast<std::uint8_t>(26 + i);
        }
        bits['-'] = 37;
        bits['.'] = 38;
        return bits;
    }();
    std::uint64_t mask = 0;
    for (const char c : text) {
        mask |= std::uint64_t{1} << kBit[static_cast<unsigned char>(c)];
    }
    return mask;
}

}  // namespace quarterdeck::ui
