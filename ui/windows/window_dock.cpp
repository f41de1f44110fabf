#include "ui/windows/window_dock.h"

#include <QAction>
#include <QStringList>

#include "ui/actions/action_registry.h"
#include "ui/text/error_text.h"
#include "ui/view_memory.h"
#include "ui/windows/desk.h"
#include "ui/windows/jobs_pane.h"
#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/progress_bar.h"

namespace quarterdeck::ui {

using widgets::Role;
using widgets::TextLabel;
using widgets::TextSize;

namespace {

constexpr auto kPart = "dock";
constexpr int kHighest = 4000;

QString jobsId() {
    return QStringLiteral("jobs");
}

}  // namespace

WindowDock::WindowDock(Desk& desk, ActionRegistry& actions, ViewMemory& memory, QWidget* parent)
    : Dock(parent), desk_(desk), memory_(memory) {
    setObjectName(QStringLiteral("dock"));
    setAccessibleName(tr("Dock"));
    jobs_ = new JobsPane(desk_, this);
    addPane(jobsId(), tr("Jobs"), QStringLiteral("loader"), jobs_);
    const auto label = [this](const char* name) {
        auto* made = new TextLabel({}, TextSize::Secondary, Role::TextMuted, QFont::Normal, this);
        made->setObjectName(QString::fromUtf8(name));
        made->setElideMode(Qt::ElideRight);
        return made;
    };
    message_ = label("status.message");
    addToStrip(message_, 1);
    job_ = label("dock.job");
    addToStrip(job_);
    bar_ = new widgets::ProgressBar(this);
    bar_->setObjectName(QStringLiteral("dock.job.bar"));
    addToStrip(bar_);
    share_ = label("dock.job.share");
    addToStrip(share_);
    clock_ = new widgets::Button({}, {}, widgets::ButtonKind::Ghost, this);
    clock_->setObjectName(QStringLiteral("status.clock"));
    clock_->setButtonSize(widgets::ButtonSize::Small);
    QAction* utc = actions.action("view.utc");
    clock_->setToolTip(
        tr("Switch between local time and UTC  %1").arg(utc->shortcut().toString(QKeySequence::NativeText)));
    connect(clock_, &QAbstractButton::clicked, utc, &QAction::trigger);
    addToStrip(clock_);
    recall();
    QAction* open = actions.action("view.dock");
    open->setChecked(isOpen());
    connect(open, &QAction::triggered, this, [this, open] { setOpen(open->isChecked()); });
    connect(this, &Dock::openChanged, this, [this, open](bool isOpen) {
        open->setChecked(isOpen);
        remember();
    });
    connect(this, &Dock::openHeightChanged, this, &WindowDock::remember);
    connect(&desk_.jobs(), &jobs::JobRunner::changed, this, &WindowDock::refreshJobs);
    refreshJobs();
}

void WindowDock::recall() {
    const QStringList words = fromUtf8(memory_.get(kPart)).split(QLatin1Char(' '));
    const int height = words.size() == 2 ? words[1].toInt() : 0;
    if (height > 0 && height < kHighest) {
        setOpenHeight(height);
        setOpen(words[0] == QStringLiteral("open"));
    }
}

void WindowDock::remember() {
    memory_.put(kPart, (isOpen() ? "open " : "closed ") + std::to_string(openHeight()));
}

void WindowDock::setTime(Instant now, ZoneChoice zone) {
    clock_->setText(clockTime(now, zone));
    clock_->setAccessibleName(tr("Clock: %1. Switches between local time and UTC").arg(clock_->text()));
    jobs_->setTime(now, zone);
}

void WindowDock::say(const QString& message) {
    message_->setText(message);
    message_->setAccessibleName(message);
}

void WindowDock::refreshJobs() {
    const std::size_t active = desk_.jobs().active();
    setBadge(jobsId(), {active > 0 ? QString::number(active) : QString(), widgets::Tone::None});
    const jobs::Job* newest = nullptr;
    for (const jobs::Job& job : desk_.jobs().jobs()) {
        newest = job.state == jobs::JobState::Running ? &job : newest;
    }
    job_->setVisible(newest != nullptr);
    bar_->setVisible(newest != nullptr);
    share_->setVisible(newest != nullptr && newest->progress.has_value());
    if (newest != nullptr) {
        const QString title = fromUtf8(escapeForDisplay(newest->title));
        job_->setText(title);
        bar_->setShare(newest->progress);
        bar_->setAccessibleName(tr("Progress of %1").arg(title));
        share_->setText(bar_->shareText());
    }
}

}  // namespace quarterdeck::ui
