#include <fmt/format.h>

#include "app/demo/control/controllers.h"
#include "app/demo/control/cron.h"
#include "app/demo/control/pods.h"

namespace quarterdeck::demo {
namespace {

const ResourceType& jobKind() {
    return resource("jobs");
}
const ResourceType& podKind() {
    return resource("pods");
}

bool isOver(const Json& job) {
    return conditionIsTrue(job, "Complete") || conditionIsTrue(job, "Failed");
}

void reconcileJob(Pass& pass, const Json& job) {
    if (isOver(job)) {
        if (const long life = number(job, {"spec", "ttlSecondsAfterFinished"}, -1); life >= 0) {
            const Json& end = conditionOf(job, conditionIsTrue(job, "Complete") ? "Complete" : "Failed");
            const Instant gone = timeAt(end, {"lastTransitionTime"}) + std::chrono::seconds(life);
            if (gone <= pass.now) {
                pass.cluster.db.remove(jobKind(), namespaceOf(job), nameOf(job));
            } else {
                pass.wakeAt(gone);
            }
        }
        return;
    }
    long active = 0;
    long ready = 0;
    long succeeded = 0;
    long failed = 0;
    for (const ObjectPtr& pod : pass.cluster.db.owned(podKind(), uidOf(job))) {
        const std::string phase = text(*pod, {"status", "phase"});
        succeeded += phase == "Succeeded" ? 1 : 0;
        failed += phase == "Failed" ? 1 : 0;
        active += !isFinished(*pod) && !isTerminating(*pod) ? 1 : 0;
        ready += isReady(*pod) ? 1 : 0;
    }
    Json next = job;
    Json& status = next["status"];
    const auto finish = [&](const char* type, const char* reason, const char* message) {
        setCondition(status, type, "True", reason, message, pass.now);
        pass.cluster.report(job, type == std::string("Complete") ? "Normal" : "Warning",
                            type == std::string("Complete") ? "Completed" : reason, message, "job-controller",
                            pass.now);
    };
    const long completions = number(job, {"spec", "completions"}, 1);
    const bool suspended = flag(job, {"spec", "suspend"});
    if (text(job, {"status", "startTime"}).empty() && !suspended) {
        status["startTime"] = stamp(pass.now);
    }
    if (succeeded >= completions) {
        status["completionTime"] = stamp(pass.now);
        finish("Complete", "CompletionsReached", "Job completed");
    } else if (failed > number(job, {"spec", "backoffLimit"}, 6)) {
        finish("Failed", "BackoffLimitExceeded", "Job has reached the specified backoff limit");
    } else if (!suspended) {
        const long wanted = std::min(number(job, {"spec", "parallelism"}, 1), completions - succeeded);
        for (; active < wanted; ++active) {
            const std::string name = generatedName(nameOf(job), pass.cluster.random);
            Json pod = podFromTemplate(at(job, {"spec", "template"}), job, name);
            pod["metadata"]["labels"]["job-name"] = nameOf(job);
            pod["metadata"]["labels"]["batch.kubernetes.io/job-name"] = nameOf(job);
            pod["metadata"]["labels"]["batch.kubernetes.io/controller-uid"] = uidOf(job);
            pod["metadata"]["generateName"] = nameOf(job) + "-";
            pass.cluster.put(podKind(), std::move(pod));
            pass.cluster.report(job, "Normal", "SuccessfulCreate", "Created pod: " + name, "job-controller", pass.now);
        }
    }
    for (const auto& [key, count] : {std::pair{"active", active}, std::pair{"ready", ready},
                                     std::pair{"succeeded", succeeded}, std::pair{"failed", failed}}) {
        if (count > 0) {
            status[key] = count;
        } else {
            status.erase(key);
        }
    }
    pass.cluster.put(jobKind(), std::move(next));
}

/// Finished jobs of a CronJob beyond its limits, oldest first.
void trimHistory(Pass& pass, const Json& cronJob, std::vector<ObjectPtr> jobs, const char* limit, long fallback,
                 const char* condition) {
    std::erase_if(jobs, [&](const ObjectPtr& job) { return !conditionIsTrue(*job, condition); });
    std::stable_sort(jobs.begin(), jobs.end(),
                     [](const ObjectPtr& a, const ObjectPtr& b) { return createdAt(*a) < createdAt(*b); });
    const auto keep = static_cast<std::size_t>(number(cronJob, {"spec", limit}, fallback));
    for (std::size_t i = 0; i + keep < jobs.size(); ++i) {
        pass.cluster.db.remove(jobKind(), namespaceOf(*jobs[i]), nameOf(*jobs[i]));
    }
}

}  // namespace

void reconcileJobs(Pass& pass) {
    for (const ObjectPtr& job : pass.cluster.db.list(jobKind())) {
        reconcileJob(pass, *job);
    }
}

void reconcileCronJobs(Pass& pass) {
    const ResourceType& kind = resource("cronjobs");
    for (const ObjectPtr& cronJob : pass.cluster.db.list(kind)) {
        std::vector<ObjectPtr> jobs;
        Json active = Json::array();
        for (const ObjectPtr& job : pass.cluster.db.owned(jobKind(), uidOf(*cronJob))) {
            jobs.push_back(job);
            if (!isOver(*job)) {
                active.push_back({{"apiVersion", "batch/v1"},
                                  {"kind", "Job"},
                                  {"name", nameOf(*job)},
                                  {"namespace", namespaceOf(*job)},
                                  {"uid", uidOf(*job)}});
            }
        }
        trimHistory(pass, *cronJob, jobs, "successfulJobsHistoryLimit", 3, "Complete");
        trimHistory(pass, *cronJob, jobs, "failedJobsHistoryLimit", 1, "Failed");
        Json next = *cronJob;
        Json& status = next["status"];
        if (!status.is_object()) {
            status = Json::object();
        }
        const Instant last = std::max(timeAt(*cronJob, {"status", "lastScheduleTime"}), createdAt(*cronJob));
        const Instant due = nextCronTime(text(*cronJob, {"spec", "schedule"}), last);
        if (!flag(*cronJob, {"spec", "suspend"}) && due <= pass.now) {
            // Runs missed while nobody looked are not caught up: only the latest one counts.
            Instant latest = due;
            for (Instant later = nextCronTime(text(*cronJob, {"spec", "schedule"}), due); later <= pass.now;
                 later = nextCronTime(text(*cronJob, {"spec", "schedule"}), later)) {
                latest = later;
            }
            const auto minute = std::chrono::duration_cast<std::chrono::minutes>(latest.time_since_epoch()).count();
            Json job = {{"metadata", at(*cronJob, {"spec", "jobTemplate", "metadata"})},
                        {"spec", at(*cronJob, {"spec", "jobTemplate", "spec"})}};
            job["metadata"]["name"] = fmt::format("{}-{}", nameOf(*cronJob), minute);
            job["metadata"]["namespace"] = namespaceOf(*cronJob);
            job["metadata"]["ownerReferences"] = Json::array({ownerReference(*cronJob)});
            status["lastScheduleTime"] = stamp(latest);
            const bool free = active.empty() || text(*cronJob, {"spec", "concurrencyPolicy"}) != "Forbid";
            if (free && !pass.cluster.db.get(jobKind(), namespaceOf(*cronJob), nameOf(job))) {
                const ObjectPtr made = pass.cluster.put(jobKind(), std::move(job));
                pass.cluster.report(*cronJob, "Normal", "SuccessfulCreate", "Created job " + nameOf(*made),
                                    "cronjob-controller", pass.now);
            }
        } else if (!flag(*cronJob, {"spec", "suspend"}) && due != Instant::max()) {
            pass.wakeAt(due);
        }
        if (active.empty()) {
            status.erase("active");
        } else {
            status["active"] = std::move(active);
        }
        pass.cluster.put(kind, std::move(next));
    }
}

}  // namespace quarterdeck::demo
