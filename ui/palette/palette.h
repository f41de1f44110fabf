#pragma once

#include <functional>
#include <memory>
#include <optional>

#include <QObject>

#include "ui/palette/palette_content.h"
#include "ui/palette/palette_worker.h"

namespace quarterdeck::widgets {
class PalettePopup;
}

namespace quarterdeck::ui {

class ClusterAccess;
class KindsWatch;
class PaletteFeed;
class ViewMemory;

/// The palette of one window: leads what is typed to the worker, what it finds to the popup, and what is chosen to
/// the window. Its worker and popup are made when it is opened first. Interface thread.
class Palette : public QObject {
    Q_OBJECT
public:
    struct Services {
        QWidget& window;
        ClusterAccess& access;
        ActionRegistry& actions;
        ViewMemory& memory;
        /// Where the window is.
        std::function<Location()> here;
        /// Opens a context; false where there is none of this name or it cannot be used.
        std::function<bool(const kube::ContextId&)> open;
    };
    /// All of the services outlive it.
    explicit Palette(Services services, QObject* parent = nullptr);
    ~Palette() override;

    /// Opens it, or closes it where it is open.
    void toggle();
    /// The person went there.
    void noteVisit(const Location& place);
    /// Asks for a name and keeps the present place under it.
    void askToSaveView();

signals:
    void goRequested(const quarterdeck::ui::Location& place);
    /// The same, in a window of its own.
    void windowRequested(const quarterdeck::ui::Location& place);
    /// Something to tell the person.
    void said(const QString& message);

private:
    void make();
    void watchKinds(bool on);
    void ask(const QString& text);
    void show();
    void refreshNote();
    void choose(const QString& id, bool aside);
    /// The contexts of a place are opened where they are not.
    void openContexts(const Location& place);
    void remove(const QString& id);

    Services services_;
    widgets::PalettePopup* popup_ = nullptr;
    PaletteFeed* feed_ = nullptr;
    KindsWatch* kindsWatch_ = nullptr;
    std::vector<std::shared_ptr<const kube::ServedKind>> kinds_;
    PaletteFindings findings_;
    PaletteContent content_;
    std::optional<SavedView> removed_;
    std::uint64_t asked_ = 0;
    bool answered_ = true;  ///< findings_ belong to what stands in the line
    std::unique_ptr<PaletteWorker> worker_;
};

}  // namespace quarterdeck::ui
