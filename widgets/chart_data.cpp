#include "widgets/chart_data.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace quarterdeck::widgets {

namespace {

constexpr qint64 kMinuteMs = 60'000;

bool before(const ChartPoint& a, const ChartPoint& b) {
    return a.ms < b.ms;
}

// Characters that would break the line or turn its direction.
bool steersText(QChar character) {
    const char16_t code = character.unicode();
    return character.category() == QChar::Other_Control || code == 0x061C || (code >= 0x200E && code <= 0x200F) ||
           (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

void tidy(QString& text) {
    for (QChar& character : text) {
        if (steersText(character)) {
            character = QChar(0x00B7);
        }
    }
}

}  // namespace

bool sameShape(const ChartContent& a, const ChartContent& b) {
    return std::equal(a.series.cbegin(), a.series.cend(), b.series.cbegin(), b.series.cend(),
                      [](const ChartSeries& x, const ChartSeries& y) {
                          return x.id == y.id && x.style == y.style && x.slot == y.slot;
                      });
}

qint64 gapOf(const ChartSeries& series) {
    if (series.gapMs > 0) {
        return series.gapMs;
    }
    if (series.points.size() < 3) {
        return std::numeric_limits<qint64>::max();
    }
    std::vector<qint64> distances;
    distances.reserve(static_cast<std::size_t>(series.points.size()));
    for (qsizetype i = 1; i < series.points.size(); ++i) {
        distances.push_back(series.points[i].ms - series.points[i - 1].ms);
    }
    const auto middle = distances.begin() + static_cast<std::ptrdiff_t>((distances.size() - 1) / 2);
    std::nth_element(distances.begin(), middle, distances.end());
    return std::max<qint64>(1, *middle * 3);
}

int slotOf(const ChartSeries& series, qsizetype index) {
    return series.slot >= 1 && series.slot <= kChartSeriesMax ? series.slot
                                                              : static_cast<int>(index % kChartSeriesMax) + 1;
}

std::optional<ChartStatistics> statisticsOf(const ChartSeries& series, qint64 from, qint64 to) {
    std::optional<ChartStatistics> found;
    for (const ChartPoint& point : series.points) {
        if (point.ms < from || point.ms > to || !std::isfinite(point.value)) {
            continue;
        }
        if (!found) {
            found = ChartStatistics{point.value, point.value, point};
        }
        found->lowest = std::min(found->lowest, point.value);
        found->highest = std::max(found->highest, point.value);
        found->last = point;
    }
    return found;
}

std::optional<ChartPoint> pointAt(const ChartSeries& series, qint64 ms, qint64 slackMs) {
    const qint64 gap = gapOf(series);
    const qint64 reach = std::max(slackMs, gap == std::numeric_limits<qint64>::max() ? kMinuteMs : gap / 2);
    const auto& points = series.points;
    const auto after = std::lower_bound(points.cbegin(), points.cend(), ChartPoint{ms, 0}, before);
    std::optional<ChartPoint> best;
    const auto offer = [&](const ChartPoint& point) {
        const qint64 distance = std::abs(point.ms - ms);
        if (distance <= reach && std::isfinite(point.value) && (!best || distance < std::abs(best->ms - ms))) {
            best = point;
        }
    };
    for (auto it = after; it != points.cend() && it->ms - ms <= reach; ++it) {
        offer(*it);
        if (best) {
            break;
        }
    }
    for (auto it = after; it != points.cbegin() && ms - std::prev(it)->ms <= reach; --it) {
        offer(*std::prev(it));
        if (std::isfinite(std::prev(it)->value)) {
            break;
        }
    }
    return best;
}

ChartContent tidied(ChartContent content) {
    content.to = std::max(content.to, content.from + 1);
    for (ChartSeries& series : content.series) {
        if (!std::is_sorted(series.points.cbegin(), series.points.cend(), before)) {
            std::stable_sort(series.points.begin(), series.points.end(), before);
        }
        series.gapMs = gapOf(series);
        tidy(series.name);
    }
    for (ChartThreshold& threshold : content.thresholds) {
        tidy(threshold.words);
    }
    for (ChartMark& mark : content.marks) {
        tidy(mark.words);
    }
    for (ChartSpan& span : content.spans) {
        tidy(span.words);
    }
    for (QString* text :
         {&content.title, &content.unit.words, &content.query, &content.message, &content.cause, &content.staleWords}) {
        tidy(*text);
    }
    return content;
}

}  // namespace quarterdeck::widgets
