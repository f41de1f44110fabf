#include "tests/benchmarks/synthetic_pods.h"

#include <array>
#include <string_view>

#include <fmt/format.h>

namespace quarterdeck::benchmarks {

namespace {

constexpr std::array kTeams{"checkout", "catalog", "orders", "payments", "search",  "accounts",
                            "shipping", "pricing", "media",  "reports",  "billing", "gateway"};
constexpr std::array kParts{"api", "worker", "web", "cache", "indexer", "sync", "cron", "stream"};
constexpr std::array kNamespaces{"shop-prod",     "shop-staging", "data", "ml",
                                 "observability", "platform",     "edge", "tools"};

/// Small repeatable numbers; splitmix64.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31U);
    }
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(next() % limit); }
    std::string letters(std::size_t count) {
        static constexpr std::string_view kLetters = "bcdfghjklmnpqrstvwxz2456789";
        std::string text;
        for (std::size_t i = 0; i < count; ++i) {
            text += kLetters[below(kLetters.size())];
        }
        return text;
    }
    std::string uuid() {
        const std::uint64_t a = next();
        const std::uint64_t b = next();
        return fmt::format("{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}", a >> 32U, (a >> 16U) & 0xFFFFU, a & 0xFFFU,
                           b & 0xFFFU, b >> 16U);
    }

private:
    std::uint64_t state_;
};

enum class Mood { Running, CrashLoop, ImageMissing, Pending, Creating, Completed, Failed, Init };

/// What one pod is made of; drawn once, written in several places.
struct Plan {
    std::string app;
    std::string image;
    std::string hash;
    std::string name;
    std::string nameSpace;
    std::string node;
    std::string uid;
    std::string ownerUid;
    std::string ip;
    std::string created;
    std::size_t containers = 1;
    bool sidecar = false;
    bool job = false;
    unsigned restarts = 0;
    bool ready = true;
    std::uint64_t resourceVersion = 0;
    Mood mood = Mood::Running;
};

Mood draw(std::size_t percent) {
    if (percent < 90) {
        return Mood::Running;
    }
    constexpr std::array kRare{Mood::CrashLoop, Mood::ImageMissing, Mood::Pending, Mood::Creating,
                               Mood::Completed, Mood::Completed,    Mood::Failed,  Mood::Init};
    return kRare[percent % kRare.size()];
}

Plan makePlan(std::size_t index, unsigned seed, std::uint64_t revision) {
    // Ten pods in a row belong to one ReplicaSet.
    Random set(seed * 1'000'003ULL + index / 10 + 1);
    Random own(seed * 7'919ULL + index * 31 + 17);
    Plan plan;
    plan.app = fmt::format("{}-{}", kTeams[set.below(kTeams.size())], kParts[set.below(kParts.size())]);
    plan.image = fmt::format("registry.example.com/{}/{}:1.{}.{}", plan.app.substr(0, plan.app.find('-')), plan.app,
                             set.below(12), set.below(30));
    plan.nameSpace = kNamespaces[set.below(kNamespaces.size())];
    plan.hash = set.letters(10);
    plan.ownerUid = set.uuid();
    plan.containers = set.below(10) < 7 ? 1 : 2;
    plan.sidecar = set.below(10) == 0;
    plan.mood = draw(own.below(100));
    plan.job = plan.mood == Mood::Completed || plan.mood == Mood::Failed;
    plan.name = fmt::format("{}-{}-{}", plan.app, plan.hash, own.letters(5));
    plan.node = fmt::format("worker-{:03}.eu-central.example.internal", own.below(120));
    plan.uid = own.uuid();
    plan.ip = fmt::format("10.{}.{}.{}", 40 + own.below(8), own.below(250), 2 + own.below(250));
    plan.created = fmt::format("2026-0{}-{:02}T{:02}:{:02}:{:02}Z", 1 + own.below(3), 1 + own.below(28), own.below(24),
                               own.below(60), own.below(60));
    plan.restarts = own.below(10) == 0 ? static_cast<unsigned>(1 + own.below(20)) : 0U;
    plan.resourceVersion = 40'000'000 + index * 7 + revision * 1'000'003;
    if (revision > 0) {
        plan.restarts += static_cast<unsigned>(revision);
        plan.ready = (revision + index) % 3 != 0;
    }
    return plan;
}

std::string condition(std::string_view type, bool isTrue, std::string_view reason, const Plan& plan) {
    std::string text = R"({"type":")" + std::string(type) + R"(","status":")" + (isTrue ? "True" : "False") +
                       R"(","lastProbeTime":null,"lastTransitionTime":")" + plan.created + '"';
    if (!isTrue) {
        text += fmt::format(R"(,"reason":"{}","message":"containers with unready status: [{}]")", reason, plan.app);
    }
    return text + '}';
}

