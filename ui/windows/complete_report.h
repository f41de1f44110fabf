#pragma once

#include <QObject>

#include "ui/windows/main_window.h"

namespace quarterdeck::ui {

/// Writes one line, "complete PAGE ROWS", to standard output as soon as a frame with all rows of the page in front is
/// on the screen: for measuring how long that takes. The window outlives it.
class CompleteReport : public QObject {
    Q_OBJECT
public:
    explicit CompleteReport(MainWindow& window, QObject* parent = nullptr);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void look();
    void onFrame();

    MainWindow& window_;
    bool awaitsFrame_ = false;
};

}  // namespace quarterdeck::ui
