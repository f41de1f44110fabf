#include "ui/palette/palette_content.h"

#include <algorithm>
#include <set>

#include <QAction>
#include <QCoreApplication>
#include <QLocale>

#include "app/kinds/registry.h"
#include "ui/actions/action_registry.h"
#include "ui/pages/kinds/kind_place.h"
#include "ui/pages/page_catalog.h"
#include "ui/palette/fuzzy.h"
#include "ui/palette/palette_kinds.h"
#include "ui/palette/palette_places.h"
#include "ui/palette/recent_places.h"
#include "ui/tables/filter_expression.h"
#include "ui/tables/table_specs.h"
#include "ui/text/error_text.h"
#include "widgets/key_cap.h"

namespace quarterdeck::ui {

namespace {

using widgets::PaletteItem;
using widgets::PaletteSection;

constexpr std::size_t kObjectsBesideOthers = 12;
constexpr std::size_t kKindsShown = 12;
constexpr std::size_t kKindsBesideOthers = 5;
constexpr qsizetype kRecentShown = 8;

class Words {
    Q_DECLARE_TR_FUNCTIONS(Palette)
};

/// A section on its way, with the best match in it.
struct Draft {
    PaletteSection section;
    std::vector<int> matches;
    [[nodiscard]] int best() const { return matches.empty() ? 0 : *std::max_element(matches.begin(), matches.end()); }
};

std::string folded(const QString& text) {
    return foldCase(text.toStdString());
}

bool isTable(const std::string& page) {
    const auto& tables = allTables();
    return page == kKindsPage || page == kKindPage ||
           std::any_of(tables.begin(), tables.end(), [&](const TableSpec* table) { return table->id == page; });
}

class Builder {
public:
    Builder(const PaletteFindings& findings, const PaletteSources& sources)
        : found_(findings), query_(findings.query), sources_(sources) {}

    PaletteContent build() {
        if (query_.empty()) {
            addRecent();
            addPages();
            addViews();
            addActions();
        } else if (query_.actionsOnly) {
            addActions();
        } else {
            if (query_.namesPlace()) {
                addPlace();
                addKinds(kKindsShown);
                addObjects(found_.hits.size());
            } else {
                addPages();
                addActions();
                addViews();
                addKinds(kKindsBesideOthers);
                addObjects(drafts_.empty() ? found_.hits.size() : kObjectsBesideOthers);
                std::rotate(drafts_.begin(), drafts_.end() - (found_.hits.empty() ? 0 : 1), drafts_.end());
                // By the best match in each; equals as they are named in the empty palette, objects before them.
                std::stable_sort(drafts_.begin(), drafts_.end(),
                                 [](const Draft& left, const Draft& right) { return left.best() > right.best(); });
            }
        }
        for (Draft& draft : drafts_) {
            content_.sections.append(std::move(draft.section));
        }
        content_.emptyText = emptyText();
        return std::move(content_);
    }

private:
    void add(Draft& draft, PaletteItem item, int match, std::optional<PaletteChoice> choice) {
        // The better match first, equals in the order they come.
        const auto after = std::upper_bound(draft.matches.begin(), draft.matches.end(), match, std::greater<>());
        const auto place = after - draft.matches.begin();
        draft.matches.insert(after, match);
        if (choice) {
            content_.choices.insert_or_assign(item.id, std::move(*choice));
        }
        draft.section.items.insert(place, std::move(item));
    }

    void finish(Draft draft) {
        if (!draft.section.items.isEmpty()) {
            drafts_.push_back(std::move(draft));
        }
    }

    /// 1 without words.
    [[nodiscard]] int match(const QString& title, const std::string& also) const {
        return query_.words.empty() ? 1 : matchOf(query_.words, folded(title), also);
    }

