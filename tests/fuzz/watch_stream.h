#pragma once

#include <cstdint>

#include "app/kube/watch_sink.h"
#include "tests/fuzz/summary_check.h"

namespace quarterdeck::fuzz {

/// Feeds a watch of pods, whole and in parts whose length the first byte says: both must give the same events.
inline void feedWatch(const char* contentType, const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return;
    }
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    std::vector<std::string> seen[2];
    const std::size_t parts[2] = {bytes.size() + 1, std::size_t{data[0]} + 1};
    for (int turn = 0; turn < 2; ++turn) {
        StringPool pool;
        kube::DecodeContext context{pool};
        const auto note = [&](const Result<kube::WatchEvent>& event) {
            checkEvent(event, true);
            seen[turn].push_back(event ? event->resourceVersion : describe(event.error()));
            return event.has_value() && event->type != kube::WatchEventType::Error;
        };
        const auto& kind = kinds::podKind();
        kube::WatchSink sink(
            {[] { return true; }, [&](std::string& line) { return note(kind.decodeWatchLine(line, context)); },
             [&](std::string_view frame) { return note(kind.decodeProtobufFrame(frame, context)); }},
            std::size_t{1} << 20U);
        static_cast<void>(sink.onHead({200, {{"Content-Type", contentType}}}));
        for (std::size_t at = 0; at < bytes.size(); at += parts[turn]) {
            if (sink.onData(bytes.substr(at, parts[turn])) == http::Flow::Stop) {
                break;
            }
        }
    }
    check(seen[0] == seen[1], "a watch says the same in whatever parts it comes");
}

}  // namespace quarterdeck::fuzz
