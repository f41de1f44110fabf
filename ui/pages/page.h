#pragma once

#include <string>
#include <vector>

#include <QKeySequence>
#include <QList>
#include <QWidget>

#include "ui/deed.h"
#include "ui/location.h"
#include "ui/pages/page_freshness.h"

class QAction;

namespace quarterdeck::session {
class SessionHub;
}

namespace quarterdeck::ui {

class ActionRegistry;
class ClusterAccess;
class ViewMemory;
class ViewScope;

/// What the window lends its pages; all of it outlives them.
struct PageServices {
    session::SessionHub& hub;
    ClusterAccess& access;
    ViewScope& scope;
    ActionRegistry& actions;
    ViewMemory& memory;
};

/// Keys that a page's own parts understand, beside the actions of the window: for the key help.
struct PageKey {
    QString text;  ///< what they do
    QList<QKeySequence> keys;
};

/// What a page does with the time range.
enum class RangeUse {
    None,
    Narrows,  ///< it shows all there is, or with a range what falls into it
    Needs,    ///< it shows something over time: without a range the last hour
};

/// A place of the rail. Pages ask for nothing while they are hidden.
class Page : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    /// Same as in Location::page.
    [[nodiscard]] virtual std::string id() const = 0;
    [[nodiscard]] virtual QString title() const = 0;
    /// By context; the page's state is the worst of them.
    [[nodiscard]] virtual std::vector<ContextFreshness> freshness() const = 0;
    [[nodiscard]] virtual kube::FreshnessState state() const { return worstOf(freshness()); }
    /// Rows or cards that a person can see (scrolling counts as seeing).
    [[nodiscard]] virtual int rows() const = 0;
    /// Whether what is shown knows everything that has come so far.
    [[nodiscard]] virtual bool isSettled() const { return true; }
    /// Whether all there is stands here, and it is something.
    [[nodiscard]] bool isComplete() const { return state() == kube::FreshnessState::Live && rows() > 0 && isSettled(); }
    /// Whether the top bar offers ViewScope::range().
    [[nodiscard]] virtual RangeUse rangeUse() const { return RangeUse::None; }
    /// What the page would have the person press; may be null.
    [[nodiscard]] virtual QAction* primaryAction() const { return nullptr; }

    [[nodiscard]] virtual std::vector<PageKey> keys() const { return {}; }

    /// Takes its part of a place: object, filter, sort. Contexts and namespaces come by the ViewScope.
    virtual void visit(const Location& location) = 0;
    /// Adds its part to a place.
    virtual void describe(Location& location) const = 0;

    // Actions of the window that are about the page in front; a page that has nothing to do ignores them.
    /// The keyboard goes to what the page is about.
    virtual void focusContent() { setFocus(Qt::OtherFocusReason); }
    virtual void focusFilter() {}
    virtual void copy() {}
    virtual void copyName() {}
    virtual void exportCsv() {}
    virtual void toggleFaults() {}
    virtual void toggleGroups() {}
    virtual void retry() {}

signals:
    /// State, rows or freshness changed.
    void stateChanged();
    /// The person changed filter or sort: the place is another now, without being a step of its own.
    void placeEdited();
    /// The person did something here that is worth a word.
    void done(const quarterdeck::ui::Deed& deed);
    /// The person wants to be elsewhere.
    void goRequested(const quarterdeck::ui::Location& location);
};

}  // namespace quarterdeck::ui
