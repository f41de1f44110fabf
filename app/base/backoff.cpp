#include "app/base/backoff.h"

#include <algorithm>
#include <random>

namespace quarterdeck {

RandomSource systemRandom() {
    return [] {
        static thread_local std::mt19937_64 engine{std::random_device{}()};
        return std::uniform_real_distribution<double>(0.0, 1.0)(engine);
    };
}

Backoff::Backoff(Limits limits, RandomSource random)
    : limits_(limits), step_(limits.first), random_(std::move(random)) {}

std::chrono::milliseconds Backoff::next() {
    const auto drawn =
        std::chrono::milliseconds(static_cast<long long>(static_cast<double>(step_.count()) * random_()));
    step_ = std::min(step_ * 2, limits_.ceiling);
    return std::max(drawn, limits_.floor);
}

}  // namespace quarterdeck
