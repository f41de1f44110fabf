#pragma once

#include <chrono>
#include <functional>

namespace quarterdeck {

/// Uniform random number in [0, 1); injected so that tests repeat.
using RandomSource = std::function<double()>;
[[nodiscard]] RandomSource systemRandom();

/// Waiting times between tries: first, ×2 each, up to a ceiling, each drawn uniformly from [0, step] (full jitter)
/// but never below `floor`. reset() after a healthy spell.
class Backoff {
public:
    struct Limits {
        std::chrono::milliseconds first{800};
        std::chrono::milliseconds ceiling{30'000};
        std::chrono::milliseconds floor{50};
    };
    Backoff(Limits limits, RandomSource random);
    [[nodiscard]] std::chrono::milliseconds next();
    void reset() { step_ = limits_.first; }

private:
    Limits limits_;
    std::chrono::milliseconds step_;
    RandomSource random_;
};

}  // namespace quarterdeck
