#include "app/kube/watch_sink.h"

#include <algorithm>

#include "app/kube/errors.h"
#include "app/kube/protobuf.h"

namespace quarterdeck::kube {

using http::Flow;

namespace {

constexpr std::size_t kRefusalLimit = std::size_t{64} << 10U;
constexpr std::size_t kLengthBytes = 4;

std::size_t frameLength(std::string_view bytes) {
    std::size_t length = 0;
    for (const char c : bytes.substr(0, kLengthBytes)) {
        length = (length << 8U) | static_cast<unsigned char>(c);
    }
    return length;
}

}  // namespace

Flow WatchSink::onHead(const http::ResponseHead& head) {
    head_ = head;
    framed_ = isProtobuf(head);
    refused_ = head.status != 200 || looksLikeHtml(head, {});
    if (refused_) {
        return Flow::Continue;
    }
    if (framed_ && !handler_.onFrame) {
        unaskedFrames_ = true;
        return Flow::Stop;
    }
    return handler_.onOpen() ? Flow::Continue : Flow::Stop;
}

Flow WatchSink::onData(std::string_view bytes) {
    if (refused_) {
        buffer_.append(bytes.substr(0, kRefusalLimit - std::min(buffer_.size(), kRefusalLimit)));
        return buffer_.size() < kRefusalLimit ? Flow::Continue : Flow::Stop;
    }
    return framed_ ? onFrames(bytes) : onLines(bytes);
}

Flow WatchSink::tooLong() {
    eventTooLong_ = true;
    buffer_.clear();
    return Flow::Stop;
}

Flow WatchSink::onLines(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        buffer_.append(bytes.substr(0, end));
        if (buffer_.size() > maxEvent_) {
            return tooLong();
        }
        if (end == std::string_view::npos) {
            break;
        }
        bytes.remove_prefix(end + 1);
        const bool goOn = buffer_.find_first_not_of(" \t\r") == std::string::npos || handler_.onLine(buffer_);
        buffer_.clear();
        if (!goOn) {
            return Flow::Stop;
        }
    }
    return Flow::Continue;
}

Flow WatchSink::onFrames(std::string_view bytes) {
    const auto fill = [&](std::size_t wanted) {
        const std::size_t part = std::min(bytes.size(), wanted - std::min(wanted, buffer_.size()));
        buffer_.append(bytes.substr(0, part));
        bytes.remove_prefix(part);
        return buffer_.size() >= wanted;
    };
    while (!bytes.empty()) {
        if (!fill(kLengthBytes)) {
            break;
        }
        const std::size_t length = frameLength(buffer_);
        if (length > maxEvent_) {
            return tooLong();
        }
        if (!fill(kLengthBytes + length)) {
            break;
        }
        const bool goOn = handler_.onFrame(std::string_view(buffer_).substr(kLengthBytes));
        buffer_.clear();
        if (!goOn) {
            return Flow::Stop;
        }
    }
    return Flow::Continue;
}

}  // namespace quarterdeck::kube
