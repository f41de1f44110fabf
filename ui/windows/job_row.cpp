#include "ui/windows/job_row.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>

#include "ui/text/error_text.h"
#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/pill.h"
#include "widgets/progress_bar.h"
#include "widgets/style.h"

namespace quarterdeck::ui {

using jobs::JobState;
using widgets::Role;
using widgets::TextLabel;
using widgets::TextSize;
using widgets::Tone;

namespace {

constexpr int kRow = 36;
constexpr int kStateWidth = 104;

QString stateWord(const jobs::Job& job) {
    if (job.cancelling) {
        return JobRow::tr("Cancelling");
    }
    switch (job.state) {
        case JobState::Queued:
            return JobRow::tr("Waiting");
        case JobState::Running:
            return JobRow::tr("Running");
        case JobState::Done:
            return JobRow::tr("Done");
        case JobState::Failed:
            return JobRow::tr("Failed");
        case JobState::Cancelled:
            return JobRow::tr("Cancelled");
    }
    return {};
}

Tone stateTone(JobState state) {
    switch (state) {
        case JobState::Queued:
        case JobState::Running:
            return Tone::Progress;
        case JobState::Done:
            return Tone::Good;
        case JobState::Failed:
            return Tone::Critical;
        case JobState::Cancelled:
            return Tone::Unknown;
    }
    return Tone::Unknown;
}

void paintLine(QWidget* row) {
    QPainter painter(row);
    painter.fillRect(0, row->height() - 1, row->width(), 1, widgets::themeOf(row).color(Role::Border));
}

QHBoxLayout* rowLayout(QWidget* row) {
    row->setFixedHeight(widgets::scaledPx(row, kRow));
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(16, 0, 16, 1);
    layout->setSpacing(12);
    return layout;
}

TextLabel* mutedLabel(QWidget* parent) {
    return new TextLabel({}, TextSize::Secondary, Role::TextMuted, QFont::Normal, parent);
}

}  // namespace

JobRow::JobRow(jobs::JobId id, QWidget* parent) : QWidget(parent) {
    const QString name = QStringLiteral("job.%1").arg(id);
    setObjectName(name);
    QHBoxLayout* layout = rowLayout(this);
    state_ = new widgets::Pill(this);
    state_->setObjectName(name + QStringLiteral(".state"));
    statePlace_ = new QWidget(this);
    statePlace_->setFixedWidth(widgets::scaledPx(this, kStateWidth));
    auto* placeLayout = new QHBoxLayout(statePlace_);
    placeLayout->setContentsMargins(0, 0, 0, 0);
    placeLayout->addWidget(state_);
    placeLayout->addStretch(1);
    layout->addWidget(statePlace_);
    title_ = new TextLabel({}, TextSize::Body, Role::Text, QFont::DemiBold, this);
    title_->setElideMode(Qt::ElideRight);
    layout->addWidget(title_);
    context_ = mutedLabel(this);
    context_->setElideMode(Qt::ElideMiddle);
    layout->addWidget(context_);
    text_ = mutedLabel(this);
    text_->setElideMode(Qt::ElideRight);
    layout->addWidget(text_, 1);
    bar_ = new widgets::ProgressBar(this);
    layout->addWidget(bar_);
    share_ = mutedLabel(this);
    layout->addWidget(share_);
    time_ = mutedLabel(this);
    layout->addWidget(time_);
    cancel_ = widgets::makeButton(tr("Cancel"), QStringLiteral("x"), widgets::ButtonKind::Secondary, this);
    cancel_->setObjectName(name + QStringLiteral(".cancel"));
    cancel_->setButtonSize(widgets::ButtonSize::Small);
    connect(cancel_, &QAbstractButton::clicked, this, &JobRow::cancelRequested);
    layout->addWidget(cancel_);
    copy_ = widgets::makeButton(tr("Copy error"), QStringLiteral("copy"), widgets::ButtonKind::Secondary, this);
    copy_->setObjectName(name + QStringLiteral(".copy"));
    copy_->setButtonSize(widgets::ButtonSize::Small);
    connect(copy_, &QAbstractButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(error_); });
    layout->addWidget(copy_);
}

void JobRow::show(const jobs::Job& job, Instant now, ZoneChoice zone) {
    const QString title = fromUtf8(escapeForDisplay(job.title));
    title_->setText(title);
    const QString context = fromUtf8(escapeForDisplay(job.context));
    context_->setVisible(!context.isEmpty() && !title.contains(context));
    context_->setText(context);
    state_->setText(stateWord(job));
    state_->setTone(stateTone(job.state));
    const QString text = job.error ? errorText(*job.error) : fromUtf8(escapeForDisplay(job.text));
    text_->setText(text);
    const bool running = job.state == JobState::Running;
    bar_->setVisible(running);
    bar_->setShare(job.progress);
    bar_->setAccessibleName(tr("Progress of %1").arg(title));
    share_->setVisible(running && job.progress.has_value());
    share_->setText(bar_->shareText());
    const Instant until = job.ended() ? job.finished : now;
    time_->setText(job.ended() ? tr("%1, took %2").arg(clockTime(job.finished, zone), ageText(job.started, until))
                               : ageText(std::min(job.started, until), until));
    time_->setToolTip(isoTime(job.started, zone));
    cancel_->setVisible(!job.ended());
    cancel_->setEnabled(!job.cancelling);
    cancel_->setAccessibleName(tr("Cancel: %1").arg(title));
    copy_->setVisible(job.error.has_value());
    copy_->setAccessibleName(tr("Copy the error of: %1").arg(title));
    if (job.error) {
        error_ = title + QLatin1Char('\n') + text + QLatin1Char('\n') + errorDetails(*job.error);
    }
}

void JobRow::paintEvent(QPaintEvent*) {
    paintLine(this);
}

void JobRow::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange && statePlace_ != nullptr) {
        setFixedHeight(widgets::scaledPx(this, kRow));
        statePlace_->setFixedWidth(widgets::scaledPx(this, kStateWidth));
    }
}

MessageRow::MessageRow(const Message& message, QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("message.%1").arg(message.id));
    QHBoxLayout* layout = rowLayout(this);
    const QString icon = widgets::toneIconName(message.tone);
    layout->addWidget(new widgets::IconLabel(icon.isEmpty() ? QStringLiteral("info") : icon,
                                             widgets::toneTextRole(message.tone), 16, this));
    auto* text = new TextLabel(message.text, TextSize::Secondary, Role::Text, QFont::Normal, this);
    text->setElideMode(Qt::ElideRight);
    text->setFocusPolicy(Qt::NoFocus);
    layout->addWidget(text, 1);
    time_ = mutedLabel(this);
    layout->addWidget(time_);
}

void MessageRow::show(const Message& message, ZoneChoice zone) {
    time_->setText(clockTime(message.at, zone));
    time_->setToolTip(isoTime(message.at, zone));
}

void MessageRow::paintEvent(QPaintEvent*) {
    paintLine(this);
}

void MessageRow::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        setFixedHeight(widgets::scaledPx(this, kRow));
    }
}

}  // namespace quarterdeck::ui
