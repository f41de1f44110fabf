#pragma once

#include <QImage>
#include <QWidget>
#include <functional>
#include <memory>

#include "widgets/chart_cursor.h"
#include "widgets/chart_data.h"

class QLineEdit;
class QMenu;

namespace quarterdeck::widgets {

class ChartLegend;
class ChartPlot;
class ChartTableModel;
class IconButton;
class StatePanel;
class TableView;
class TextLabel;

// Values over time: lines, areas, steps or bars with thresholds, marks and spans. Title row with unit, values and a
// menu (copy, export, table, query). Drag or Shift with arrow keys and Enter chooses a range; arrow keys, Home and End
// move the cursor, Escape drops both; the wheel is left to the page. What is in `content` is shown: fetching, zooming
// and summing up what is more than eight series is the caller's. Put it on a surface in `ground`. Interface thread.
class TimeSeriesChart : public QWidget {
    Q_OBJECT
public:
    explicit TimeSeriesChart(QWidget* parent = nullptr);
    ~TimeSeriesChart() override;

    // Cheap where only points differ. Points need not be sorted.
    void setContent(const ChartContent& content);
    const ChartContent& content() const { return content_; }

    // Axis and read-out in UTC (the default) or in the system's zone.
    void setUtc(bool utc);
    bool isUtc() const { return utc_; }
    // The fill that lies behind; exported pictures get it too.
    void setGround(Role ground);

    // Charts with the same cursor point at the same moment. It must not be owned by the chart; null: its own again.
    void setSharedCursor(ChartCursor* cursor);
    ChartCursor* sharedCursor() const;

    // "CPU of orders: now 0.4 cores, lowest 0.1 cores, highest 0.9 cores between 02:10 and 03:10." One per series.
    QString summary() const;

    void setTableShown(bool shown);
    bool isTableShown() const;
    void setQueryShown(bool shown);
    bool isQueryShown() const;

    // What is shown, as a picture of this size in the present theme, without cursor.
    QImage picture(double scale) const;
    // By the name's ending: png (twice the size), svg, csv; another one fails. Whole or not at all. A line below the
    // chart tells how it went, as do the signals.
    bool exportTo(const QString& path);
    void copyPicture() const;

    // Asks where to save; called with a suggested name and what to call with the answer (empty: none). Replaces the
    // file dialog.
    using PathChooser = std::function<void(const QString& suggestion, const std::function<void(QString)>& answer)>;
    void setPathChooser(PathChooser chooser);

    // For measurements: points given to Qt Charts for a series, and how often its series were made anew.
    int pointsGiven(int series);
    int rebuilds();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    // Milliseconds since the epoch, from < to.
    void rangeChosen(qint64 from, qint64 to);
    // The failed state's button.
    void retryRequested();
    void exported(const QString& path);
    void exportFailed(const QString& sentence);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    bool event(QEvent* event) override;

private:
    void arrange();
    void fillMenu();
    void showState();
    void tell();
    void refreshTable();
    void askAndExport();
    void setNote(const QString& words, bool failed);

    ChartContent content_;
    bool utc_ = true;
    bool tableShown_ = false;
    bool queryShown_ = false;
    Role ground_ = Role::Surface;
    PathChooser chooser_;
    std::unique_ptr<ChartLegend> legend_;
    ChartPlot* plot_;
    StatePanel* panel_;
    IconButton* menuButton_;
    QMenu* menu_;
    QLineEdit* query_;
    TextLabel* note_;
    TableView* table_ = nullptr;  // made when it is asked for
    ChartTableModel* rows_ = nullptr;
};

}  // namespace quarterdeck::widgets
