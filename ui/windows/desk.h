#pragma once

#include <deque>
#include <memory>

#include <QObject>
#include <QTimer>

#include "app/jobs/job_runner.h"
#include "ui/notices/notice_center.h"
#include "ui/notices/outage_tracker.h"

namespace quarterdeck::session {
class SessionHub;
}

namespace quarterdeck::ui {

/// A sentence the window said, kept for who looked elsewhere.
struct Message {
    std::uint64_t id = 0;
    Instant at{};
    widgets::Tone tone = widgets::Tone::Info;
    QString text;
};

/// What all windows share beside the sessions: jobs, notices, and what was said. The hub outlives it, it outlives the
/// windows.
class Desk : public QObject {
    Q_OBJECT
public:
    struct Options {
        std::shared_ptr<const Clock> clock;
        std::unique_ptr<NoticeSink> sink;  ///< may be null
        /// Whether a window of ours has the person's attention; empty: never.
        std::function<bool()> active;
    };
    Desk(session::SessionHub& hub, Options options, QObject* parent = nullptr);
    ~Desk() override;

    [[nodiscard]] jobs::JobRunner& jobs() { return runner_; }
    [[nodiscard]] NoticeCenter& notices() { return notices_; }
    /// The last hundred, oldest first.
    [[nodiscard]] const std::deque<Message>& messages() const { return messages_; }
    void remember(widgets::Tone tone, const QString& text);
    /// Looks for contexts that were lost or came back; done once a second by itself.
    void watchContexts();

signals:
    void messagesChanged();

private:
    void onJobEnded(jobs::JobId id);

    session::SessionHub& hub_;
    std::shared_ptr<const Clock> clock_;
    jobs::JobRunner runner_;
    NoticeCenter notices_;
    OutageTracker outages_;
    std::deque<Message> messages_;
    std::uint64_t lastMessage_ = 0;
    QTimer ticker_;
};

}  // namespace quarterdeck::ui