    void addPlace() {
        if (!query_.namesPlace()) {
            return;
        }
        Draft draft;
        PaletteItem item;
        item.id = QStringLiteral("place");
        item.icon = QStringLiteral("arrow-right");
        Location place = placeOfQuery(query_, found_.contexts, sources_.here);
        const auto served = query_.kindWord.empty() ? nullptr : kindNamed(sources_.kinds, query_.kindWord);
        const bool byTable = served != nullptr && (query_.kind == nullptr || place.page.empty());
        if (byTable) {
            leadToKind(place, *served);
        }
        const bool someFit = std::any_of(sources_.kinds.begin(), sources_.kinds.end(),
                                         [this](const auto& kind) { return kindMatch(*kind, query_.kindWord) > 0; });
        if (!byTable && query_.unknownKind() && someFit) {
            return;  // they follow
        }
        if (byTable && !served->resource.isListable()) {
            item.title = Words::tr("Go to %1").arg(shownName(served->meta.name));
            item.disabledReason = Words::tr("Its objects cannot be listed");
        } else if (!byTable && query_.unknownKind()) {
            item.title = Words::tr("There is no kind “%1”").arg(shownName(query_.kindWord));
            item.disabledReason = Words::tr("Known: %1").arg(knownKinds());
        } else if (place.page.empty()) {
            item.title = Words::tr("Go to %1").arg(kindTitle(*query_.kind));
            item.disabledReason = Words::tr("No page lists them yet; choose one below");
        } else {
            const QString detail = placeDetail(place);
            item.title = Words::tr("Go to %1").arg(placeTitle(place)) +
                         (detail.isEmpty() ? QString() : QStringLiteral(" · ")) + detail;
            if (!query_.contextParts.empty() && found_.contexts.empty()) {
                item.disabledReason =
                    Words::tr("No open context has “%1” in its name").arg(shownName(query_.contextParts.front()));
            }
        }
        const bool usable = item.disabledReason.isEmpty();
        if (!usable) {
            item.icon = QStringLiteral("circle-question-mark");
        }
        add(draft, std::move(item), 1, usable ? std::optional<PaletteChoice>(place) : std::nullopt);
        finish(std::move(draft));
    }

    /// Kinds that the word after the colon, or all words, fit.
    void addKinds(std::size_t limit) {
        Draft draft;
        draft.section.title = Words::tr("Kinds");
        for (KindOffer& offer : kindOffers(query_, sources_.kinds, found_.contexts, sources_.here, limit)) {
            add(draft, std::move(offer.item), offer.match,
                offer.place ? std::optional<PaletteChoice>(std::move(*offer.place)) : std::nullopt);
        }
        finish(std::move(draft));
    }

    void addObjects(std::size_t limit) {
        Draft draft;
        for (std::size_t i = 0; i < std::min(limit, found_.hits.size()); ++i) {
            const PaletteHit& hit = found_.hits[i];
            PaletteItem item;
            item.id =
                QStringLiteral("object:%1/%2/%3")
                    .arg(fromUtf8(hit.kind->type.resource), fromUtf8(hit.object.context), fromUtf8(hit.object.uid));
            item.title = shownName(hit.object.name);
            item.marks = marksIn(item.title, query_.words);
            item.detail = hitDetail(hit);
            item.tone = toneOf(hit.health);
            item.icon = widgets::toneIconName(item.tone).isEmpty() ? QStringLiteral("box") : QString();
            add(draft, std::move(item), hit.match, placeOfHit(hit, sources_.here));
        }
        draft.section.title = objectsTitle(draft.section.items.size());
        finish(std::move(draft));
    }

    [[nodiscard]] QString objectsTitle(qsizetype shown) const {
        return static_cast<std::size_t>(shown) >= found_.found
                   ? Words::tr("Objects")
                   : Words::tr("Objects, the first %1 of %2")
                         .arg(QLocale().toString(shown), QLocale().toString(static_cast<qulonglong>(found_.found)));
    }

