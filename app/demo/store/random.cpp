#include "app/demo/store/random.h"

#include <fmt/format.h>

namespace quarterdeck::demo {
namespace {
constexpr std::string_view kLetters = "bcdfghjklmnpqrstvwxz2456789";
}

std::uint64_t Random::next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31U);
}

std::string Random::suffix(std::size_t length) {
    std::string result;
    for (std::size_t i = 0; i < length; ++i) {
        result += kLetters[below(kLetters.size())];
    }
    return result;
}

std::string Random::uuid() {
    const std::uint64_t high = next();
    const std::uint64_t low = next();
    return fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}", high >> 32U, (high >> 16U) & 0xffffU, high & 0xfffU,
                       0x8000U | ((low >> 48U) & 0x3fffU), low & 0xffffffffffffULL);
}

std::uint32_t fnv1a(std::string_view text) {
    std::uint32_t hash = 2166136261U;
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 16777619U;
    }
    return hash;
}

std::string safeHash(std::string_view text) {
    std::string result = std::to_string(fnv1a(text));
    for (char& c : result) {
        c = kLetters[static_cast<unsigned char>(c) % kLetters.size()];
    }
    return result;
}

}  // namespace quarterdeck::demo
