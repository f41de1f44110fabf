#pragma once

namespace quarterdeck::fakes {

/// While it lives, lookups of "hang.example" do not return: a frozen name service. libcurl asks getaddrinfo() on a
/// thread of its own; a program that uses this class has one that stands before the C library's.
class HangingLookups {
public:
    HangingLookups();
    ~HangingLookups();
    HangingLookups(const HangingLookups&) = delete;
    HangingLookups& operator=(const HangingLookups&) = delete;

    /// A URL whose host is that name.
    static constexpr const char* kUrl = "https://hang.example:6443";
    /// Blocks until a lookup hangs; false after ten seconds.
    static bool waitUntilEntered();
};

}  // namespace quarterdeck::fakes
