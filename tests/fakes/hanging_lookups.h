#pragma once

#include <cstdint>
#include <string>

namespace quarterdeck::fakes {

/// While it lives, lookups of "hang.example" do not return until thaw(): a frozen name service. libcurl asks
/// getaddrinfo() on a thread of its own; a program that uses this class has one that stands before the C library's.
class HangingLookups {
public:
    HangingLookups();
    ~HangingLookups();
    HangingLookups(const HangingLookups&) = delete;
    HangingLookups& operator=(const HangingLookups&) = delete;

    /// A URL whose host is that name.
    [[nodiscard]] static std::string url(std::uint16_t port) { return "https://hang.example:" + std::to_string(port); }
    /// Blocks until a lookup hangs; false after ten seconds.
    static bool waitUntilEntered();
    /// The name is 127.0.0.1 now, for those who wait as well.
    static void thaw();
};

}  // namespace quarterdeck::fakes
