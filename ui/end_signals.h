#pragma once

#include <functional>

#include <QObject>

class QSocketNotifier;

namespace quarterdeck::ui {

/// Ctrl+C in the terminal, its end, and a polite request to end (SIGINT, SIGHUP, SIGTERM) reach the event loop as a
/// call with the signal's number, once; the next signal ends the program at once. What is ignored at the start (nohup)
/// stays so. One at a time.
class EndSignals : public QObject {
    Q_OBJECT
public:
    explicit EndSignals(std::function<void(int signal)> asked, QObject* parent = nullptr);
    /// The signals mean what they meant before.
    ~EndSignals() override;

private:
    void restore();

    std::function<void(int)> asked_;
    QSocketNotifier* notifier_ = nullptr;
};

}  // namespace quarterdeck::ui
