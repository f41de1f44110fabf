#pragma once

#include <QHash>
#include <QStringList>
#include <QTableView>
#include <QVector>

class QHelpEvent;

namespace quarterdeck::widgets {

class TableDelegate;
class TableHeaderView;

struct ColumnSpec {
    enum class Elide { Right, Middle };
    int minWidth = 48;           // px
    int preferred = 96;          // px
    int stretch = 0;             // share of the spare width; 0: keeps its preferred width
    Elide elide = Elide::Right;  // Middle for names, whose ends tell them apart
    int fold = 0;                // where room is short the highest go first, of equals the last; 0: stays
};

// Where a column stands, as the person has it.
struct ColumnPlace {
    int column = 0;  // in the model
    bool hidden = false;
    int width = 0;  // px at text scale 1; 0: as the table fits it

    friend bool operator==(const ColumnPlace&, const ColumnPlace&) = default;
};

enum class RowDensity { Compact, Comfortable };  // 28 and 36 px

// A table of many rows of one height. It never sorts: it says what the person asked for, and the model's owner
// answers with setSortIndicator. Selection is of whole rows and, towards callers, by uid (UidRole).
class TableView : public QTableView {
    Q_OBJECT
public:
    explicit TableView(QWidget* parent = nullptr);
    ~TableView() override;

    // One per column, in model order. The first layout fits the view's width; once the person has dragged a
    // column, widths stay as they are.
    void setColumnSpecs(const QVector<ColumnSpec>& specs);
    const QVector<ColumnSpec>& columnSpecs() const { return specs_; }
    // Forgets dragged widths.
    void refitColumns();
    // Columns that are chosen, but for which there is no room now, from left to right. They come back by themselves
    // and are copied with the others.
    QVector<int> foldedColumns() const;
    // All columns from left to right, hidden ones in their places. Widths are given where the person chose some.
    QVector<ColumnPlace> columnPlaces() const;
    // Columns that are not named keep their order behind the others.
    void setColumnPlaces(const QVector<ColumnPlace>& places);
    TableHeaderView* header() const { return header_; }

    void setModel(QAbstractItemModel* model) override;

    void setSortIndicator(int column, Qt::SortOrder order);
    int sortColumn() const;
    Qt::SortOrder sortOrder() const;

    void setDensity(RowDensity density);

    // Old values: text and icons are shown muted.
    void setStale(bool stale);
    bool isStale() const { return stale_; }

    // Uids of the selected rows, from top to bottom.
    QStringList selectedUids() const;
    // Selects the rows that exist now; others are ignored. The first becomes the current row. Does not scroll.
    void setSelectedUids(const QStringList& uids);
    // Uid of the current row (the one with the focus ring); empty without one.
    QString currentUid() const;
    // Uid of the row under the pointer; empty when there is none.
    QString hoveredUid() const;
    int hoveredRow() const { return hoveredRow_; }

    // While it takes the focus: a row that becomes the current one then does so by itself, for want of another.
    bool takesFocus() const { return takingFocus_; }
    // Whether the row with the keyboard focus is ringed (true after keys, false after the pointer).
    bool showsFocusRing() const { return keyboard_; }

    // Selected rows as tab separated lines, in visual column order, without headers.
    QString selectedText() const;
    void copySelection() const;

Q_SIGNALS:
    // A header was clicked, or Alt+1…9 pressed for the first … ninth column that is shown.
    void sortRequested(int column, Qt::SortOrder order);
    // After every change of the selection, also by setSelectedUids and by rows that go away.
    void selectedUidsChanged();
    void hoveredUidChanged(const QString& uid);
    // Enter or double click.
    void rowActivated(const QString& uid);
    // Right click or the menu key; the row is selected already.
    void menuRequested(const QString& uid, const QPoint& globalPosition);
    // Up on the first row: back to the filter line.
    void leaveUp();
    // The person moved, resized, showed or hid a column.
    void columnsChanged();
    void foldedColumnsChanged();
    // Right click on the header, or the menu key there.
    void headerMenuRequested(const QPoint& globalPosition);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void setUpHeaders();
    void connectHeader();
    void fitToContents(int column);
    bool showToolTip(const QHelpEvent& event);
    void applyMeasures();
    void setHoveredRow(int row);
    void updateRow(int row);
    void requestSort(int visualColumn);
    // Columns that are hidden or folded away do not count.
    void sortByShown(int number);
    void fitColumns();
    void foldColumns();
    void unfoldColumns();
    bool isChosen(int column) const;
    void refreshHover();
    void restoreSelection();
    void goToRow(int row, Qt::KeyboardModifiers modifiers);
    QVector<int> selectedRowNumbers() const;
    QString uidOf(int row) const;

    TableDelegate* delegate_;
    TableHeaderView* header_;
    QStringList keptUids_;  // over a reset of the model
    QString keptCurrent_;
    QVector<ColumnSpec> specs_;
    QHash<int, int> folded_;  // column and the width it had
    RowDensity density_ = RowDensity::Compact;
    int hoveredRow_ = -1;
    bool stale_ = false;
    bool keyboard_ = false;
    bool takingFocus_ = false;
    bool fitting_ = false;
    bool widthsByHand_ = false;
};

}  // namespace quarterdeck::widgets
