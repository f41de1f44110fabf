#include "ui/windows/desk.h"

#include <algorithm>

#include "app/session/cluster_session.h"
#include "app/session/session_hub.h"
#include "ui/text/error_text.h"
#include "ui/text/time_display.h"
#include "ui/windows/connection_jobs.h"

namespace quarterdeck::ui {

namespace {

constexpr std::size_t kMostMessages = 100;
/// Nobody waits elsewhere for what is done at once.
constexpr std::chrono::seconds kLongJob{10};

QString severalLost(const std::vector<Notice>& all) {
    return Desk::tr("%n contexts do not answer: %1", nullptr, static_cast<int>(all.size())).arg(subjectsOf(all));
}

QString severalBack(const std::vector<Notice>& all) {
    return Desk::tr("%n contexts answer again: %1", nullptr, static_cast<int>(all.size())).arg(subjectsOf(all));
}

QString severalJobs(const std::vector<Notice>& all) {
    const auto failed =
        std::count_if(all.begin(), all.end(), [](const Notice& one) { return one.urgency == Urgency::Critical; });
    const QString names = subjectsOf(all);
    const auto count = static_cast<int>(all.size());
    return failed == 0 ? Desk::tr("%n jobs are done: %1", nullptr, count).arg(names)
                       : Desk::tr("%n jobs have ended, %1 failed: %2", nullptr, count).arg(failed).arg(names);
}

widgets::Tone toneOf(Urgency urgency) {
    return urgency == Urgency::Critical ? widgets::Tone::Warning : widgets::Tone::Info;
}

}  // namespace

Desk::Desk(session::SessionHub& hub, Options options, QObject* parent)
    : QObject(parent),
      hub_(hub),
      clock_(options.clock),
      runner_({options.clock, 8, 100}),
      notices_({options.clock, std::move(options.sink), std::move(options.active)}) {
    new ConnectionJobs(hub_, runner_, this);
    connect(&runner_, &jobs::JobRunner::ended, this, &Desk::onJobEnded);
    connect(&notices_, &NoticeCenter::noticed, this, [this](const Notice& notice) {
        remember(toneOf(notice.urgency),
                 notice.text.isEmpty() ? notice.title : notice.title + QStringLiteral(" ") + notice.text);
    });
    ticker_.setInterval(1000);
    connect(&ticker_, &QTimer::timeout, this, &Desk::watchContexts);
    ticker_.start();
}

Desk::~Desk() = default;

void Desk::remember(widgets::Tone tone, const QString& text) {
    messages_.push_back({++lastMessage_, clock_->now(), tone, text});
    if (messages_.size() > kMostMessages) {
        messages_.pop_front();
    }
    emit messagesChanged();
}

void Desk::watchContexts() {
    std::vector<OutageTracker::State> open;
    for (const session::ClusterSession* session : hub_.sessions()) {
        open.push_back({session->contextId(), session->status().state, session->status().since});
    }
    const Instant now = clock_->now();
    for (const OutageTracker::News& news : outages_.look(open, now)) {
        const QString context = fromUtf8(news.context);
        Notice notice;
        notice.place.page = "fleet";
        notice.subject = context;
        notice.together = news.back ? severalBack : severalLost;
        if (news.back) {
            notice.id = "context.back";
            notice.group = "contexts.back";
            notice.title = tr("%1 answers again.").arg(context);
            notice.text = tr("It was out of reach for %1.").arg(ageText(news.since, now));
        } else {
            notice.id = "context.lost";
            notice.group = "contexts.lost";
            notice.title = tr("%1 does not answer.").arg(context);
            const auto& error = hub_.session(news.context)->status().error;
            notice.text = error ? shortErrorText(*error) : QString();
            notice.urgency = Urgency::Critical;
        }
        notices_.post(std::move(notice));
    }
}

void Desk::onJobEnded(jobs::JobId id) {
    const jobs::Job* job = runner_.job(id);
    if (job == nullptr || job->state == jobs::JobState::Cancelled || job->finished - job->started <= kLongJob) {
        return;
    }
    Notice notice;
    notice.id = "job.ended";
    notice.group = "jobs";
    if (job->context.empty()) {
        notice.place.page = "fleet";
    } else {
        notice.place.contexts = {job->context};
    }
    const QString title = fromUtf8(job->title);
    notice.subject = title;
    notice.together = severalJobs;
    if (job->state == jobs::JobState::Failed) {
        notice.title = tr("%1 failed.").arg(title);
        notice.text = job->error ? shortErrorText(*job->error) : QString();
        notice.urgency = Urgency::Critical;
    } else {
        notice.title = tr("%1 is done.").arg(title);
        notice.text = fromUtf8(job->text);
    }
    notices_.post(std::move(notice));
}

}  // namespace quarterdeck::ui
