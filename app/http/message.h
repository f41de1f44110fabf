#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace quarterdeck::http {

/// What a request may do to the cluster. The transport refuses what contradicts method and path.
enum class Effect {
    Read,   ///< changes nothing (GET, self-reviews and queries sent by POST)
    Probe,  ///< fixed built-in read-only commands and `dryRun=All`
    Write,  ///< everything else; refused while the context is locked
};

/// Order in which waiting requests of one context are served.
enum class Priority { Person, Watch, Background };

struct Header {
    std::string name;
    std::string value;
};

/// First value of a header, case-insensitive; empty where missing.
[[nodiscard]] std::string_view findHeader(const std::vector<Header>& headers, std::string_view name);

struct Request {
    std::string method = "GET";
    /// Path and query below the server's URL, percent-encoded, beginning with '/'.
    std::string target;
    /// Without credentials: the transport adds them (only over https).
    std::vector<Header> headers;
    std::string body;
    Effect effect = Effect::Read;
    Priority priority = Priority::Person;
    /// Limit for the whole exchange; zero means none (streams). Connecting has its own limit.
    std::chrono::milliseconds timeout{30'000};
    /// A larger body (after decompression) is refused with kAnswerTooLarge. Holds for send(); the sink of a stream()
    /// sets its own limit.
    std::size_t maxBody = std::size_t{64} << 20U;
    /// Offer gzip. Watches turn this off.
    bool compressed = true;
};

struct ResponseHead {
    int status = 0;
    std::vector<Header> headers;
};

struct Response {
    ResponseHead head;
    std::string body;
};

/// Header names compare without regard to case (ASCII).
[[nodiscard]] bool equalHeaderNames(std::string_view left, std::string_view right);

/// Percent-encodes one path segment or query value (RFC 3986 unreserved characters stay).
[[nodiscard]] std::string percentEncode(std::string_view text);

}  // namespace quarterdeck::http
