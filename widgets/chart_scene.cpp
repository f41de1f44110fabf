#include "widgets/chart_scene.h"

#include <QGraphicsScene>
#include <QPainter>
#include <QtCharts/QAreaSeries>
#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>
#include <QtCharts/QValueAxis>
#include <algorithm>
#include <cmath>
#include <vector>

namespace quarterdeck::widgets {

namespace {

constexpr double kLineWidth = 1.5;
constexpr double kStrongLineWidth = 2;
constexpr double kAreaAlpha = 0.16;
constexpr double kBarShare = 0.8;
constexpr double kDipPx = 4;
constexpr int kBarPitch = 4;  // px; also the corners of a bar
constexpr double kNarrowestBar = 2;

// Qt's series of one of ours. Lines that are not joined need one each; those not needed stay, without points.
struct SeriesParts {
    SeriesStyle style = SeriesStyle::Line;
    std::vector<QLineSeries*> lines;
    QLineSeries* edge = nullptr;  // upper edge of the area; belongs to it
    QAreaSeries* area = nullptr;
    int given = 0;
};

QList<QPointF> offsets(const ChartRun& run, qint64 from) {
    QList<QPointF> points;
    points.reserve(run.size());
    for (const ChartPoint& point : run) {
        points.append({static_cast<double>(point.ms - from), point.value});
    }
    return points;
}

// One outline over all runs that rests on the base where nothing is to be filled. Dips narrower than `dipMs` are left
// out: they cannot be seen behind the line, and filling hundreds of them takes long.
QList<QPointF> areaOutline(const QVector<ChartRun>& runs, const ChartFrame& frame, qint64 dipMs) {
    QList<QPointF> points;
    for (const ChartRun& run : runs) {
        points.append({static_cast<double>(run.first().ms - frame.from()), frame.low()});
        for (qsizetype i = 0; i < run.size(); ++i) {
            const bool dip = i > 0 && i + 1 < run.size() && run[i].value < run[i - 1].value &&
                             run[i].value < run[i + 1].value && run[i + 1].ms - run[i - 1].ms <= dipMs;
            if (!dip) {
                points.append({static_cast<double>(run[i].ms - frame.from()), run[i].value});
            }
        }
        points.append({static_cast<double>(run.last().ms - frame.from()), frame.low()});
    }
    return points;
}

QList<QPointF> barOutline(const DrawnSeries& series, qint64 from, qint64 to) {
    QList<QPointF> points;
    const double half = static_cast<double>(series.barMs) / 2;
    const auto last = static_cast<double>(to - from);
    for (const ChartPoint& bar : series.bars) {
        const auto middle = static_cast<double>(bar.ms - from);
        const double left = std::clamp(middle - half, points.isEmpty() ? 0.0 : points.last().x(), last);
        const double right = std::clamp(middle + half, left, last);
        points << QPointF(left, 0) << QPointF(left, bar.value) << QPointF(right, bar.value) << QPointF(right, 0);
    }
    return points;
}

}  // namespace

QVector<DrawnSeries> drawnSeries(const ChartContent& content, const ChartFrame& frame, const ChartLook& look) {
    QVector<DrawnSeries> drawn;
    const int columns = std::max(1, static_cast<int>(frame.plot().width()));
    const qsizetype shown = std::min<qsizetype>(content.series.size(), kChartSeriesMax);
    for (qsizetype i = 0; i < shown; ++i) {
        const ChartSeries& series = content.series[i];
        DrawnSeries one;
        one.style = series.style == SeriesStyle::Area && content.series.size() > 1 ? SeriesStyle::Line : series.style;
        one.slot = slotOf(series, i);
        one.color = seriesColor(look, one.slot);
        if (one.style == SeriesStyle::Bars) {
            one.bars = reducedBars(series.points, frame.from(), frame.to(), columns / kBarPitch);
            const qint64 gap = gapOf(series);
            const qint64 usual = series.points.size() < 3 ? frame.duration(24) : gap / 3;
            one.barMs =
                std::max(static_cast<qint64>(static_cast<double>(usual) * kBarShare), frame.duration(kNarrowestBar));
        } else {
            const bool steps = one.style == SeriesStyle::Step;
            // Steps have two corners each, areas an outline besides the line: half the columns keep to the same limit.
            const int room = one.style == SeriesStyle::Line ? columns : (columns + 1) / 2;
            one.runs = reduced(series.points, frame.from(), frame.to(), room, gapOf(series), steps);
            if (steps) {
                std::transform(one.runs.cbegin(), one.runs.cend(), one.runs.begin(), stepped);
            }
        }
        drawn.append(one);
    }
    return drawn;
}

struct ChartScene::Parts {
    QGraphicsScene scene;
    QChart* chart = new QChart;  // the scene's
    QValueAxis* timeAxis = new QValueAxis;
    QValueAxis* valueAxis = new QValueAxis;
    std::vector<SeriesParts> series;
    QSizeF size;
    int rebuilds = 0;

