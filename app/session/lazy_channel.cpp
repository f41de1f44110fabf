#include "app/session/lazy_channel.h"

namespace quarterdeck::session {

LazyChannel::LazyChannel(Factory factory, std::string serverUrl)
    : factory_(std::move(factory)), serverUrl_(std::move(serverUrl)) {}

Result<std::shared_ptr<http::HttpTransport>> LazyChannel::transport() {
    const std::scoped_lock lock(mutex_);
    if (!transport_) {
        auto made = factory_();
        if (!made) {
            return fail(made.error());
        }
        transport_ = std::move(*made);
    }
    return transport_;
}

Result<http::Response> LazyChannel::send(const http::Request& request, std::stop_token stop) {
    auto made = transport();
    return made ? (*made)->send(request, std::move(stop)) : Result<http::Response>(fail(made.error()));
}

Result<http::ResponseHead> LazyChannel::stream(const http::Request& request, http::StreamSink& sink,
                                               std::stop_token stop) {
    auto made = transport();
    return made ? (*made)->stream(request, sink, std::move(stop)) : Result<http::ResponseHead>(fail(made.error()));
}

std::optional<std::chrono::milliseconds> LazyChannel::clockOffset() const {
    const std::scoped_lock lock(mutex_);
    return transport_ ? transport_->clockOffset() : std::nullopt;
}

void LazyChannel::reconnect() {
    const std::scoped_lock lock(mutex_);
    if (transport_) {
        transport_->reconnect();
    }
}

}  // namespace quarterdeck::session
