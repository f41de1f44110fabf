#include "app/session/lazy_channel.h"

namespace quarterdeck::session {

LazyChannel::LazyChannel(Factory factory, std::string serverUrl, bool locked)
    : factory_(std::move(factory)), serverUrl_(std::move(serverUrl)), locked_(locked) {}

Result<std::shared_ptr<http::HttpTransport>> LazyChannel::transport() {
    const auto ready = [this] {
        const std::scoped_lock lock(mutex_);
        return transport_;
    };
    if (auto transport = ready()) {
        return transport;
    }
    const std::scoped_lock making(making_);
    if (auto transport = ready()) {
        return transport;  // made by another caller meanwhile
    }
    auto made = factory_();
    if (!made) {
        return fail(made.error());
    }
    const std::scoped_lock lock(mutex_);
    (*made)->setLocked(locked_);
    transport_ = std::move(*made);
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

Result<http::Upgrade> LazyChannel::upgrade(const http::Request& request, const http::WebSocketOptions& options,
                                           std::stop_token stop) {
    auto made = transport();
    return made ? (*made)->upgrade(request, options, std::move(stop)) : Result<http::Upgrade>(fail(made.error()));
}

std::optional<std::chrono::milliseconds> LazyChannel::clockOffset() const {
    const std::scoped_lock lock(mutex_);
    return transport_ ? transport_->clockOffset() : std::nullopt;
}

void LazyChannel::setLocked(bool locked) {
    const std::scoped_lock lock(mutex_);
    locked_ = locked;
    if (transport_) {
        transport_->setLocked(locked);
    }
}

bool LazyChannel::locked() const {
    const std::scoped_lock lock(mutex_);
    return locked_;
}

void LazyChannel::reconnect() {
    const std::scoped_lock lock(mutex_);
    if (transport_) {
        transport_->reconnect();
    }
}

}  // namespace quarterdeck::session
