#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include <QObject>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/jobs/job.h"
#include "app/jobs/progress.h"

namespace quarterdeck::jobs {

struct JobSpec {
    std::string title;
    std::string context;
    /// Runs on a worker thread and blocks there; obeys the stop token soon. The value is the outcome in one line.
    std::function<Result<std::string>(Progress&, std::stop_token)> run;
};

/// Long work that the person can watch and cancel. Lives in the interface thread and never blocks it: work runs on
/// threads of its own, at most `maxWorkers` at once, the rest waits in order. The last 100 that ended are kept. Its
/// destruction cancels everything and waits for the workers.
class JobRunner : public QObject {
    Q_OBJECT
public:
    struct Options {
        std::shared_ptr<const Clock> clock;
        std::size_t maxWorkers = 8;
        std::size_t keepEnded = 100;
    };
    explicit JobRunner(Options options, QObject* parent = nullptr);
    ~JobRunner() override;

    JobId start(JobSpec spec);
    /// Work that is done elsewhere and only shown here; it runs until end(). `cancel` is called (once) when the person
    /// asks for it; whoever does the work calls end() with kCancelled then.
    JobId begin(std::string title, std::string context, std::function<void()> cancel);
    /// Progress of such work.
    void report(JobId id, Progress::Report report);
    /// The outcome of such work; ignored where it has ended.
    void end(JobId id, Result<std::string> outcome);

    /// Asks it to end; what waits ends at once.
    void cancel(JobId id);

    /// Oldest first.
    [[nodiscard]] const std::vector<Job>& jobs() const;
    /// Null where it is not known (any more).
    [[nodiscard]] const Job* job(JobId id) const;
    /// Queued or running.
    [[nodiscard]] std::size_t active() const;

signals:
    /// A job came, moved on or went.
    void changed();
    void ended(quarterdeck::jobs::JobId id);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace quarterdeck::jobs
