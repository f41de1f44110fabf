#pragma once

#include <functional>
#include <string>

#include "app/http/channel.h"

namespace quarterdeck::kube {

/// Cuts a streamed body into lines. An incomplete last line is never handed out. Bodies of answers other than 200
/// (and the beginning of web pages) are kept for the error message instead.
class LineSink final : public http::StreamSink {
public:
    /// Both run on the streaming thread; a false return ends the stream.
    struct Handler {
        std::function<bool()> onOpen;
        std::function<bool(std::string& line)> onLine;
    };
    LineSink(Handler handler, std::size_t maxLineBytes) : handler_(std::move(handler)), maxLine_(maxLineBytes) {}

    http::Flow onHead(const http::ResponseHead& head) override;
    http::Flow onData(std::string_view bytes) override;

    [[nodiscard]] const http::ResponseHead& head() const { return head_; }
    /// Body of a refused answer, at most 64 KiB.
    [[nodiscard]] const std::string& refusal() const { return buffer_; }
    [[nodiscard]] bool refused() const { return refused_; }
    [[nodiscard]] bool lineTooLong() const { return lineTooLong_; }
    /// Bytes of a line that never ended.
    [[nodiscard]] bool endedMidLine() const { return !refused_ && !buffer_.empty(); }

private:
    Handler handler_;
    std::size_t maxLine_;
    http::ResponseHead head_;
    std::string buffer_;
    bool refused_ = false;
    bool lineTooLong_ = false;
};

}  // namespace quarterdeck::kube
