#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace quarterdeck::demo {

/// Repeatable randomness (SplitMix64): the same seed tells the same story on every machine.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    [[nodiscard]] std::uint64_t next();
    /// 0 ≤ result < bound.
    [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return next() % bound; }
    /// The letters that the API server appends to generated names.
    [[nodiscard]] std::string suffix(std::size_t length = 5);
    /// A version 4 UUID.
    [[nodiscard]] std::string uuid();

private:
    std::uint64_t state_;
};

/// FNV-1a, 32 bits.
[[nodiscard]] std::uint32_t fnv1a(std::string_view text);
/// A hash as Kubernetes writes it into names ("7c9d5f6b88").
[[nodiscard]] std::string safeHash(std::string_view text);

}  // namespace quarterdeck::demo
