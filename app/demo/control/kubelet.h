#pragma once

#include <map>
#include <string>

#include "app/demo/control/pass.h"

namespace quarterdeck::demo {

/// Plays the kubelets of all nodes of a cluster: takes assigned pods from admission to Ready, restarts what crashes,
/// ends what is deleted. Times of a pod chain from one station to the next, whatever the size of the clock's steps.
class Kubelet {
public:
    void reconcile(Pass& pass);
    void clear() { runs_.clear(); }

private:
    enum class Stage {
        Init,
        InitEnd,
        Pull,
        Pulled,
        PullBackOff,
        Start,
        Ready,
        Probe,
        Crash,
        BackOff,
        Restart,
        Finish,
        Steady,
        Terminate
    };
    struct Run {
        Stage stage = Stage::Steady;
        Instant at = Instant::max();
        std::size_t index = 0;      ///< of the init container, or of the container in trouble
        int failures = 0;           ///< crashes or failed pulls so far
        Instant until = Instant();  ///< end of a back-off
        bool outgrown = false;      ///< the next crash is the kernel's work
        bool seen = false;          ///< still there in this round
    };

    [[nodiscard]] Run adopt(Pass& pass, const Json& pod);
    [[nodiscard]] Run begin(Pass& pass, Json& pod);
    void terminate(Pass& pass, const Json& pod, Run& run);
    /// Passes one station; false when the pod is gone.
    [[nodiscard]] bool advance(Pass& pass, Json& pod, Run& run);
    void pull(Pass& pass, Json& pod, Run& run);
    void started(Pass& pass, const Json& pod, Run& run);
    void crash(Pass& pass, Json& pod, Run& run);
    void backOff(Pass& pass, Json& pod, Run& run);

    std::map<std::string, Run> runs_;
};

}  // namespace quarterdeck::demo
