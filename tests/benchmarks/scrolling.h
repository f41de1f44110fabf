#pragma once

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <functional>
#include <vector>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QScrollBar>
#include <QThread>
#include <QWheelEvent>

#include "widgets/table_view.h"

namespace quarterdeck::benchmarks {

/// Processor time of this thread, so that a busy machine does not count.
inline double threadMs() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

inline double percentile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(static_cast<double>(values.size() - 1) * share)];
}

/// Frames of a table that somebody scrolls.
struct Scrolling {
    std::vector<double> frames;  ///< milliseconds of work each, painting included
    int moved = 0;               ///< frames in which the rows moved
};

/// Scrolls for so long, a frame each 16 ms: two seconds of the wheel, then keys, and so on; the other way at an end.
/// `before` is part of the frame and gets the milliseconds since the beginning.
inline Scrolling scrollFor(widgets::TableView& view, int seconds, const std::function<void(qint64)>& before) {
    constexpr int kFrameMs = 16;
    Scrolling scrolling;
    QWidget* viewport = view.viewport();
    const QScrollBar* bar = view.verticalScrollBar();
    bool up = false;
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < seconds * 1000) {
        const qint64 frameEnd = (clock.elapsed() / kFrameMs + 1) * kFrameMs;
        const double begin = threadMs();
        before(clock.elapsed());
        const int place = bar->value();
        if (clock.elapsed() / 1000 % 3 < 2) {
            const QPointF pointer(400, 300);
            QWheelEvent wheel(pointer, viewport->mapToGlobal(pointer), {}, QPoint(0, up ? 240 : -240), Qt::NoButton,
                              Qt::NoModifier, Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(viewport, &wheel);
        } else {
            QKeyEvent key(QEvent::KeyPress, up ? Qt::Key_PageUp : Qt::Key_PageDown, Qt::NoModifier);
            QCoreApplication::sendEvent(&view, &key);
        }
        scrolling.moved += bar->value() != place ? 1 : 0;
        up = bar->value() == bar->maximum() || (up && bar->value() != bar->minimum());
        QCoreApplication::processEvents();
        scrolling.frames.push_back(threadMs() - begin);
        if (const qint64 rest = frameEnd - clock.elapsed(); rest > 0) {
            QThread::msleep(static_cast<unsigned long>(rest));
        }
    }
    return scrolling;
}

}  // namespace quarterdeck::benchmarks