std::string metadata(const Plan& plan) {
    std::string text = fmt::format(
        R"("metadata":{{"name":"{}","generateName":"{}-{}-","namespace":"{}","uid":"{}","resourceVersion":"{}",)"
        R"("creationTimestamp":"{}","labels":{{"app.kubernetes.io/instance":"{}","app.kubernetes.io/name":"{}",)"
        R"("app.kubernetes.io/part-of":"{}","pod-template-hash":"{}","tier":"backend"}},)",
        plan.name, plan.app, plan.hash, plan.nameSpace, plan.uid, plan.resourceVersion, plan.created, plan.app,
        plan.app, plan.app.substr(0, plan.app.find('-')), plan.hash);
    text += fmt::format(
        R"("annotations":{{"prometheus.io/scrape":"true","prometheus.io/port":"9102","checksum/config":"{0}{0}{0}{0}",)"
        R"("kubectl.kubernetes.io/restartedAt":"{1}"}},"ownerReferences":[{{"apiVersion":"apps/v1","kind":"{2}",)"
        R"("name":"{3}-{4}","uid":"{5}","controller":true,"blockOwnerDeletion":true}}],)",
        plan.hash, plan.created, plan.job ? "Job" : "ReplicaSet", plan.app, plan.hash, plan.ownerUid);
    text += fmt::format(
        R"("managedFields":[{{"manager":"kube-controller-manager","operation":"Update","apiVersion":"v1","time":"{0}",)"
        R"("fieldsType":"FieldsV1","fieldsV1":{{"f:metadata":{{"f:annotations":{{".":{{}},"f:checksum/config":{{}},)"
        R"("f:prometheus.io/port":{{}},"f:prometheus.io/scrape":{{}}}},"f:generateName":{{}},"f:labels":{{".":{{}},)"
        R"("f:app.kubernetes.io/instance":{{}},"f:app.kubernetes.io/name":{{}},"f:app.kubernetes.io/part-of":{{}},)"
        R"("f:pod-template-hash":{{}},"f:tier":{{}}}},"f:ownerReferences":{{".":{{}},"k:{{\"uid\":\"{1}\"}}":{{}}}}}},)"
        R"("f:spec":{{"f:containers":{{"k:{{\"name\":\"{2}\"}}":{{".":{{}},"f:env":{{".":{{}},)"
        R"("k:{{\"name\":\"DATABASE_URL\"}}":{{".":{{}},"f:name":{{}},"f:valueFrom":{{}}}}}},"f:image":{{}},)"
        R"("f:imagePullPolicy":{{}},"f:livenessProbe":{{".":{{}},"f:failureThreshold":{{}},"f:httpGet":{{}}}},)"
        R"("f:name":{{}},"f:ports":{{".":{{}},"k:{{\"containerPort\":8080,\"protocol\":\"TCP\"}}":{{".":{{}}}}}},)"
        R"("f:resources":{{".":{{}},"f:limits":{{}},"f:requests":{{}}}},"f:volumeMounts":{{}}}}}},"f:dnsPolicy":{{}},)"
        R"("f:restartPolicy":{{}},"f:schedulerName":{{}},"f:terminationGracePeriodSeconds":{{}}}}}}}},)",
        plan.created, plan.ownerUid, plan.app);
    text += fmt::format(
        R"({{"manager":"kubelet","operation":"Update","apiVersion":"v1","time":"{0}","fieldsType":"FieldsV1",)"
        R"("fieldsV1":{{"f:status":{{"f:conditions":{{"k:{{\"type\":\"ContainersReady\"}}":{{".":{{}},)"
        R"("f:lastProbeTime":{{}},"f:status":{{}},"f:type":{{}}}},"k:{{\"type\":\"Ready\"}}":{{".":{{}}}}}},)"
        R"("f:containerStatuses":{{}},"f:hostIP":{{}},"f:phase":{{}},"f:podIP":{{}},"f:podIPs":{{}},"f:startTime":{{}}}}}},)"
        R"("subresource":"status"}}]}},)",
        plan.created);
    return text;
}

std::string containerSpec(const Plan& plan, std::string_view name, std::string_view image) {
    return fmt::format(
        R"({{"name":"{0}","image":"{1}","ports":[{{"name":"http","containerPort":8080,"protocol":"TCP"}}],)"
        R"("env":[{{"name":"DATABASE_URL","valueFrom":{{"secretKeyRef":{{"name":"{2}-db","key":"url"}}}}}},)"
        R"({{"name":"LOG_LEVEL","value":"info"}},{{"name":"OTEL_SERVICE_NAME","value":"{0}"}}],)"
        R"("resources":{{"limits":{{"cpu":"1","memory":"768Mi"}},"requests":{{"cpu":"150m","memory":"384Mi"}}}},)"
        R"("volumeMounts":[{{"name":"config","mountPath":"/etc/app","readOnly":true}},{{"name":"kube-api-access-x7k2p",)"
        R"("readOnly":true,"mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}}],)"
        R"("livenessProbe":{{"httpGet":{{"path":"/healthz","port":"http","scheme":"HTTP"}},"initialDelaySeconds":10,)"
        R"("timeoutSeconds":2,"periodSeconds":15,"successThreshold":1,"failureThreshold":3}},)"
        R"("readinessProbe":{{"httpGet":{{"path":"/ready","port":"http","scheme":"HTTP"}},"timeoutSeconds":2,)"
        R"("periodSeconds":5,"successThreshold":1,"failureThreshold":3}},"terminationMessagePath":"/dev/termination-log",)"
        R"("terminationMessagePolicy":"File","imagePullPolicy":"IfNotPresent"}})",
        name, image, plan.app);
}

