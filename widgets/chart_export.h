#pragma once

#include <QAbstractTableModel>
#include <QByteArray>
#include <QImage>
#include <QTimeZone>

#include "widgets/chart_frame.h"

// A chart as a table and as files.
namespace quarterdeck::widgets {

// Values side by side, by time: what is shown, unreduced.
struct ChartTable {
    QVector<qint64> times;
    QVector<QVector<double>> columns;  // one per shown series, as long as `times`; NaN: no value then
};
ChartTable chartTable(const ChartContent& content);

// UTF-8, CRLF, times in ISO 8601 UTC with milliseconds, values in base units (seconds, bytes, cores, shares of 1) with
// as many digits as they have; empty where there is no value. Titles that a spreadsheet would take for a formula get
// an apostrophe in front.
QByteArray chartCsv(const ChartContent& content);

// Title row and plot on the look's ground, without cursor. Interface thread.
QImage chartImage(const ChartContent& content, const ChartLook& look, const QSize& size, double scale);
QByteArray chartSvg(const ChartContent& content, const ChartLook& look, const QSize& size);

// A file name that suits the title: "orders-cpu".
QString chartFileName(const QString& title);

// Read-only rows of a chart: time and one column per series.
class ChartTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit ChartTableModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

    void setContent(const ChartContent& content, const QTimeZone& zone, const QLocale& locale);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    ChartContent content_;
    ChartTable table_;
    ChartRange range_;
    QTimeZone zone_;
    QLocale locale_;
};

}  // namespace quarterdeck::widgets
