// How the bakery is delivered: Gitea's pushes start Tekton pipelines, whose images Flux brings into the cluster.
#include <fmt/format.h>

#include "app/demo/platforms/bakery_parts.h"
#include "app/demo/platforms/custom_definition.h"

namespace quarterdeck::demo::bakery {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr const char* kBuilds = "tekton-pipelines";
constexpr const char* kFlux = "flux-system";
constexpr const char* kPipeline = "bakery-ia-ci";
constexpr Age kInstalled = 60 * kDay;

struct Step {
    const char* name;  ///< in the pipeline
    const char* task;
    Age took;
};

const std::vector<Step>& steps() {
    static const std::vector<Step> all{{"fetch-source", "git-clone", Age(21)},
                                       {"detect-changes", "detect-changed-services", Age(9)},
                                       {"run-tests", "run-tests", Age(184)},
                                       {"build-images", "kaniko-build", Age(412)},
                                       {"update-gitops", "update-gitops", Age(16)}};
    return all;
}

struct Push {
    const char* commit;
    const char* suffix;  ///< of the run's name
    Age age;
    std::size_t failedAt = ~std::size_t{0};  ///< index of the step that failed
};

Json succeeded(const std::string& reason, const std::string& message, Instant when, bool holds) {
    return Json::array({customCondition("Succeeded", reason, message, when, holds)});
}

void addTaskRun(PlatformBuilder& platform, const Step& step, const Json& run, Age age, bool failed) {
    const std::string name = nameOf(run) + "-" + step.name;
    const Instant end = platform.ago(age) + step.took;
    platform.add(
        "taskruns", kBuilds, name, age,
        {{"metadata", {{"ownerReferences", Json::array({ownerReference(run)})}}},
         {"spec",
          {{"taskRef", {{"kind", "Task"}, {"name", step.task}}},
           {"serviceAccountName", "default"},
           {"timeout", "1h0m0s"}}},
         {"status",
          {{"conditions",
            succeeded(failed ? "Failed" : "Succeeded",
                      failed ? "\"step-pytest\" exited with code 1" : "All Steps have completed executing", end,
                      !failed)},
           {"podName", name + "-pod"},
           {"startTime", stamp(platform.ago(age))},
           {"completionTime", stamp(end)}}}},
        {{"tekton.dev/pipeline", kPipeline}, {"tekton.dev/pipelineRun", nameOf(run)}, {"tekton.dev/task", step.task}});
}

void addRun(PlatformBuilder& platform, const Push& push) {
    const std::string name = fmt::format("{}-run-{}", kPipeline, push.suffix);
    const bool failed = push.failedAt < steps().size();
    Age took(0);
    std::size_t done = 0;
    Json children = Json::array();
    for (const Step& step : steps()) {
        took += step.took;
        ++done;
        children.push_back({{"apiVersion", "tekton.dev/v1"},
                            {"kind", "TaskRun"},
                            {"name", name + "-" + step.name},
                            {"pipelineTaskName", step.name}});
        if (done == push.failedAt + 1) {
            break;
        }
    }
    const std::string message = fmt::format("Tasks Completed: {} (Failed: {}, Cancelled 0), Skipped: {}", done,
                                            failed ? 1 : 0, steps().size() - done);
    const ObjectPtr run = platform.add(
        "pipelineruns", kBuilds, name, push.age,
        {{"spec",
          {{"pipelineRef", {{"name", kPipeline}}},
           {"params", Json::array({Json{{"name", "git-revision"}, {"value", push.commit}}})},
           {"timeouts", {{"pipeline", "1h0m0s"}}}}},
         {"status",
          {{"conditions", succeeded(failed ? "Failed" : "Succeeded", message, platform.ago(push.age) + took, !failed)},
           {"childReferences", children},
           {"startTime", stamp(platform.ago(push.age))},
           {"completionTime", stamp(platform.ago(push.age) + took)}}}},
        {{"tekton.dev/pipeline", kPipeline}, {"triggers.tekton.dev/eventlistener", kSpace}});
    Age begun = push.age;
    for (std::size_t i = 0; i < done; ++i) {
        addTaskRun(platform, steps()[i], *run, begun, i == push.failedAt);
        begun -= steps()[i].took;
    }
}

void addPipeline(PlatformBuilder& platform) {
    Json tasks = Json::array();
    for (const Step& step : steps()) {
        Json task = {{"name", step.name}, {"taskRef", {{"kind", "Task"}, {"name", step.task}}}};
        if (!tasks.empty()) {
            task["runAfter"] = Json::array({tasks.back().at("name")});
        }
        tasks.push_back(std::move(task));
        platform.add("tasks", kBuilds, step.task, kInstalled,
                     {{"spec", {{"steps", Json::array({Json{{"name", step.name}, {"image", kBusybox}}})}}}});
    }
    platform.add("pipelines", kBuilds, kPipeline, kInstalled,
                 {{"spec",
                   {{"params", Json::array({Json{{"name", "git-revision"}, {"type", "string"}}})},
                    {"tasks", std::move(tasks)}}}});
}

void addTriggers(PlatformBuilder& platform) {
    platform.add("triggerbindings", kBuilds, "bakery-ia-push", kInstalled,
                 {{"spec",
                   {{"params", Json::array({Json{{"name", "git-revision"}, {"value", "$(body.after)"}},
                                            Json{{"name", "git-url"}, {"value", "$(body.repository.clone_url)"}}})}}}});
    platform.add(
        "triggertemplates", kBuilds, "bakery-ia-build", kInstalled,
        {{"spec",
          {{"params", Json::array({Json{{"name", "git-revision"}}})},
           {"resourcetemplates", Json::array({Json{{"apiVersion", "tekton.dev/v1"},
                                                   {"kind", "PipelineRun"},
                                                   {"metadata", {{"generateName", std::string(kPipeline) + "-run-"}}},
                                                   {"spec", {{"pipelineRef", {{"name", kPipeline}}}}}}})}}}});
    const Instant since = platform.ago(20 * kDay);
    platform.add(
        "eventlisteners", kBuilds, kSpace, kInstalled,
        {{"spec",
          {{"serviceAccountName", "tekton-triggers"},
           {"triggers",
            Json::array({Json{{"name", "push"},
                              {"bindings", Json::array({Json{{"kind", "TriggerBinding"}, {"ref", "bakery-ia-push"}}})},
                              {"template", {{"ref", "bakery-ia-build"}}}}})}}},
         {"status",
          {{"address", {{"url", fmt::format("http://el-{}.{}.svc.cluster.local:8080", kSpace, kBuilds)}}},
           {"conditions", Json::array({customCondition("Available", "MinimumReplicasAvailable",
                                                       "Deployment has minimum availability.", since),
                                       customCondition("Ready", "Ready", "", since)})}}}});
}

void addFlux(PlatformBuilder& platform, const Push& applied) {
    const std::string revision = std::string("main@sha1:") + applied.commit;
    const Instant fetched = platform.ago(applied.age) + minutes(12);
    platform.add(
        "gitrepositories", kFlux, kSpace, kInstalled,
        {{"spec",
          {{"interval", "1m0s"},
           {"ref", {{"branch", "main"}}},
           {"timeout", "60s"},
           {"url", "https://gitea.bakery-ia.local/bakery/bakery-ia.git"}}},
         {"status",
          {{"artifact", {{"revision", revision}, {"lastUpdateTime", stamp(fetched)}}},
           {"conditions", Json::array({customCondition("Ready", "Succeeded",
                                                       "stored artifact for revision '" + revision + "'", fetched)})},
           {"observedGeneration", 1}}}});
    for (const char* name : {"bakery-ia-prod", "bakery-ia-monitoring"}) {
        platform.add(
            "kustomizations", kFlux, name, kInstalled,
            {{"spec",
              {{"interval", "5m0s"},
               {"path", std::string("./infrastructure/") + name},
               {"prune", true},
               {"sourceRef", {{"kind", "GitRepository"}, {"name", kSpace}}},
               {"timeout", "10m0s"},
               {"wait", true}}},
             {"status",
              {{"conditions", Json::array({customCondition("Ready", "ReconciliationSucceeded",
                                                           "Applied revision: " + revision, fetched + minutes(2))})},
               {"lastAppliedRevision", revision},
               {"lastAttemptedRevision", revision},
               {"observedGeneration", 1}}}});
    }
}

}  // namespace

void addDelivery(PlatformBuilder& platform) {
    for (const char* plural : {"pipelines", "pipelineruns", "tasks", "taskruns"}) {
        addDefinition(platform, plural, kInstalled, "tekton-pipelines");
    }
    for (const char* plural : {"eventlisteners", "triggerbindings", "triggertemplates"}) {
        addDefinition(platform, plural, kInstalled, "tekton-triggers");
    }
    for (const char* plural : {"gitrepositories", "kustomizations"}) {
        addDefinition(platform, plural, kInstalled, "flux");
    }
    addPipeline(platform);
    addTriggers(platform);
    const Push latest{"8c1f0a7d25b94e6fa3d07b1c94e2f6508d3ab917", "x7k2p", hours(5)};
    for (const Push& push : {Push{"1e94c2d7b0a6f8534ed19c7720fb35a8e64d0c12", "m4vdq", 3 * kDay},
                             Push{"b57d03f6e8214ac99d60f1a2c8e3b47590af6de1", "t9rwz", hours(29), 2}, latest}) {
        addRun(platform, push);
    }
    addFlux(platform, latest);
}

}  // namespace quarterdeck::demo::bakery
