#include "ui/palette/palette_index.h"

#include <algorithm>
#include <cstring>

#include "app/kinds/deployment.h"
#include "app/kinds/name_space.h"
#include "app/kinds/node.h"
#include "app/kinds/pod.h"
#include "ui/palette/fuzzy.h"
#include "ui/tables/filter_expression.h"

namespace quarterdeck::ui {

namespace {

constexpr std::size_t kAskEvery = 2'048;  ///< entries between two looks at `superseded`
constexpr std::size_t kMaxLabelBytes = 2'048;
constexpr std::size_t kMaxName = 1'024;

/// What a word is worth where it is not in the name but in another text of the object.
constexpr int kElsewhere = 2;

/// Of one word; whole names stand out, letters scattered over a name come last.
int worthOf(Fit fit) {
    switch (fit) {
        case Fit::None:
            return 0;
        case Fit::Scattered:
            return 1;
        case Fit::Initials:
            return 3;
        case Fit::Inside:
            return 4;
        case Fit::WordStart:
            return 5;
        case Fit::Prefix:
            return 6;
        case Fit::Whole:
            return 7;
    }
    return 0;
}

bool contains(std::string_view text, std::string_view part) {
    return memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
}

// A rank is one number; from its upper end: match (6 bits), recency (6), health (3), kind (3), tightness (8).
constexpr int kMatchShift = 20;
constexpr int kRecencyShift = 14;
constexpr int kHealthShift = 11;
constexpr int kKindShift = 8;
constexpr std::size_t kMaxRecent = 63;

}  // namespace

const std::vector<const kube::KindDescriptor*>& paletteKinds() {
    static const std::vector<const kube::KindDescriptor*> kinds{&kinds::podKind(), &kinds::nodeKind(),
                                                                &kinds::deploymentKind(), &kinds::nameSpaceKind()};
    return kinds;
}

int matchOf(const std::vector<std::string>& words, std::string_view title, std::string_view also) {
    int sum = 0;
    for (const std::string& word : words) {
        int worth = worthOf(fitOf(word, title).fit);
        if (worth < kElsewhere && contains(also, word)) {
            worth = kElsewhere;
        }
        if (worth == 0) {
            return 0;
        }
        sum += worth;
    }
    return sum;
}

PaletteChange changeOf(const kube::Batch& batch) {
    PaletteChange change;
    change.snapshot = batch.snapshot;
    change.present.reserve(batch.deltas.size());
    for (const kube::Delta& delta : batch.deltas) {
        delta.object ? change.present.push_back(delta.object) : change.gone.push_back(delta.uid);
    }
    return change;
}

struct PaletteIndex::Word {
    std::string_view text;
    std::uint64_t letters = 0;
};

void PaletteIndex::setContexts(std::vector<kube::ContextId> open) {
    for (std::size_t i = 0; i < contexts_.size(); ++i) {
        if (contexts_[i].empty() || std::find(open.begin(), open.end(), contexts_[i]) != open.end()) {
            continue;
        }
        for (std::size_t kind = 0; kind < paletteKinds().size(); ++kind) {
            const auto source = sources_.find({static_cast<std::uint16_t>(i), static_cast<std::uint8_t>(kind)});
            if (source != sources_.end()) {
                while (!source->second.byUid.empty()) {
                    drop(source->second, source->second.byUid.begin());
                }
                sources_.erase(source);
            }
        }
        contexts_[i].clear();
    }
    for (kube::ContextId& id : open) {
        if (std::find(contexts_.begin(), contexts_.end(), id) == contexts_.end()) {
            const auto place = std::find(contexts_.begin(), contexts_.end(), std::string());
            place == contexts_.end() ? contexts_.push_back(std::move(id)) : void(*place = std::move(id));
        }
    }
}

void PaletteIndex::apply(const kube::ContextId& context, const kube::KindDescriptor& kind,
                         const PaletteChange& change) {
    const auto place = std::find(contexts_.begin(), contexts_.end(), context);
    const auto& kinds = paletteKinds();
    const auto kindPlace = std::find(kinds.begin(), kinds.end(), &kind);
    if (place == contexts_.end() || kindPlace == kinds.end()) {
        return;
    }
    const auto contextNumber = static_cast<std::uint16_t>(place - contexts_.begin());
    const auto kindNumber = static_cast<std::uint8_t>(kindPlace - kinds.begin());
    Source& source = sources_[{contextNumber, kindNumber}];
    if (change.snapshot) {
        while (!source.byUid.empty()) {
            drop(source, source.byUid.begin());
        }
    }
    const auto dropOld = [&](const kube::Uid& uid) {
        if (const auto old = source.byUid.find(uid); old != source.byUid.end()) {
            drop(source, old);
        }
    };
    std::for_each(change.gone.begin(), change.gone.end(), dropOld);
    for (const kube::ObjectPtr& object : change.present) {
        dropOld(object->meta.uid);
        put(contextNumber, kindNumber, source, object);
    }
}

void PaletteIndex::put(std::uint16_t context, std::uint8_t kind, Source& source, const kube::ObjectPtr& object) {
    std::uint32_t slot = 0;
    if (free_.empty()) {
        slot = static_cast<std::uint32_t>(entries_.size());
        entries_.emplace_back();
    } else {
        slot = free_.back();
        free_.pop_back();
    }
    Entry& entry = entries_[slot];
    const kube::ObjectMeta& meta = object->meta;
    entry.object = object;
    entry.context = context;
    entry.kind = kind;
    appendFolded(entry.text, std::string_view(meta.name).substr(0, kMaxName));
    entry.nameLength = static_cast<std::uint16_t>(entry.text.size());
    entry.text += '\n';
    appendFolded(entry.text, meta.nameSpace.view().substr(0, kMaxName));
    entry.nameSpaceLength = static_cast<std::uint16_t>(entry.text.size() - entry.nameLength - 1);
    entry.text += '\n';
    appendFolded(entry.text, contexts_[context]);
    entry.text += '\n';
    appendFolded(entry.text, paletteKinds()[kind]->type.kind);
    const std::size_t limit = entry.text.size() + kMaxLabelBytes;
    for (const auto& [key, value] : meta.labels) {
        if (entry.text.size() + key.view().size() + value.view().size() > limit) {
            break;
        }
        entry.text += '\n';
        appendFolded(entry.text, key);
        entry.text += '=';
        appendFolded(entry.text, value);
    }
    entry.text.shrink_to_fit();
    entry.nameLetters = letterMask(std::string_view(entry.text).substr(0, entry.nameLength));
    entry.letters = letterMask(entry.text);
    source.byUid.emplace(entry.object->meta.uid, slot);
    count(entry, 1);
    ++living_;
}

void PaletteIndex::drop(Source& source, std::unordered_map<std::string_view, std::uint32_t>::iterator found) {
    const std::uint32_t slot = found->second;
    source.byUid.erase(found);  // first: its key lies in the object
    count(entries_[slot], -1);
    entries_[slot] = Entry{};
    free_.push_back(slot);
    --living_;
}

void PaletteIndex::count(const Entry& entry, int step) {
    const kube::ObjectMeta& meta = entry.object->meta;
    const std::string_view name =
        paletteKinds()[entry.kind] == &kinds::nameSpaceKind() ? std::string_view(meta.name) : meta.nameSpace.view();
    if (name.empty()) {
        return;
    }
    auto found = namespaces_.find(name);
    if (step > 0) {
        found == namespaces_.end() ? void(namespaces_.emplace(std::string(name), 1)) : void(++found->second);
    } else if (found != namespaces_.end() && --found->second == 0) {
        namespaces_.erase(found);
    }
}

void PaletteIndex::clear() {
    sources_.clear();
    entries_.clear();
    entries_.shrink_to_fit();
    free_.clear();
    contexts_.clear();
    namespaces_.clear();
    living_ = 0;
}

/// Match and tightness in the places of a rank; 0 where a word is missing (without words everything matches by 1).
std::uint32_t PaletteIndex::judge(const Entry& entry, const std::vector<Word>& words) {
    if (words.empty()) {
        return std::uint32_t{1} << kMatchShift;
    }
    const std::string_view name = std::string_view(entry.text).substr(0, entry.nameLength);
    const std::string_view rest = std::string_view(entry.text).substr(entry.nameLength);
    std::uint32_t match = 0;
    std::uint32_t fine = 0;
    for (const Word& word : words) {
        int worth = 0;
        WordFit fit;
        if ((word.letters & ~entry.nameLetters) == 0) {
            fit = fitOf(word.text, name);
            worth = worthOf(fit.fit);
        }
        if (worth < kElsewhere && contains(rest, word.text)) {
            worth = kElsewhere;
            fit.fine = 0;
        }
        if (worth == 0) {
            return 0;
        }
        match += static_cast<std::uint32_t>(worth);
        fine += fit.fine;
    }
    return (match << kMatchShift) | (fine / static_cast<std::uint32_t>(words.size()));
}

std::vector<std::uint32_t> PaletteIndex::slotsOf(const ObjectReference& object) const {
    std::vector<std::uint32_t> found;
    const auto context = std::find(contexts_.begin(), contexts_.end(), object.context);
    if (context == contexts_.end() || object.uid.empty()) {
        return found;
    }
    for (const auto& [key, source] : sources_) {
        if (key.first == context - contexts_.begin()) {
            if (const auto entry = source.byUid.find(object.uid); entry != source.byUid.end()) {
                found.push_back(entry->second);
            }
        }
    }
    return found;
}

PaletteFindings PaletteIndex::search(PaletteQuery query, const std::vector<ObjectReference>& recent, std::size_t limit,
                                     const std::function<bool()>& superseded) const {
    PaletteFindings findings;
    findings.searched = living_;
    std::vector<char> wanted(contexts_.size(), 0);
    for (std::size_t i = 0; i < contexts_.size(); ++i) {
        if (!contexts_[i].empty() && wantsContext(query, contexts_[i])) {
            wanted[i] = 1;
            findings.contexts.push_back(contexts_[i]);
        }
    }
    std::sort(findings.contexts.begin(), findings.contexts.end());
    const bool looksForObjects = !query.actionsOnly && !query.unknownKind() && !query.empty();
    if (!looksForObjects) {
        findings.query = std::move(query);
        return findings;
    }
    std::vector<Word> words;
    std::uint64_t letters = 0;
    for (const std::string& word : query.words) {
        words.push_back({word, letterMask(word)});
        letters |= words.back().letters;
    }
    std::vector<std::string> spaces;
    for (const std::string& name : query.namespaces) {
        spaces.push_back(foldCase(name));
    }
    std::vector<std::uint8_t> bonus(entries_.size(), 0);
    for (std::size_t i = 0; i < std::min(recent.size(), kMaxRecent); ++i) {
        for (const std::uint32_t slot : slotsOf(recent[i])) {
            bonus[slot] = std::max(bonus[slot], static_cast<std::uint8_t>(kMaxRecent - i));
        }
    }
    struct Ranked {
        std::uint32_t rank;
        std::uint32_t slot;
    };
    std::vector<Ranked> matching;
    const auto& kinds = paletteKinds();
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        if (i % kAskEvery == 0 && superseded()) {
            return {};
        }
        const Entry& entry = entries_[i];
        if (entry.object == nullptr || (letters & ~entry.letters) != 0 || wanted[entry.context] == 0 ||
            (query.kind != nullptr && kinds[entry.kind] != query.kind)) {
            continue;
        }
        if (!spaces.empty() && entry.nameSpaceLength > 0) {
            const auto name = std::string_view(entry.text).substr(entry.nameLength + 1U, entry.nameSpaceLength);
            if (std::find(spaces.begin(), spaces.end(), name) == spaces.end()) {
                continue;
            }
        }
        const std::uint32_t judged = judge(entry, words);
        if (judged != 0) {
            const auto health = static_cast<std::uint32_t>(entry.object->health);
            const auto kind = static_cast<std::uint32_t>(kinds.size() - entry.kind);
            matching.push_back(
                {judged | (std::uint32_t{bonus[i]} << kRecencyShift) | (health << kHealthShift) | (kind << kKindShift),
                 static_cast<std::uint32_t>(i)});
        }
    }
    const auto before = [this](const Ranked& left, const Ranked& right) {
        if (left.rank != right.rank) {
            return left.rank > right.rank;
        }
        const int names = entries_[left.slot].text.compare(entries_[right.slot].text);
        return names != 0 ? names < 0 : left.slot < right.slot;
    };
    findings.found = matching.size();
    const auto end = matching.begin() + static_cast<std::ptrdiff_t>(std::min(limit, matching.size()));
    std::partial_sort(matching.begin(), end, matching.end(), before);
    for (auto one = matching.begin(); one != end; ++one) {
        const Entry& entry = entries_[one->slot];
        const kube::ObjectMeta& meta = entry.object->meta;
        findings.hits.push_back({{contexts_[entry.context], meta.nameSpace.str(), meta.name, meta.uid},
                                 kinds[entry.kind],
                                 entry.object->health,
                                 static_cast<int>(one->rank >> kMatchShift)});
    }
    findings.query = std::move(query);
    return findings;
}

}  // namespace quarterdeck::ui
