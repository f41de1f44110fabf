#pragma once

#include <QWidget>

#include "app/jobs/job.h"
#include "ui/text/time_display.h"
#include "ui/windows/desk.h"

namespace quarterdeck::widgets {
class Button;
class IconLabel;
class Pill;
class ProgressBar;
class TextLabel;
}  // namespace quarterdeck::widgets

namespace quarterdeck::ui {

/// A job in the dock: state, title, context, what it does or how it ended, progress, time, and what can be done.
class JobRow : public QWidget {
    Q_OBJECT
public:
    explicit JobRow(jobs::JobId id, QWidget* parent = nullptr);

    void show(const jobs::Job& job, Instant now, ZoneChoice zone);

signals:
    void cancelRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* statePlace_ = nullptr;  ///< so that titles begin at one edge
    widgets::Pill* state_ = nullptr;
    widgets::TextLabel* title_ = nullptr;
    widgets::TextLabel* context_ = nullptr;
    widgets::TextLabel* text_ = nullptr;
    widgets::ProgressBar* bar_ = nullptr;
    widgets::TextLabel* share_ = nullptr;
    widgets::TextLabel* time_ = nullptr;
    widgets::Button* cancel_ = nullptr;
    widgets::Button* copy_ = nullptr;
    QString error_;
};

/// A sentence the window said.
class MessageRow : public QWidget {
    Q_OBJECT
public:
    explicit MessageRow(const Message& message, QWidget* parent = nullptr);

    void show(const Message& message, ZoneChoice zone);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    widgets::TextLabel* time_ = nullptr;
};

}  // namespace quarterdeck::ui
