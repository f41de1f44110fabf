#include "app/jobs/job_runner.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <variant>

#include "app/base/mailbox.h"

namespace quarterdeck::jobs {

namespace {

struct Begun {};
using Happening = std::variant<Begun, Progress::Report, Result<std::string>>;
struct News {
    JobId id = 0;
    Happening what;
};
using NewsBox = Mailbox<News>;

struct Task {
    JobId id = 0;
    std::function<Result<std::string>(Progress&, std::stop_token)> run;
    std::stop_token stop;
};

/// The threads that do the work. A thread is made when there is work and no other is free, and stays.
class Workers {
public:
    Workers(std::size_t most, std::shared_ptr<NewsBox> box) : most_(most), box_(std::move(box)) {}
    ~Workers() {
        {
            const std::scoped_lock lock(mutex_);
            closing_ = true;
            waiting_.clear();
        }
        wake_.notify_all();
        threads_.clear();  // joins
    }
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    void add(Task task) {
        const std::scoped_lock lock(mutex_);
        waiting_.push_back(std::move(task));
        if (waiting_.size() > free_ && threads_.size() < most_) {
            threads_.emplace_back([this] { work(); });
        }
        wake_.notify_one();
    }
    /// False where it is not waiting any more.
    bool takeBack(JobId id) {
        const std::scoped_lock lock(mutex_);
        return std::erase_if(waiting_, [id](const Task& task) { return task.id == id; }) > 0;
    }

private:
    void work() {
        std::unique_lock lock(mutex_);
        for (;;) {
            ++free_;
            wake_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
            --free_;
            if (closing_) {
                return;
            }
            Task task = std::move(waiting_.front());
            waiting_.pop_front();
            lock.unlock();
            perform(task);
            task = {};  // what it holds dies here, not under the lock
            lock.lock();
        }
    }
    void perform(const Task& task) const {
        box_->post({task.id, Begun{}});
        Progress progress([this, id = task.id](Progress::Report report) { box_->post({id, std::move(report)}); });
        box_->post({task.id, task.run(progress, task.stop)});
    }

    std::size_t most_;
    std::shared_ptr<NewsBox> box_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Task> waiting_;
    std::size_t free_ = 0;
    bool closing_ = false;
    std::vector<std::jthread> threads_;
};

}  // namespace

struct JobRunner::Impl {
    /// How a job under way is ended: by its token, or by whoever does the work.
    struct Handle {
        std::stop_source stop;
        std::function<void()> cancel;
    };
    Options options;
    std::vector<Job> jobs;
    std::map<JobId, Handle> handles;
    JobId last = 0;
    std::shared_ptr<NewsBox> box;
    std::unique_ptr<Workers> workers;

    Job* find(JobId id) {
        const auto found = std::find_if(jobs.begin(), jobs.end(), [id](const Job& job) { return job.id == id; });
        return found == jobs.end() ? nullptr : &*found;
    }
    Job& add(std::string title, std::string context, JobState state) {
        Job job;
        job.id = ++last;
        job.title = std::move(title);
        job.context = std::move(context);
        job.state = state;
        job.started = options.clock->now();
        jobs.push_back(std::move(job));
        return jobs.back();
    }
    void forgetOld() {
        auto ended = static_cast<std::size_t>(
            std::count_if(jobs.begin(), jobs.end(), [](const Job& job) { return job.ended(); }));
        std::erase_if(jobs, [&](const Job& job) {
            const bool goes = job.ended() && ended > options.keepEnded;
            ended -= goes ? 1 : 0;
            return goes;
        });
    }
    void take(Job& job, Progress::Report report) const {
        if (report.share) {
            job.progress = std::clamp(*report.share, 0.0, 1.0);
        }
        if (report.text) {
            job.text = std::move(*report.text);
        }
    }
    /// True where the job ended by it.
    bool finish(JobId id, Result<std::string> outcome) {
        Job* job = find(id);
        if (job == nullptr || job->ended()) {
            return false;
        }
        job->finished = options.clock->now();
        job->cancelling = false;
        if (outcome) {
            job->state = JobState::Done;
            job->progress = 1.0;
            job->text = std::move(*outcome);
        } else if (outcome.error().is(kCancelled)) {
            job->state = JobState::Cancelled;
        } else {
            job->state = JobState::Failed;
            job->error = std::move(outcome.error());
        }
        handles.erase(id);
        return true;
    }
};

JobRunner::JobRunner(Options options, QObject* parent) : QObject(parent), impl_(std::make_unique<Impl>()) {
    impl_->options = std::move(options);
    impl_->box = std::make_shared<NewsBox>(this, [this](std::vector<News> all) {
        std::vector<JobId> done;
        for (News& news : all) {
            Job* job = impl_->find(news.id);
            if (job == nullptr) {
                continue;
            }
            if (std::holds_alternative<Begun>(news.what)) {
                job->state = JobState::Running;
                job->started = impl_->options.clock->now();
            } else if (auto* report = std::get_if<Progress::Report>(&news.what)) {
                impl_->take(*job, std::move(*report));
            } else if (impl_->finish(news.id, std::move(std::get<Result<std::string>>(news.what)))) {
                done.push_back(news.id);
            }
        }
        emit changed();
        for (const JobId id : done) {
            emit ended(id);
        }
        impl_->forgetOld();
    });
    impl_->workers = std::make_unique<Workers>(std::max<std::size_t>(1, impl_->options.maxWorkers), impl_->box);
}

JobRunner::~JobRunner() {
    impl_->box->close();
    for (auto& [id, handle] : impl_->handles) {
        handle.stop.request_stop();
    }
    impl_->workers.reset();
}

JobId JobRunner::start(JobSpec spec) {
    const JobId id = impl_->add(std::move(spec.title), std::move(spec.context), JobState::Queued).id;
    Impl::Handle& handle = impl_->handles[id];
    impl_->workers->add({id, std::move(spec.run), handle.stop.get_token()});
    emit changed();
    return id;
}

JobId JobRunner::begin(std::string title, std::string context, std::function<void()> cancel) {
    const JobId id = impl_->add(std::move(title), std::move(context), JobState::Running).id;
    impl_->handles[id].cancel = std::move(cancel);
    emit changed();
    return id;
}

void JobRunner::report(JobId id, Progress::Report report) {
    if (Job* job = impl_->find(id); job != nullptr && !job->ended()) {
        impl_->take(*job, std::move(report));
        emit changed();
    }
}

void JobRunner::end(JobId id, Result<std::string> outcome) {
    if (impl_->finish(id, std::move(outcome))) {
        emit changed();
        emit ended(id);
        impl_->forgetOld();
    }
}

void JobRunner::cancel(JobId id) {
    Job* job = impl_->find(id);
    const auto handle = impl_->handles.find(id);
    if (job == nullptr || job->ended() || job->cancelling || handle == impl_->handles.end()) {
        return;
    }
    if (impl_->workers->takeBack(id)) {
        end(id, fail(kCancelled));
        return;
    }
    job->cancelling = true;
    const auto cancelElsewhere = handle->second.cancel;  // it may call end(), which forgets the handle
    handle->second.stop.request_stop();
    emit changed();
    if (cancelElsewhere) {
        cancelElsewhere();
    }
}

const std::vector<Job>& JobRunner::jobs() const {
    return impl_->jobs;
}

const Job* JobRunner::job(JobId id) const {
    return impl_->find(id);
}

std::size_t JobRunner::active() const {
    return static_cast<std::size_t>(
        std::count_if(impl_->jobs.begin(), impl_->jobs.end(), [](const Job& job) { return !job.ended(); }));
}

}  // namespace quarterdeck::jobs
