#pragma once

#include <functional>
#include <memory>

#include <QTimer>

#include "ui/pages/page.h"
#include "ui/pages/table/csv_exports.h"
#include "ui/pages/table/table_words.h"
#include "ui/tables/resource_table_model.h"

class QStackedLayout;

namespace quarterdeck::widgets {
class FilterLine;
class StatePanel;
class TableView;
}  // namespace quarterdeck::widgets

namespace quarterdeck::ui {

class RowSelection;
class StateBanners;
class TableColumns;
class TableDetails;
class TableFeed;
class TableFoot;
class TableHeader;

/// The list of one kind over all shown contexts.
class TablePage : public Page {
    Q_OBJECT
public:
    /// `spec` outlives the page.
    TablePage(const TableSpec& spec, PageServices services, QWidget* parent = nullptr);
    ~TablePage() override;

    [[nodiscard]] std::string id() const override { return spec_.id; }
    [[nodiscard]] QString title() const override { return words_.title; }
    [[nodiscard]] std::vector<ContextFreshness> freshness() const override;
    [[nodiscard]] int rows() const override;
    [[nodiscard]] bool isSettled() const override { return model_.isSettled(); }
    [[nodiscard]] RangeUse rangeUse() const override;
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

    /// How a file to write is asked for: suggested name in, chosen path out (never called when the person declines).
    using FileChooser = std::function<void(const QString& suggested, std::function<void(const QString& path)> chosen)>;
    void setFileChooser(FileChooser chooser) { chooseFile_ = std::move(chooser); }
    /// What writes the exported file; the disk unless somebody says otherwise.
    void setCsvWriter(CsvExports::Write write);

    [[nodiscard]] const ResourceTableModel& model() const { return model_; }
    [[nodiscard]] QString footText() const;

protected:
    /// A control among the header's buttons, before the export.
    void addToHeader(QWidget* control);
    /// What Enter and double click do with a row; where it answers false they show the details.
    void openRowsBy(std::function<bool(const QString& key)> open);
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void build(QAction* faults, QAction* csv);
    void addDetails();
    void connectParts();
    void applyFilterText(const QString& text);
    void setFilterText(const QString& text);
    void sortBy(int column);
    void openMenu(const QPoint& position);
    void refresh();
    void showPanel();
    bool showMissingNamespace(const std::vector<ContextFreshness>& parts);
    void showTable();
    void refreshFoot();
    void say(const QString& note);
    void tick();
    void writeTo(const QString& path);
    [[nodiscard]] QString shownContextNames() const;

    const TableSpec& spec_;
    PageServices services_;
    TableWords words_;
    ResourceTableModel model_;
    TableFeed* feed_ = nullptr;
    RowSelection* selection_ = nullptr;
    TableDetails* details_ = nullptr;

    TableHeader* header_ = nullptr;
    widgets::FilterLine* filter_ = nullptr;
    StateBanners* banners_ = nullptr;
    TableColumns* columns_ = nullptr;
    QStackedLayout* stack_ = nullptr;
    widgets::TableView* view_ = nullptr;
    widgets::StatePanel* panel_ = nullptr;
    TableFoot* foot_ = nullptr;

    QTimer ticker_;
    QTimer noteTimer_;
    QString note_;
    std::function<void()> panelAction_;
    FileChooser chooseFile_;
    std::unique_ptr<CsvExports> exports_;
};

}  // namespace quarterdeck::ui
