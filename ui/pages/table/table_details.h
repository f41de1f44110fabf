#pragma once

#include <functional>
#include <memory>

#include <QObject>
#include <QTimer>

#include "ui/pages/page.h"

namespace quarterdeck::widgets {
class DetailsDrawer;
class TableView;
}  // namespace quarterdeck::widgets

namespace quarterdeck::ui {

class ObjectDetails;
class ResourceTableModel;
struct TableSpec;

/// The drawer beside a list: opens on a row, follows the row that the keyboard is on, and remembers for its page
/// whether it is open, how wide, and at which tab.
class TableDetails : public QObject {
    Q_OBJECT
public:
    struct Parts {
        const TableSpec& spec;
        PageServices services;
        ResourceTableModel& model;
        widgets::TableView& view;
    };
    /// The drawer becomes a part of the page's layout. All parts outlive it.
    TableDetails(Parts parts, Page& page);
    ~TableDetails() override;

    [[nodiscard]] bool isOpen() const { return open_; }
    [[nodiscard]] widgets::DetailsDrawer& drawer() const { return *drawer_; }
    void openCurrent();
    /// What activating a row does instead of showing it here; false = show it here.
    void openRowsBy(std::function<bool(const QString& key)> open) { openRow_ = std::move(open); }
    /// Gives the focus back to the list.
    void close();
    /// The page is shown or hidden.
    void setActive(bool active);
    void visit(const Location& location);
    void describe(Location& location) const;

signals:
    void said(const QString& words);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void connectParts();
    void bindActions();
    void setOpen(bool open);
    void showRow(const QString& key);
    void followCurrent();
    /// Puts the list on the shown object, or shows the first row where nothing is shown yet.
    void meetRows();
    void go(Location place);
    void fitWidth();
    void readMemory();
    void writeMemory();

    Parts parts_;
    std::function<bool(const QString& key)> openRow_;
    Page& page_;
    widgets::DetailsDrawer* drawer_ = nullptr;
    ObjectDetails* details_ = nullptr;
    QTimer follow_;
    QTimer inSight_;  ///< runs while a row gone to is kept in sight
    bool open_ = false;
    bool openByHand_ = false;  ///< as remembered
    bool rearranging_ = false;
    bool rowAwaited_ = false;
};

}  // namespace quarterdeck::ui
