#include "widgets/chart_export.h"

#include <QBuffer>
#include <QDateTime>
#include <QPainter>
#include <QSvgGenerator>
#include <algorithm>
#include <cmath>
#include <limits>

#include "widgets/chart_legend.h"
#include "widgets/chart_painter.h"
#include "widgets/table_roles.h"

namespace quarterdeck::widgets {

namespace {

constexpr double kMargin = 12;

QString isoTime(qint64 ms) {
    return QDateTime::fromMSecsSinceEpoch(ms).toUTC().toString(Qt::ISODateWithMs);
}

QString baseUnit(const ChartUnit& unit) {
    switch (unit.kind) {
        case ChartUnit::Kind::None:
        case ChartUnit::Kind::Count:
            return unit.words;
        case ChartUnit::Kind::Percent:
            return QStringLiteral("1");
        case ChartUnit::Kind::Seconds:
            return QStringLiteral("s");
        case ChartUnit::Kind::Bytes:
            return QStringLiteral("B");
        case ChartUnit::Kind::Cores:
            return QStringLiteral("cores");
        case ChartUnit::Kind::PerSecond:
            return QStringLiteral("1/s");
    }
    return {};
}

QString csvField(QString text) {
    static constexpr QStringView kFormulas = u"=+-@\t\r";
    if (!text.isEmpty() && kFormulas.contains(text.front())) {
        text.prepend(QLatin1Char('\''));
    }
    if (text.contains(QLatin1Char(',')) || text.contains(QLatin1Char('"'))) {
        text.replace(QLatin1Char('"'), QStringLiteral("\"\""));
        return QLatin1Char('"') + text + QLatin1Char('"');
    }
    return text;
}

QString columnTitle(const ChartSeries& series, const ChartContent& content, const QString& unit) {
    const QString name = series.name.isEmpty() ? content.title : series.name;
    return unit.isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, unit);
}

void paintWhole(QPainter& painter, const ChartContent& content, const ChartLook& look, const QSizeF& size) {
    painter.fillRect(QRectF(QPointF(0, 0), size), look.theme.color(look.ground));
    const double width = std::max(1.0, size.width() - 2 * kMargin);
    const ChartLegend legend(content, look, width, 0);
    painter.translate(kMargin, kMargin / 2);
    legend.paint(painter, std::nullopt, 0);
    painter.translate(0, legend.height());
    ChartPainter chart;
    chart.prepare(content, look, {width, std::max(1.0, size.height() - legend.height() - kMargin)});
    chart.paint(painter);
}

}  // namespace

ChartTable chartTable(const ChartContent& content) {
    ChartTable table;
    const qsizetype shown = std::min<qsizetype>(content.series.size(), kChartSeriesMax);
    const auto inRange = [&](const ChartPoint& point) { return point.ms >= content.from && point.ms <= content.to; };
    for (qsizetype i = 0; i < shown; ++i) {
        for (const ChartPoint& point : content.series[i].points) {
            if (inRange(point)) {
                table.times.append(point.ms);
            }
        }
    }
    std::sort(table.times.begin(), table.times.end());
    table.times.erase(std::unique(table.times.begin(), table.times.end()), table.times.end());
    for (qsizetype i = 0; i < shown; ++i) {
        QVector<double> column(table.times.size(), std::numeric_limits<double>::quiet_NaN());
        qsizetype row = 0;
        for (const ChartPoint& point : content.series[i].points) {
            if (!inRange(point)) {
                continue;
            }
            while (table.times[row] < point.ms) {
                ++row;
            }
            column[row] = point.value;
        }
        table.columns.append(column);
    }
    return table;
}

QByteArray chartCsv(const ChartContent& content) {
    const ChartTable table = chartTable(content);
    QString text = QStringLiteral("time");
    for (qsizetype i = 0; i < table.columns.size(); ++i) {
        text += QLatin1Char(',') + csvField(columnTitle(content.series[i], content, baseUnit(content.unit)));
    }
    text += QStringLiteral("\r\n");
    for (qsizetype row = 0; row < table.times.size(); ++row) {
        text += isoTime(table.times[row]);
        for (const QVector<double>& column : table.columns) {
            text += QLatin1Char(',');
            if (std::isfinite(column[row])) {
                text += QString::number(column[row], 'g', QLocale::FloatingPointShortest);
            }
        }
        text += QStringLiteral("\r\n");
    }
    return text.toUtf8();
}

QImage chartImage(const ChartContent& content, const ChartLook& look, const QSize& size, double scale) {
    QImage image((QSizeF(size) * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    image.fill(look.theme.color(look.ground));
    QPainter painter(&image);
    paintWhole(painter, content, look, size);
    return image;
}

QByteArray chartSvg(const ChartContent& content, const ChartLook& look, const QSize& size) {
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(0, 0), size));
    generator.setTitle(content.title);
    QPainter painter(&generator);
    paintWhole(painter, content, look, size);
    painter.end();
    return buffer.data();
}

QString chartFileName(const QString& title) {
    QString name;
    for (const QChar character : title.toLower()) {
        if (character.isLetterOrNumber()) {
            name += character;
        } else if (!name.isEmpty() && !name.endsWith(QLatin1Char('-'))) {
            name += QLatin1Char('-');
        }
    }
    name.truncate(80);
    while (name.endsWith(QLatin1Char('-'))) {
        name.chop(1);
    }
    return name.isEmpty() ? QStringLiteral("chart") : name;
}

void ChartTableModel::setContent(const ChartContent& content, const QTimeZone& zone, const QLocale& locale) {
    beginResetModel();
    content_ = content;
    table_ = chartTable(content);
    range_ = rangeOf(content);
    zone_ = zone;
    locale_ = locale;
    endResetModel();
}

int ChartTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(table_.times.size());
}

int ChartTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(table_.columns.size()) + 1;
}

QVariant ChartTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) {
        return {};
    }
    const qint64 time = table_.times[index.row()];
    if (role == UidRole) {
        return QString::number(time);
    }
    if (index.column() == 0) {
        if (role == CopyTextRole) {
            return isoTime(time);
        }
        return role == Qt::DisplayRole ? QVariant(cursorLabel(time, content_.to - content_.from, zone_, locale_))
                                       : QVariant();
    }
    const double value = table_.columns[index.column() - 1][index.row()];
    switch (role) {
        case Qt::DisplayRole:
            return readOut(value, range_.scale, locale_);
        case Qt::TextAlignmentRole:
            return QVariant(Qt::AlignRight | Qt::AlignVCenter);
        case CopyTextRole:
            return std::isfinite(value) ? QString::number(value, 'g', QLocale::FloatingPointShortest) : QString();
        default:
            return {};
    }
}

QVariant ChartTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section > table_.columns.size()) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant((section == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    return section == 0 ? tr("Time")
                        : columnTitle(content_.series[section - 1], content_, unitCaption(content_.unit, range_.scale));
}

}  // namespace quarterdeck::widgets
