#include "widgets/chart_cursor.h"

namespace quarterdeck::widgets {

void ChartCursor::setTime(qint64 ms) {
    if (time_ != ms) {
        time_ = ms;
        Q_EMIT changed();
    }
}

void ChartCursor::clear() {
    if (time_) {
        time_.reset();
        Q_EMIT changed();
    }
}

}  // namespace quarterdeck::widgets
