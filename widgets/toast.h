#pragma once

#include <QFrame>
#include <QPointer>
#include <QTimer>
#include <QVector>
#include <chrono>
#include <functional>

#include "widgets/theme.h"

namespace quarterdeck::widgets {

class Button;

// What a toast says.
struct ToastSpec {
    Tone tone = Tone::Info;
    QString text;    // one sentence, plain
    QString action;  // "Undo"; empty: no button
    std::function<void()> run;
};

// One short message that goes by itself. Made by ToastHost.
class Toast : public QFrame {
    Q_OBJECT
public:
    Toast(const ToastSpec& spec, std::chrono::milliseconds duration, QWidget* parent);

    QString text() const { return spec_.text; }
    bool hasAction() const { return !spec_.action.isEmpty(); }
    void runAction();

Q_SIGNALS:
    // It wants to go.
    void finished();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void onTimeout();

    ToastSpec spec_;
    QTimer timer_;
    bool over_ = false;
};

// Shows toasts at the bottom right of a part of the window, 360 px wide, the newest lowest, three at most. A toast goes
// after 8 s, but not while the pointer or the keyboard's focus is on it. Each is announced to screen readers.
class ToastHost : public QObject {
    Q_OBJECT
public:
    // Over `area`, as children of its window.
    explicit ToastHost(QWidget* area);

    void show(const ToastSpec& spec);
    // For the next ones.
    void setDuration(std::chrono::milliseconds duration) { duration_ = duration; }
    // The newest toast's action, as if its button were pressed; false where there is none.
    bool runNewestAction();
    QVector<Toast*> toasts() const { return toasts_; }

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void remove(Toast* toast);
    void arrange();

    QWidget* area_;
    QVector<Toast*> toasts_;
    std::chrono::milliseconds duration_{8000};
};

}  // namespace quarterdeck::widgets