std::string sidecarSpec() {
    return R"({"name":"mesh-proxy","image":"registry.example.com/mesh/proxy:2.14.1","restartPolicy":"Always",)"
           R"("resources":{"limits":{"memory":"128Mi"},"requests":{"cpu":"10m","memory":"64Mi"}},)"
           R"("imagePullPolicy":"IfNotPresent"})";
}

std::string migrationSpec(const Plan& plan) {
    return fmt::format(R"({{"name":"migrate","image":"{}","command":["/app/migrate","up"],"resources":{{}}}})",
                       plan.image);
}

std::string spec(const Plan& plan) {
    std::string text = R"("spec":{"volumes":[{"name":"config","configMap":{"name":")" + plan.app +
                       R"(-config","defaultMode":420}},{"name":"kube-api-access-x7k2p","projected":{"sources":[)"
                       R"({"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},{"configMap":{"name":)"
                       R"("kube-root-ca.crt","items":[{"key":"ca.crt","path":"ca.crt"}]}}],"defaultMode":420}}],)";
    const bool init = plan.mood == Mood::Init;
    if (init || plan.sidecar) {
        text += R"("initContainers":[)" + (init ? migrationSpec(plan) : std::string()) +
                (init && plan.sidecar ? "," : "") + (plan.sidecar ? sidecarSpec() : std::string()) + "],";
    }
    text += R"("containers":[)" + containerSpec(plan, plan.app, plan.image);
    if (plan.containers > 1) {
        text += ',' + containerSpec(plan, "log-shipper", "registry.example.com/observability/shipper:0.41.0");
    }
    text += fmt::format(
        R"(],"restartPolicy":"{}","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","serviceAccountName":)"
        R"("{}","serviceAccount":"{}",)",
        plan.job ? "Never" : "Always", plan.app, plan.app);
    if (plan.mood != Mood::Pending) {
        text += fmt::format(R"("nodeName":"{}",)", plan.node);
    }
    text += R"("securityContext":{"runAsNonRoot":true,"runAsUser":10001,"fsGroup":10001},"schedulerName":)"
            R"("default-scheduler","tolerations":[{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":)"
            R"("NoExecute","tolerationSeconds":300},{"key":"node.kubernetes.io/unreachable","operator":"Exists",)"
            R"("effect":"NoExecute","tolerationSeconds":300}],"priority":0,"enableServiceLinks":true,)"
            R"("preemptionPolicy":"PreemptLowerPriority"},)";
    return text;
}

std::string containerState(const Plan& plan, bool& running) {
    running = false;
    switch (plan.mood) {
        case Mood::Running:
            running = true;
            return fmt::format(R"({{"running":{{"startedAt":"{}"}}}})", plan.created);
        case Mood::CrashLoop:
            return R"({"waiting":{"reason":"CrashLoopBackOff","message":"back-off 5m0s restarting failed container"}})";
        case Mood::ImageMissing:
            return R"({"waiting":{"reason":"ImagePullBackOff","message":"Back-off pulling image \")" + plan.image +
                   R"(\""}})";
        case Mood::Completed:
            return fmt::format(
                R"({{"terminated":{{"exitCode":0,"reason":"Completed","startedAt":"{0}","finishedAt":"{0}"}}}})",
                plan.created);
        case Mood::Failed:
            return fmt::format(
                R"({{"terminated":{{"exitCode":1,"reason":"Error","startedAt":"{0}","finishedAt":"{0}"}}}})",
                plan.created);
        case Mood::Init:
            return R"({"waiting":{"reason":"PodInitializing"}})";
        default:
            return R"({"waiting":{"reason":"ContainerCreating"}})";
    }
}

