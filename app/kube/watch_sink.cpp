#include "app/kube/watch_sink.h"

#include "app/kube/errors.h"

namespace quarterdeck::kube {

using http::Flow;

namespace {
constexpr std::size_t kRefusalLimit = std::size_t{64} << 10U;
}

Flow LineSink::onHead(const http::ResponseHead& head) {
    head_ = head;
    refused_ = head.status != 200 || looksLikeHtml(head, {});
    if (refused_) {
        return Flow::Continue;
    }
    return handler_.onOpen() ? Flow::Continue : Flow::Stop;
}

Flow LineSink::onData(std::string_view bytes) {
    if (refused_) {
        buffer_.append(bytes.substr(0, kRefusalLimit - std::min(buffer_.size(), kRefusalLimit)));
        return buffer_.size() < kRefusalLimit ? Flow::Continue : Flow::Stop;
    }
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        buffer_.append(bytes.substr(0, end));
        if (buffer_.size() > maxLine_) {
            lineTooLong_ = true;
            buffer_.clear();
            return Flow::Stop;
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

}  // namespace quarterdeck::kube
