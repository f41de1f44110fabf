#pragma once

#include <map>
#include <memory>

#include "ui/pages/kinds/kinds_watch.h"
#include "ui/pages/page.h"
#include "ui/tables/kind_table.h"

class QStackedLayout;

namespace quarterdeck::widgets {
class StatePanel;
}

namespace quarterdeck::ui {

class ServingAccess;
class TablePage;

/// Parameters {context}, {resource}.
inline constexpr ErrorCode kKindNotServed{
    "kinds-page.not-served",
    QT_TRANSLATE_NOOP("Error",
                      "Context {context} does not serve {resource} as a live table: its definition is not installed, "
                      "was removed, or cannot be listed. The table comes by itself when it can.")};

/// The live table of any kind that the shown contexts serve, with the servers' own columns. Which kind follows from
/// Location::resource. The table itself is made when the columns are known, and made anew when they change; a kind
/// that is not served (any more) is said so, until it comes back.
class KindPage : public Page {
    Q_OBJECT
public:
    explicit KindPage(const PageServices& services, QWidget* parent = nullptr);
    ~KindPage() override;

    [[nodiscard]] std::string id() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] std::vector<ContextFreshness> freshness() const override;
    [[nodiscard]] int rows() const override;
    [[nodiscard]] bool isSettled() const override;
    [[nodiscard]] QAction* primaryAction() const override;
    [[nodiscard]] std::vector<PageKey> keys() const override;
    void visit(const Location& location) override;
    void describe(Location& location) const override;

    void focusContent() override;
    void focusFilter() override;
    void copy() override;
    void copyName() override;
    void exportCsv() override;
    void toggleFaults() override;
    void retry() override;

    /// Null while there is nothing to show.
    [[nodiscard]] TablePage* table() const { return table_; }
    /// For tests and screen readers: what stands in the place of the table; empty while it is there.
    [[nodiscard]] QString panelText() const { return panelText_; }

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    /// Looks at a store for the columns that its rows come with.
    struct Source {
        kube::ResourceType type;
        bool watched = true;
        bool heard = false;
        std::unique_ptr<kube::StoreSubscription> subscription;
    };
    void watchShown();
    void refresh();
    void connectSources();
    void dropTable();
    void makeTable();
    void showWhy();
    void say(const QString& text, const QString& action, std::function<void()> run);
    [[nodiscard]] std::optional<kube::ResourceType> firstType() const;

    PageServices services_;
    KindsWatch* watch_;
    ServingAccess* access_;
    QStackedLayout* stack_;
    widgets::StatePanel* panel_;
    QString panelText_;
    std::function<void()> panelAction_;

    std::string resource_;
    Location wanted_;  ///< filter, sort and object, whether or not there is a table
    std::optional<kube::ResourceType> lastType_;
    bool wasServed_ = false;
    std::map<kube::ContextId, std::shared_ptr<const kube::TableColumns>> columns_;  ///< the latest of each context
    std::map<kube::ContextId, Source> sources_;
    std::unique_ptr<KindTable> kind_;  ///< outlives table_
    kube::TableColumns shownColumns_;
    TablePage* table_ = nullptr;
    bool active_ = false;
};

}  // namespace quarterdeck::ui
