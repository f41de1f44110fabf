#include "widgets/chart_reduce.h"

#include <algorithm>
#include <cmath>

namespace quarterdeck::widgets {

namespace {

class Columns {
public:
    Columns(qint64 from, qint64 to, int columns)
        : from_(from),
          count_(std::max(1, columns)),
          perMs_(count_ / static_cast<double>(std::max<qint64>(1, to - from))) {}

    int of(qint64 ms) const {
        return std::clamp(static_cast<int>(static_cast<double>(ms - from_) * perMs_), 0, count_ - 1);
    }

private:
    qint64 from_;
    int count_;
    double perMs_;
};

ChartPoint onEdge(const ChartPoint& a, const ChartPoint& b, qint64 edge, bool steps) {
    if (steps) {
        return {edge, a.value};
    }
    const double share = static_cast<double>(edge - a.ms) / static_cast<double>(b.ms - a.ms);
    return {edge, a.value + (b.value - a.value) * share};
}

// Takes points in the order of time and keeps the extremes of each column of each run.
class Reducer {
public:
    explicit Reducer(const Columns& columns) : columns_(columns) {}

    void add(const ChartPoint& point) {
        const int column = columns_.of(point.ms);
        if (!open_) {
            open_ = true;
            flushed_ = true;
            runs_.append(ChartRun());
            keep(point);
        } else if (column != column_) {
            flush();
        }
        if (flushed_) {
            lowest_ = highest_ = point;
            flushed_ = false;
        } else if (point.value < lowest_.value) {
            lowest_ = point;
        } else if (point.value > highest_.value) {
            highest_ = point;
        }
        column_ = column;
        last_ = point;
    }

    void gap(qint64 nextMs) {
        // A gap inside one pixel column cannot be seen: the run goes on.
        if (!open_ || columns_.of(nextMs) == column_) {
            return;
        }
        flush();
        keep(last_);
        open_ = false;
    }

    QVector<ChartRun> take() {
        if (open_) {
            flush();
            keep(last_);
        }
        return std::move(runs_);
    }

private:
    void keep(const ChartPoint& point) {
        ChartRun& run = runs_.last();
        if (run.isEmpty() || run.last().ms < point.ms || run.last().value != point.value) {
            run.append(point);
        }
    }

    void flush() {
        if (flushed_) {
            return;
        }
        const bool lowFirst = lowest_.ms <= highest_.ms;
        keep(lowFirst ? lowest_ : highest_);
        keep(lowFirst ? highest_ : lowest_);
        flushed_ = true;
    }

    Columns columns_;
    QVector<ChartRun> runs_;
    ChartPoint lowest_;
    ChartPoint highest_;
    ChartPoint last_;
    int column_ = -1;
    bool open_ = false;
    bool flushed_ = true;
};

}  // namespace

QVector<ChartRun> reduced(const QVector<ChartPoint>& points, qint64 from, qint64 to, int columns, qint64 gapMs,
                          bool steps) {
    Reducer reducer(Columns(from, to, columns));
    const ChartPoint* previous = nullptr;
    for (const ChartPoint& point : points) {
        if (!std::isfinite(point.value)) {
            previous = nullptr;
            continue;
        }
        const bool joined = previous != nullptr && point.ms - previous->ms <= gapMs;
        if (point.ms < from) {
            previous = &point;
            continue;
        }
        const bool entersHere = previous != nullptr && previous->ms < from;
        if (joined && entersHere && point.ms > from) {
            reducer.add(onEdge(*previous, point, from, steps));
        }
        if (point.ms > to) {
            if (joined && previous->ms < to) {
                reducer.add(onEdge(*previous, point, to, steps));
            }
            break;
        }
        if (!joined) {
            reducer.gap(point.ms);
        }
        reducer.add(point);
        previous = &point;
    }
    return reducer.take();
}

ChartRun stepped(const ChartRun& run) {
    ChartRun corners;
    corners.reserve(run.size() * 2);
    for (const ChartPoint& point : run) {
        if (!corners.isEmpty() && corners.last().value != point.value) {
            corners.append({point.ms, corners.last().value});
        }
        corners.append(point);
    }
    return corners;
}

QVector<ChartPoint> reducedBars(const QVector<ChartPoint>& points, qint64 from, qint64 to, int columns) {
    const Columns pixels(from, to, columns);
    QVector<ChartPoint> kept;
    int column = -1;
    for (const ChartPoint& point : points) {
        if (point.ms < from || point.ms > to || !std::isfinite(point.value)) {
            continue;
        }
        if (kept.isEmpty() || pixels.of(point.ms) != column) {
            kept.append(point);
        } else if (std::abs(point.value) > std::abs(kept.last().value)) {
            kept.last() = point;
        }
        column = pixels.of(point.ms);
    }
    return kept;
}

}  // namespace quarterdeck::widgets