    void addRecent() {
        Draft draft;
        draft.section.title = Words::tr("Recent");
        for (const Location& place : sources_.recent) {
            if (draft.section.items.size() == kRecentShown) {
                break;
            }
            const bool open = place.contexts.empty() || std::any_of(place.contexts.begin(), place.contexts.end(),
                                                                    [this](const auto& id) { return isOpen(id); });
            if (findPage(place.page) == nullptr || samePlace(place, sources_.here) || !open ||
                (place.object && !isOpen(place.object->context))) {
                continue;
            }
            PaletteItem item;
            item.id = QStringLiteral("recent:") + fromUtf8(formatLocation(place));
            item.title = placeTitle(place);
            item.detail = placeDetail(place);
            item.icon = place.object ? QStringLiteral("box") : QStringLiteral("history");
            if (!place.object && place.resource.empty() && item.detail.isEmpty()) {
                continue;  // the bare page stands among the pages
            }
            add(draft, std::move(item), 1, placeAgain(place, sources_.here));
        }
        finish(std::move(draft));
    }

    [[nodiscard]] bool isOpen(const kube::ContextId& id) const {
        return std::find(sources_.contexts.begin(), sources_.contexts.end(), id) != sources_.contexts.end();
    }

    [[nodiscard]] const QAction* actionNamed(const std::string& id) const {
        for (const QAction* action : sources_.actions.actions()) {
            if (sources_.actions.spec(action).id == id) {
                return action;
            }
        }
        return nullptr;
    }

    void addPages() {
        Draft draft;
        draft.section.title = Words::tr("Pages");
        for (const PageEntry& entry : pageCatalog()) {
            const QString title = QCoreApplication::translate("Rail", entry.title);
            const int how = entry.make == nullptr || !entry.inRail ? 0 : match(title, entry.id);
            if (how == 0) {
                continue;
            }
            PaletteItem item;
            item.id = QStringLiteral("page:") + QString::fromUtf8(entry.id);
            item.title = title;
            item.marks = marksIn(title, query_.words);
            item.icon = QString::fromUtf8(entry.icon);
            if (item.icon.isEmpty()) {
                const auto& catalog = pageCatalog();
                const auto section = std::find_if(catalog.begin(), catalog.end(), [&](const PageEntry& one) {
                    return std::string_view(one.id) == entry.section;
                });
                item.icon = section == catalog.end() ? QString() : QString::fromUtf8(section->icon);
            }
            if (const QAction* action = actionNamed(std::string("go.") + entry.id)) {
                item.keys = widgets::keyText(action->shortcut());
            }
            add(draft, std::move(item), how, placeOnPage(entry.id, sources_.here));
        }
        finish(std::move(draft));
    }

    /// Actions that only mean something where there is a table.
    [[nodiscard]] bool fitsPage(const std::string& id) const {
        const bool ofTable = id.starts_with("table.") || id == "view.filter" || id == "view.faults";
        return !ofTable || isTable(sources_.here.page);
    }

    void addActions() {
        Draft draft;
        draft.section.title = Words::tr("Actions");
        for (QAction* action : sources_.actions.actions()) {
            const ActionSpec& spec = sources_.actions.spec(action);
            const std::string id = spec.id;
            const bool leadsToPage = id.starts_with("go.") && findPage(id.substr(3)) != nullptr;
            const int how = match(action->text(), id);
            if (how == 0 || leadsToPage || id == "palette.open" || !action->isVisible()) {
                continue;
            }
            const bool aboutPage = id.starts_with("table.") || id.starts_with("view.") || id.starts_with("data.");
            if (query_.empty() && (!aboutPage || !fitsPage(id) || !action->isEnabled())) {
                continue;
            }
            PaletteItem item;
            item.id = QStringLiteral("action:") + fromUtf8(id);
            item.title = action->text();
            item.marks = marksIn(item.title, query_.words);
            item.icon = *spec.icon == '\0' ? QStringLiteral("zap") : QString::fromUtf8(spec.icon);
            item.keys = widgets::keyText(action->shortcut());
            if (action->isCheckable() && action->isChecked()) {
                item.detail = Words::tr("on");
            }
            if (!action->isEnabled()) {
                item.disabledReason =
                    action->statusTip().isEmpty() ? Words::tr("Not possible now") : action->statusTip();
            } else if (!fitsPage(id)) {
                item.disabledReason = Words::tr("Only on pages with a table");
            }
            const bool usable = item.disabledReason.isEmpty();
            add(draft, std::move(item), how, usable ? std::optional<PaletteChoice>(action) : std::nullopt);
        }
        finish(std::move(draft));
    }

