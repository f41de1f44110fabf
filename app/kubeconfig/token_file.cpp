#include "app/kubeconfig/token_file.h"

#include "app/kubeconfig/material.h"

namespace quarterdeck::kubeconfig {

namespace {

constexpr std::chrono::seconds kReadAgainAfter{50};

OrReason<Secret> readToken(const std::string& path) {
    OrReason<std::string> bytes = readBytes(path, kMaxMaterialBytes);
    if (!bytes) {
        return tl::unexpected(std::move(bytes.error()));
    }
    Secret token{std::string(trimmed(*bytes))};
    wipeString(*bytes);
    if (token.empty()) {
        return tl::unexpected<std::string>("it is empty");
    }
    if (!fitsHeader(token.reveal())) {
        return tl::unexpected<std::string>("it holds more than one line or control characters");
    }
    return token;
}

}  // namespace

OrReason<Secret> TokenFile::token() {
    const std::scoped_lock lock(mutex_);
    const std::chrono::milliseconds now = clock_->monotonic();
    if (last_ && readAt_ && now - *readAt_ < kReadAgainAfter) {
        return *last_;
    }
    OrReason<Secret> read = readToken(path_);
    if (!read && !last_) {
        return tl::unexpected(std::move(read.error()));
    }
    if (read) {
        last_ = std::move(*read);
        readAt_ = now;
    }
    return *last_;
}

void TokenFile::readAgain() {
    const std::scoped_lock lock(mutex_);
    readAt_.reset();
}

}  // namespace quarterdeck::kubeconfig
