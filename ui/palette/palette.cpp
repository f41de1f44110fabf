#include "ui/palette/palette.h"

#include <set>

#include <QAction>
#include <QStringList>

#include "ui/actions/action_registry.h"
#include "ui/pages/cluster_access.h"
#include "ui/pages/kinds/kinds_watch.h"
#include "ui/palette/palette_feed.h"
#include "ui/palette/palette_places.h"
#include "ui/palette/recent_places.h"
#include "ui/palette/save_view_dialog.h"
#include "ui/view_memory.h"
#include "widgets/palette_popup.h"

namespace quarterdeck::ui {

Palette::Palette(Services services, QObject* parent) : QObject(parent), services_(std::move(services)) {}

Palette::~Palette() {
    delete feed_;  // before the worker that it feeds
}

void Palette::make() {
    worker_ = std::make_unique<PaletteWorker>(this, [this](PaletteWorker::Answer answer) {
        if (answer.question != asked_ || !popup_->isOpen()) {
            return;  // of an older question
        }
        findings_ = std::move(answer.findings);
        answered_ = true;
        show();
    });
    feed_ = new PaletteFeed(services_.access, *worker_, this);
    connect(feed_, &PaletteFeed::awaitedChanged, this, &Palette::refreshNote);
    kindsWatch_ = new KindsWatch(services_.access, this);
    connect(kindsWatch_, &KindsWatch::changed, this, [this] {
        if (popup_->isOpen()) {
            kinds_ = kindsWatch_->merged();
            if (answered_) {  // else what is shown would pass for the answer that Enter waits for
                show();
            }
        }
    });
    connect(&services_.access, &ClusterAccess::openChanged, this, [this] {
        if (popup_->isOpen()) {
            watchKinds(true);
        }
    });
    popup_ = new widgets::PalettePopup(&services_.window);
    popup_->setPlaceholder(tr("Search objects, pages, actions and saved views"));
    popup_->letThrough(services_.actions.action("palette.open")->shortcuts());
    connect(popup_, &widgets::PalettePopup::queryEdited, this, &Palette::ask);
    connect(popup_, &widgets::PalettePopup::chosen, this, &Palette::choose);
    connect(popup_, &widgets::PalettePopup::removeRequested, this, &Palette::remove);
    connect(popup_, &widgets::Overlay::closed, this, [this] {
        removed_.reset();
        feed_->setActive(false);
        watchKinds(false);
    });
}

void Palette::watchKinds(bool on) {
    std::vector<kube::ContextId> contexts;
    if (on) {
        for (const ClusterAccess::OpenContext& context : services_.access.open()) {
            contexts.push_back(context.id);
        }
    }
    kindsWatch_->watch(std::move(contexts));
}

void Palette::toggle() {
    if (popup_ == nullptr) {
        make();
    }
    if (popup_->isOpen()) {
        popup_->close();
        return;
    }
    feed_->setActive(true);
    popup_->openEmpty();
    watchKinds(true);
    findings_ = {};
    ask({});
    show();  // what needs no search is there at once
    refreshNote();
}

void Palette::ask(const QString& text) {
    answered_ = text.trimmed().isEmpty();
    asked_ = worker_->ask({text.toStdString(), objectsOf(recentPlaces(services_.memory))});
    if (answered_) {
        findings_ = {};
        show();
    }
}

void Palette::show() {
    PaletteSources sources{services_.actions,
                           services_.here(),
                           recentPlaces(services_.memory),
                           savedViews(services_.memory),
                           removed_,
                           {},
                           kinds_};
    for (const ClusterAccess::OpenContext& context : services_.access.open()) {
        sources.contexts.push_back(context.id);
    }
    content_ = makePaletteContent(findings_, sources);
    popup_->setEmptyText(content_.emptyText);
    popup_->setSections(content_.sections);
}

void Palette::refreshNote() {
    QStringList loading;
    for (const kube::ContextId& id : feed_->awaited()) {
        loading += shownName(id);
    }
    popup_->setNote(loading.isEmpty() ? paletteGrammar()
                                      : tr("Still loading %1").arg(loading.join(QStringLiteral(", "))) +
                                            QStringLiteral(" · ") + paletteGrammar());
}

void Palette::choose(const QString& id, bool aside) {
    const auto found = content_.choices.find(id);
    if (found == content_.choices.end()) {
        return;
    }
    const PaletteChoice choice = found->second;
    if (const auto* back = std::get_if<BringBackView>(&choice)) {
        saveView(services_.memory, back->view);
        removed_.reset();
        show();
        return;
    }
    popup_->close();  // first: an action may want the focus
    if (const auto* place = std::get_if<Location>(&choice)) {
        openContexts(*place);
        aside ? emit windowRequested(*place) : emit goRequested(*place);
    } else {
        std::get<QAction*>(choice)->trigger();
    }
}

void Palette::openContexts(const Location& place) {
    std::set<kube::ContextId> wanted(place.contexts.begin(), place.contexts.end());
    if (place.object) {
        wanted.insert(place.object->context);
    }
    for (const ClusterAccess::OpenContext& context : services_.access.open()) {
        wanted.erase(context.id);
    }
    QStringList missing;
    for (const kube::ContextId& id : wanted) {
        if (!services_.open(id)) {
            missing += shownName(id);
        }
    }
    if (!missing.isEmpty()) {
        emit said(tr("Contexts that are not in the kubeconfig or cannot be used: %1.")
                      .arg(missing.join(QStringLiteral(", "))));
    }
}

void Palette::remove(const QString& id) {
    const auto name = viewOfItem(id);
    if (!name) {
        return;
    }
    for (const SavedView& view : savedViews(services_.memory)) {
        if (view.name == *name) {
            removed_ = view;
        }
    }
    removeView(services_.memory, *name);
    emit said(tr("The view “%1” was removed.").arg(shownName(*name)));
    if (answered_) {
        show();
    }
}

void Palette::noteVisit(const Location& place) {
    ui::noteVisit(services_.memory, place);
}

void Palette::askToSaveView() {
    const Location place = services_.here();
    auto* dialog = new SaveViewDialog(place, savedViews(services_.memory), &services_.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, place] {
        const QString name = dialog->name();
        saveView(services_.memory, {name.toStdString(), place});
        emit said(
            tr("Saved as “%1”. The palette lists it: %2.")
                .arg(name, services_.actions.action("palette.open")->shortcut().toString(QKeySequence::NativeText)));
    });
    dialog->open();
}

}  // namespace quarterdeck::ui