    void addViews() {
        Draft draft;
        draft.section.title = Words::tr("Views");
        if (sources_.removed && query_.empty()) {
            PaletteItem item;
            item.id = QStringLiteral("bring-back");
            item.title = Words::tr("Bring back “%1”").arg(shownName(sources_.removed->name));
            item.icon = QStringLiteral("undo-2");
            item.detail = Words::tr("just removed");
            add(draft, std::move(item), 1, BringBackView{*sources_.removed});
        }
        for (const SavedView& view : sources_.views) {
            PaletteItem item;
            item.title = shownName(view.name);
            const int how = match(item.title, {});
            if (how == 0) {
                continue;
            }
            item.id = viewItemId(view.name);
            item.marks = marksIn(item.title, query_.words);
            item.icon = QStringLiteral("bookmark");
            item.removable = true;
            const QString detail = placeDetail(view.place);
            item.detail = placeTitle(view.place) + (detail.isEmpty() ? QString() : QStringLiteral(" · ")) + detail;
            if (findPage(view.place.page) == nullptr) {
                item.disabledReason = Words::tr("Its page does not exist any more; Delete removes it");
                add(draft, std::move(item), how, std::nullopt);
            } else {
                add(draft, std::move(item), how, placeOfView(view.place, sources_.here));
            }
        }
        finish(std::move(draft));
    }

    [[nodiscard]] static QString knownKinds() {
        QStringList known;
        for (const kube::KindDescriptor* kind : kinds::allKinds()) {
            known += fromUtf8(kind->type.resource);
        }
        return known.join(QStringLiteral(", "));
    }

    [[nodiscard]] QString emptyText() const {
        const QString typed = shownName(query_.text);
        return query_.actionsOnly
                   ? Words::tr("No action matches “%1”.").arg(typed)
                   : Words::tr(
                         "Nothing matches “%1”. Searched: %2 objects of %3, pages, actions "
                         "and saved views.")
                         .arg(typed, QLocale().toString(static_cast<qulonglong>(found_.searched)), contextNames());
    }

    [[nodiscard]] QString contextNames() const {
        QStringList names;
        for (const kube::ContextId& id : sources_.contexts) {
            names += shownName(id);
        }
        return names.isEmpty() ? Words::tr("no open context") : names.join(QStringLiteral(", "));
    }

    const PaletteFindings& found_;
    const PaletteQuery& query_;
    const PaletteSources& sources_;
    PaletteContent content_;
    std::vector<Draft> drafts_;
};

}  // namespace

PaletteContent makePaletteContent(const PaletteFindings& findings, const PaletteSources& sources) {
    return Builder(findings, sources).build();
}

QString paletteGrammar() {
    return Words::tr(
        "Words find anything · :pods namespace /filter @context goes there · > actions · Ctrl+Enter: new window");
}

QString viewItemId(const std::string& name) {
    return QStringLiteral("view:") + fromUtf8(name);
}

std::optional<std::string> viewOfItem(const QString& id) {
    const QString prefix = viewItemId({});
    return id.startsWith(prefix) ? std::optional(id.mid(prefix.size()).toStdString()) : std::nullopt;
}

}  // namespace quarterdeck::ui
