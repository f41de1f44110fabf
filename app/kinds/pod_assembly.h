#pragma once

#include <string_view>
#include <vector>

#include "app/kinds/pod.h"

namespace quarterdeck::kinds {

/// Gathers what the parts of a pod say, in whatever order they come, and joins it at the end. Decoders of every
/// encoding fill the pod through it, so that they give the same.
class PodAssembly {
public:
    explicit PodAssembly(Pod& pod) : pod_(pod) {}

    /// Of spec (inSpec is set) and of status, each in its order.
    std::vector<Container> initSpecs;
    std::vector<Container> initStatuses;
    std::vector<Container> appSpecs;
    std::vector<Container> appStatuses;

    void setRestartPolicy(std::string_view text);
    void setQos(std::string_view text);
    /// Forgets all conditions.
    void clearConditions();
    /// `type` must stay valid until finish().
    void addCondition(std::string_view type, const PodCondition& condition);
    void setGates(std::vector<ReadinessGate> gates);
    void setNominatedNode(PooledString node);
    /// Once, when all has been told.
    void finish();

private:
    struct OtherCondition {
        std::string_view type;
        ConditionStatus status;
    };
    void resolveGates();

    Pod& pod_;
    std::vector<OtherCondition> otherConditions_;
};

}  // namespace quarterdeck::kinds
