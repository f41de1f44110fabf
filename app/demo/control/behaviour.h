#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

namespace quarterdeck::demo {

/// How containers of an image behave. Faults belong to images, so that going back to another image heals them.
struct ImageBehaviour {
    /// Reason of the registry; empty = the image can be pulled.
    std::string pullError;
    /// Time from start to exit of a container that dies by itself.
    std::optional<std::chrono::milliseconds> crashesAfter;
    int exitCode = 1;
    /// What a container of the image grows to, in bytes; 0 = it stays small. Where its memory limit is lower, the
    /// kernel kills it `outgrowsAfter` its start.
    long memory = 0;
    std::chrono::milliseconds outgrowsAfter{};
    /// What a readiness probe finds until the container dies; "{ip}" stands for the pod's address.
    std::string probeError;
    /// How long a run-to-completion container works; a default where missing.
    std::optional<std::chrono::milliseconds> runsFor;
};

class BehaviourTable {
public:
    void set(const std::string& image, ImageBehaviour behaviour) { table_[image] = std::move(behaviour); }
    /// The default (starts, becomes ready, lives on) for an unknown image.
    [[nodiscard]] const ImageBehaviour& of(const std::string& image) const {
        static const ImageBehaviour kHealthy;
        const auto found = table_.find(image);
        return found == table_.end() ? kHealthy : found->second;
    }

private:
    std::map<std::string, ImageBehaviour> table_;
};

}  // namespace quarterdeck::demo