std::string containerStatus(const Plan& plan, std::string_view name, std::string_view image) {
    bool running = false;
    const std::string state = containerState(plan, running);
    const bool ready = running && plan.ready;
    const unsigned restarts = plan.mood == Mood::CrashLoop ? plan.restarts + 12 : running ? plan.restarts : 0;
    const std::string last =
        restarts == 0 ? std::string("{}")
                      : fmt::format(R"({{"terminated":{{"exitCode":137,"reason":"OOMKilled","startedAt":"{0}",)"
                                    R"("finishedAt":"{0}","containerID":"containerd://{1}{1}{1}"}}}})",
                                    plan.created, plan.hash);
    return fmt::format(R"({{"name":"{0}","state":{1},"lastState":{2},"ready":{3},"restartCount":{4},"image":"{5}",)"
                       R"("imageID":"{5}@sha256:{6}{6}{6}{6}{6}{6}","containerID":"containerd://{6}{6}{6}{6}{6}{6}",)"
                       R"("started":{7}}})",
                       name, state, last, ready, restarts, image, plan.hash, running);
}

std::string initStatuses(const Plan& plan) {
    const bool init = plan.mood == Mood::Init;
    if (!init && !plan.sidecar) {
        return {};
    }
    std::string text = R"("initContainerStatuses":[)";
    if (init) {
        text += fmt::format(
            R"({{"name":"migrate","state":{{"running":{{"startedAt":"{}"}}}},"lastState":{{}},"ready":false,)"
            R"("restartCount":0,"image":"{}","imageID":"","started":false}})",
            plan.created, plan.image);
    }
    if (plan.sidecar) {
        text += fmt::format(R"({}{{"name":"mesh-proxy","state":{{"running":{{"startedAt":"{}"}}}},"lastState":{{}},)"
                            R"("ready":true,"restartCount":0,"image":"registry.example.com/mesh/proxy:2.14.1",)"
                            R"("imageID":"","started":true}})",
                            init ? "," : "", plan.created);
    }
    return text + "],";
}

std::string_view phaseOf(Mood mood) {
    switch (mood) {
        case Mood::Completed:
            return "Succeeded";
        case Mood::Failed:
            return "Failed";
        case Mood::Running:
        case Mood::CrashLoop:
            return "Running";
        default:
            return "Pending";
    }
}

std::string status(const Plan& plan) {
    const bool scheduled = plan.mood != Mood::Pending;
    std::string text = fmt::format(R"("status":{{"phase":"{}","conditions":[)", phaseOf(plan.mood));
    if (!scheduled) {
        return text + condition("PodScheduled", false, "Unschedulable", plan) + R"(],"qosClass":"Burstable"}})";
    }
    const bool ready = plan.mood == Mood::Running && plan.ready;
    const char* reason = plan.mood == Mood::Completed ? "PodCompleted" : "ContainersNotReady";
    text += condition("PodReadyToStartContainers", true, {}, plan) + ',' +
            condition("Initialized", plan.mood != Mood::Init, "ContainersNotInitialized", plan) + ',' +
            condition("Ready", ready, reason, plan) + ',' + condition("ContainersReady", ready, reason, plan) + ',' +
            condition("PodScheduled", true, {}, plan) + "],";
    text += fmt::format(R"("hostIP":"192.168.4.{0}","hostIPs":[{{"ip":"192.168.4.{0}"}}],"podIP":"{1}",)"
                        R"("podIPs":[{{"ip":"{1}"}}],"startTime":"{2}",)",
                        plan.node.substr(7, 3), plan.ip, plan.created);
    text += initStatuses(plan);
    text += R"("containerStatuses":[)" + containerStatus(plan, plan.app, plan.image);
    if (plan.containers > 1) {
        text += ',' + containerStatus(plan, "log-shipper", "registry.example.com/observability/shipper:0.41.0");
    }
    return text + R"(],"qosClass":"Burstable"}})";
}

std::string body(const Plan& plan) {
    return metadata(plan) + spec(plan) + status(plan);
}

}  // namespace

std::string syntheticPodListJson(std::size_t count, unsigned seed) {
    std::string text = R"({"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"41000000"},"items":[)";
    text.reserve(count * 6'400 + 256);
    for (std::size_t i = 0; i < count; ++i) {
        text += i == 0 ? "{" : ",{";
        text += body(makePlan(i, seed, 0));
    }
    return text + "]}\n";
}

std::string syntheticPodJson(std::size_t index, unsigned seed, std::uint64_t revision) {
    return R"({"kind":"Pod","apiVersion":"v1",)" + body(makePlan(index, seed, revision));
}

}  // namespace quarterdeck::benchmarks
