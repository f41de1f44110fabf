#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "app/demo/control/cluster_state.h"

namespace quarterdeck::demo {

using Age = std::chrono::seconds;

/// Requests and limits of a container.
struct Resources {
    std::string cpu, memory, cpuLimit, memoryLimit;
    [[nodiscard]] Json json() const;
};

struct NodeSpec {
    std::string name;
    std::string address;
    std::string cpu;      ///< "12"
    std::string memory;   ///< "32Gi"
    std::string disk;     ///< "200Gi"
    std::string version;  ///< kubelet: "v1.32.2"
    std::string system;   ///< "Ubuntu 24.04.2 LTS"
    Json labels = Json::object();
};

/// One roll-out in the past of a workload.
struct RevisionSpec {
    long number = 1;
    std::string image;  ///< of the first container
    std::string cause;  ///< change-cause
    Age age{};          ///< when it was rolled out
};

struct WorkloadSpec {
    std::string nameSpace;
    std::string name;
    Json labels;    ///< of the object and its pods
    Json selector;  ///< matchLabels
    Json podSpec;   ///< with the present containers
    Json podAnnotations = Json::object();
    Json annotations = Json::object();
    long replicas = 1;
    Json strategy;                         ///< null = the default
    std::vector<RevisionSpec> revisions;   ///< oldest first; the last one is in force
    std::vector<Age> podAges;              ///< of pods that are younger than the roll-out
    std::vector<std::string> nodes;        ///< where pods stand, in turn; empty = all nodes
    std::string serviceName;               ///< StatefulSets
    Json claims;                           ///< StatefulSets: volumeClaimTemplates
    Age age{std::chrono::hours(24 * 60)};  ///< of the object itself
};

/// Puts a settled platform into a cluster: everything rolled out, bound, ready or completed, with a past. Under the
/// cluster's lock; its time is the moment at which the platform is looked at.
class PlatformBuilder {
public:
    explicit PlatformBuilder(ClusterState& cluster) : cluster_(cluster), now_(cluster.now()) {}

    void node(const NodeSpec& spec);
    void nameSpace(const std::string& name, Age age);
    /// Any object that needs no controller; returns what was stored.
    ObjectPtr add(const char* plural, const std::string& nameSpace, const std::string& name, Age age, Json rest,
                  const Json& labels = Json::object());
    void service(const std::string& nameSpace, const std::string& name, const Json& labels, const Json& selector,
                 const Json& ports, Age age, bool headless = false);
    void secret(const std::string& nameSpace, const std::string& name, const std::string& type,
                const std::vector<std::string>& keys, Age age);
    void claim(const std::string& nameSpace, const std::string& name, const std::string& size, Age age,
               const std::string& storageClass = "microk8s-hostpath");

    void deployment(const WorkloadSpec& spec);
    void statefulSet(const WorkloadSpec& spec);
    void daemonSet(const WorkloadSpec& spec);
    /// A Job that ended after `took`, or that still runs where `took` is zero.
    void job(const std::string& nameSpace, const std::string& name, const Json& labels, const Json& podSpec, Age age,
             Age took, const Json& owner = nullptr);
    ObjectPtr cronJob(const std::string& nameSpace, const std::string& name, const Json& labels,
                      const std::string& schedule, const Json& podSpec, Age age, bool suspended = false);
    /// CPU and memory targets in percent, with what is measured now.
    void autoscaler(const std::string& nameSpace, const std::string& name, const std::string& kind,
                    const std::string& target, long least, long most, long replicas, std::pair<long, long> cpu,
                    std::pair<long, long> memory, Age age, const Json& behaviour = nullptr);

    /// Something that was reported about an existing object within the last hour.
    void event(const char* plural, const std::string& nameSpace, const std::string& name, const std::string& type,
               const std::string& reason, const std::string& message, const std::string& component, Age age);

    [[nodiscard]] Instant ago(Age age) const { return now_ - age; }
    /// The age with up to a tenth of it added, by the seed.
    [[nodiscard]] Age around(Age age);
    [[nodiscard]] ClusterState& cluster() { return cluster_; }

private:
    [[nodiscard]] Json metadata(const std::string& nameSpace, const std::string& name, Age age, const Json& labels);
    [[nodiscard]] std::string nextNode(const WorkloadSpec& spec, std::size_t index);
    void storePod(Json pod, const std::string& node, Instant created);
    void tellStart(const Json& pod, Instant created);
    void claimsOf(const WorkloadSpec& spec, Json& pod, Age age);
    [[nodiscard]] Json podTemplate(const WorkloadSpec& spec, const std::string& image) const;

    ClusterState& cluster_;
    Instant now_;
    std::size_t turn_ = 0;
};

/// \name Parts of pod templates.
/// @{
[[nodiscard]] Json container(const std::string& name, const std::string& image, const Resources& resources,
                             long port = 0, const std::string& portName = "http");
[[nodiscard]] Json httpProbe(const std::string& path, long port, long period, long timeout, long initial = 0,
                             long failures = 3);
[[nodiscard]] Json execProbe(const Json& command, long period, long timeout, long initial = 0);
[[nodiscard]] Json envValue(const std::string& name, const std::string& value);
[[nodiscard]] Json envSecret(const std::string& name, const std::string& secret, const std::string& key);
[[nodiscard]] Json waitContainer(const std::string& name, const std::string& image, const std::string& script);
[[nodiscard]] Json port(const std::string& name, long number, long target = 0);
/// @}

}  // namespace quarterdeck::demo