    Parts() {
        scene.setItemIndexMethod(QGraphicsScene::NoIndex);
        chart->setAnimationOptions(QChart::NoAnimation);
        chart->setBackgroundVisible(false);
        chart->setPlotAreaBackgroundVisible(false);
        chart->legend()->hide();
        chart->setMargins({});
        chart->layout()->setContentsMargins(0, 0, 0, 0);
        for (QValueAxis* axis : {timeAxis, valueAxis}) {
            axis->setVisible(false);
        }
        chart->addAxis(timeAxis, Qt::AlignBottom);
        chart->addAxis(valueAxis, Qt::AlignLeft);
        scene.addItem(chart);
    }

    void attach(QAbstractSeries* added) {
        chart->addSeries(added);
        added->attachAxis(timeAxis);
        added->attachAxis(valueAxis);
    }

    bool fits(const QVector<DrawnSeries>& drawn) const {
        return std::equal(series.cbegin(), series.cend(), drawn.cbegin(), drawn.cend(),
                          [](const SeriesParts& own, const DrawnSeries& other) { return own.style == other.style; });
    }

    void rebuild(const QVector<DrawnSeries>& drawn) {
        ++rebuilds;
        chart->removeAllSeries();
        series.clear();
        for (const DrawnSeries& one : drawn) {
            SeriesParts parts;
            parts.style = one.style;
            if (one.style == SeriesStyle::Area || one.style == SeriesStyle::Bars) {
                parts.edge = new QLineSeries;
                parts.area = new QAreaSeries(parts.edge);
                parts.edge->setParent(parts.area);
                attach(parts.area);
            }
            series.push_back(parts);
        }
    }
};

ChartScene::ChartScene() : parts_(std::make_unique<Parts>()) {}

ChartScene::~ChartScene() = default;

void ChartScene::show(const QVector<DrawnSeries>& series, const ChartFrame& frame, const QSizeF& size) {
    Parts& p = *parts_;
    if (p.rebuilds == 0 || !p.fits(series)) {
        p.rebuild(series);
    }
    p.size = size;
    p.scene.setSceneRect(QRectF(QPointF(0, 0), size));
    p.chart->setGeometry(QRectF(QPointF(0, 0), size));
    p.chart->setPlotArea(frame.plot());
    p.timeAxis->setRange(0, static_cast<double>(frame.to() - frame.from()));
    p.valueAxis->setRange(frame.low(), frame.high());
    for (std::size_t i = 0; i < p.series.size(); ++i) {
        SeriesParts& own = p.series[i];
        const DrawnSeries& drawn = series[static_cast<qsizetype>(i)];
        own.given = 0;
        if (own.area != nullptr) {
            const bool bars = own.style == SeriesStyle::Bars;
            const QList<QPointF> outline = bars ? barOutline(drawn, frame.from(), frame.to())
                                                : areaOutline(drawn.runs, frame, frame.duration(kDipPx));
            own.edge->replace(outline);
            own.given += static_cast<int>(outline.size());
            QColor fill = drawn.color;
            fill.setAlphaF(bars ? 1.0F : static_cast<float>(kAreaAlpha));
            own.area->setPen(Qt::NoPen);
            own.area->setBrush(fill);
        }
        QPen pen(drawn.color, frame.strong() ? kStrongLineWidth : kLineWidth);
        pen.setJoinStyle(Qt::RoundJoin);
        pen.setCapStyle(seriesDashes(drawn.slot).isEmpty() ? Qt::RoundCap : Qt::FlatCap);
        if (!seriesDashes(drawn.slot).isEmpty()) {
            pen.setDashPattern(seriesDashes(drawn.slot));
        }
        std::size_t used = 0;
        for (const ChartRun& run : drawn.runs) {
            if (run.size() < 2) {
                continue;  // a dot, painted with the marks
            }
            if (used == own.lines.size()) {
                own.lines.push_back(new QLineSeries);
                p.attach(own.lines.back());
            }
            own.lines[used]->replace(offsets(run, frame.from()));
            own.lines[used]->setPen(pen);
            own.given += static_cast<int>(run.size());
            ++used;
        }
        for (; used < own.lines.size(); ++used) {
            own.lines[used]->clear();
        }
    }
    p.chart->layout()->activate();
}

void ChartScene::paint(QPainter& painter) {
    const QRectF area(QPointF(0, 0), parts_->size);
    parts_->scene.render(&painter, area, area);
}

int ChartScene::pointsGiven(int series) const {
    return series >= 0 && series < static_cast<int>(parts_->series.size())
               ? parts_->series[static_cast<std::size_t>(series)].given
               : 0;
}

int ChartScene::rebuilds() const {
    return parts_->rebuilds;
}

}  // namespace quarterdeck::widgets
