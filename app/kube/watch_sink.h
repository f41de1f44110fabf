#pragma once

#include <functional>
#include <string>

#include "app/http/channel.h"

namespace quarterdeck::kube {

/// Cuts a streamed body into watch events: lines of JSON, or frames of protobuf (4 bytes of length, big-endian, in
/// front of each), by the answer's Content-Type. An incomplete last one is never handed out, and no memory is set
/// aside for a length that is only claimed. Bodies of answers other than 200 (and the beginning of web pages) are kept
/// for the error message instead.
class WatchSink final : public http::StreamSink {
public:
    /// All run on the streaming thread; a false return ends the stream. Without onFrame, frames are not taken.
    struct Handler {
        std::function<bool()> onOpen;
        std::function<bool(std::string& line)> onLine;
        std::function<bool(std::string_view frame)> onFrame;
    };
    WatchSink(Handler handler, std::size_t maxEventBytes) : handler_(std::move(handler)), maxEvent_(maxEventBytes) {}

    http::Flow onHead(const http::ResponseHead& head) override;
    http::Flow onData(std::string_view bytes) override;

    [[nodiscard]] const http::ResponseHead& head() const { return head_; }
    /// Body of a refused answer, at most 64 KiB.
    [[nodiscard]] const std::string& refusal() const { return buffer_; }
    [[nodiscard]] bool refused() const { return refused_; }
    [[nodiscard]] bool eventTooLong() const { return eventTooLong_; }
    /// Frames came where the handler takes none.
    [[nodiscard]] bool unaskedFrames() const { return unaskedFrames_; }

private:
    http::Flow onLines(std::string_view bytes);
    http::Flow onFrames(std::string_view bytes);
    http::Flow tooLong();

    Handler handler_;
    std::size_t maxEvent_;
    http::ResponseHead head_;
    std::string buffer_;
    bool refused_ = false;
    bool framed_ = false;
    bool eventTooLong_ = false;
    bool unaskedFrames_ = false;
};

}  // namespace quarterdeck::kube
