#include "ui/palette/palette_kinds.h"

#include <algorithm>

#include <QCoreApplication>
#include <QStringList>

#include "ui/pages/kinds/kind_place.h"
#include "ui/palette/palette_content.h"
#include "ui/palette/palette_index.h"
#include "ui/palette/palette_places.h"
#include "ui/tables/filter_expression.h"
#include "ui/tables/kind_table.h"
#include "ui/text/error_text.h"

namespace quarterdeck::ui {

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(Palette)
};

/// "certificates.cert-manager.io · cert · bakery-ia-prod"
QString detailOf(const kube::ServedKind& kind) {
    QStringList parts{shownName(kind.meta.name)};
    for (const std::string& name : kind.resource.shortNames) {
        parts += shownName(name);
    }
    QStringList contexts;
    for (const kube::ContextId& id : kind.contexts) {
        contexts += shownName(id);
    }
    parts += contexts.join(QStringLiteral(", "));
    return parts.join(QStringLiteral(" · "));
}

int matchOfWords(const PaletteQuery& query, const kube::ServedKind& kind, const QString& title) {
    std::string also = kind.meta.name;
    for (const std::string& name : kind.resource.shortNames) {
        also += ' ' + name;
    }
    return matchOf(query.words, foldCase(title.toStdString()), foldCase(also));
}

}  // namespace

int kindMatch(const kube::ServedKind& kind, std::string_view word) {
    const std::string wanted = foldCase(word);
    if (wanted.empty()) {
        return 1;
    }
    const kube::ResourceType& type = kind.resource.type;
    std::vector<std::string> names{type.resource, type.kind, kind.resource.singular, kind.meta.name};
    names.insert(names.end(), kind.resource.shortNames.begin(), kind.resource.shortNames.end());
    int best = 0;
    for (const std::string& name : names) {
        const std::string folded = foldCase(name);
        const std::size_t at = folded.find(wanted);
        if (folded == wanted) {
            best = std::max(best, kExactKind + (type.group.empty() ? 1 : 0));
        } else if (at == 0) {
            best = std::max(best, 50);
        } else if (at != std::string::npos) {
            best = std::max(best, 20);
        }
    }
    if (best == 0 && foldCase(type.group).find(wanted) != std::string::npos) {
        best = 10;
    }
    return best;
}

std::shared_ptr<const kube::ServedKind> kindNamed(const std::vector<std::shared_ptr<const kube::ServedKind>>& kinds,
                                                  std::string_view word) {
    std::shared_ptr<const kube::ServedKind> found;
    int best = kExactKind - 1;
    for (const auto& kind : kinds) {
        // Of those of one name what can be opened comes first.
        const int match = kindMatch(*kind, word) + (kind->resource.isListable() ? 2 : 0);
        if (match >= kExactKind + (kind->resource.isListable() ? 2 : 0) && match > best) {
            best = match;
            found = kind;
        }
    }
    return found;
}

void leadToKind(Location& place, const kube::ServedKind& kind) {
    const Location of = placeOfKind(kind.meta.name);
    place.page = of.page;
    place.resource = of.resource;
    place.sort.reset();
}

std::vector<KindOffer> kindOffers(const PaletteQuery& query,
                                  const std::vector<std::shared_ptr<const kube::ServedKind>>& kinds,
                                  const std::vector<std::string>& wantedContexts, const Location& here,
                                  std::size_t limit) {
    const bool asked = !query.kindWord.empty();
    std::vector<KindOffer> offers;
    if (!asked && query.words.empty()) {
        return offers;
    }
    const auto chosen = asked ? kindNamed(kinds, query.kindWord) : nullptr;
    for (const auto& kind : kinds) {
        KindOffer offer;
        offer.item.title = fromUtf8(pluralTitle(kind->resource.type));
        offer.match = asked ? kindMatch(*kind, query.kindWord) : matchOfWords(query, *kind, offer.item.title);
        if (offer.match == 0 || kind == chosen || !ownPageOf(kind->meta.name).empty()) {
            continue;
        }
        offer.item.id = QStringLiteral("kind:") + fromUtf8(kind->meta.name);
        offer.item.marks = asked ? QVector<int>() : marksIn(offer.item.title, query.words);
        offer.item.detail = detailOf(*kind);
        offer.item.icon = QStringLiteral("boxes");
        if (kind->resource.isListable()) {
            Location place = asked ? placeOfQuery(query, wantedContexts, here) : placeOnPage({}, here);
            leadToKind(place, *kind);
            offer.place = place;
        } else {
            offer.item.disabledReason = Words::tr("Its objects cannot be listed");
        }
        offers.push_back(std::move(offer));
    }
    std::stable_sort(offers.begin(), offers.end(),
                     [](const KindOffer& left, const KindOffer& right) { return left.match > right.match; });
    if (offers.size() > limit) {
        offers.resize(limit);
    }
    return offers;
}

}  // namespace quarterdeck::ui
