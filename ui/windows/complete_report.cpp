#include "ui/windows/complete_report.h"

#include <cstdio>

#include <QEvent>

namespace quarterdeck::ui {

CompleteReport::CompleteReport(MainWindow& window, QObject* parent) : QObject(parent), window_(window) {
    connect(&window_, &MainWindow::pageStateChanged, this, &CompleteReport::look);
    look();
}

void CompleteReport::look() {
    if (!awaitsFrame_ && window_.page()->isComplete()) {
        awaitsFrame_ = true;
        window_.installEventFilter(this);
        window_.page()->update();
    }
}

bool CompleteReport::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::UpdateRequest) {
        window_.removeEventFilter(this);
        // Queued: after this frame is on the screen.
        QMetaObject::invokeMethod(this, &CompleteReport::onFrame, Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

void CompleteReport::onFrame() {
    awaitsFrame_ = false;
    if (!window_.page()->isComplete()) {
        return;  // it changed meanwhile; the next change calls again
    }
    disconnect(&window_, nullptr, this, nullptr);
    std::printf("complete %s %d\n", window_.page()->id().c_str(), window_.page()->rows());
    std::fflush(stdout);
}

}  // namespace quarterdeck::ui
