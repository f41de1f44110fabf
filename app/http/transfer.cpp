#include "app/http/transfer.h"

#include <algorithm>
#include <charconv>

#include "app/base/time_text.h"
#include "app/http/curl_error.h"
#include "app/http/errors.h"

namespace quarterdeck::http {
namespace {

/// A body that has grown so far gets room for many pods at once. What is not written costs addresses only, while each
/// step of growth touches all its pages anew.
constexpr std::size_t kLargeBody = std::size_t{1} << 20U;
constexpr std::size_t kLargeRoom = std::size_t{64} << 20U;

std::optional<Transfer::SteadyTime> deadlineFor(std::chrono::milliseconds timeout) {
    if (timeout <= std::chrono::milliseconds::zero()) {
        return std::nullopt;
    }
    return std::chrono::steady_clock::now() + timeout;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(kBlank);
    if (begin == std::string_view::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

}  // namespace

Transfer::Transfer(std::shared_ptr<const TransferContext> context, Request request, Credential credential, Mode mode)
    : context_(std::move(context)),
      request_(std::move(request)),
      credential_(std::move(credential)),
      mode_(mode),
      deadline_(deadlineFor(request_.timeout)) {}

bool Transfer::abandon() {
    abandoned_ = true;
    const std::lock_guard lock(mutex_);
    changed_.notify_all();
    return !ended_;
}

bool Transfer::waitForEnd() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return ended_ || abandoned_; });
    return ended_;
}

std::optional<ResponseHead> Transfer::waitForHead() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return head_ || ended_ || abandoned_; });
    return head_;
}

Transfer::Batch Transfer::take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !body_.empty() || ended_ || abandoned_; });
    Batch batch;
    batch.data.swap(body_);
    batch.finished = ended_;
    batch.resume = paused_.exchange(false);
    return batch;
}

Result<Response> Transfer::response() {
    const std::lock_guard lock(mutex_);
    if (error_) {
        return fail(*error_);
    }
    return Response{head_ ? *head_ : ResponseHead(), std::move(body_)};
}

void Transfer::finish(CURLcode code) {
    std::optional<Error> error = ownVerdict();
    if (!error && code != CURLE_OK) {
        error = describeFailure(code, {.easy = easy_.get(),
                                       .words = words_.data(),
                                       .endpoint = context_->endpoint,
                                       .server = context_->server,
                                       .proxy = context_->proxy,
                                       .options = context_->options,
                                       .request = request_,
                                       .handshake = *handshake_,
                                       .now = context_->clock->now(),
                                       .clockOffset = context_->knownOffset(),
                                       .headSeen = headDone_});
    }
    if (!error && !headDone_) {
        error = lostError("it ended before an answer came");
    }
    end(std::move(error));
}

void Transfer::finish(Error error) {
    end(std::move(error));
}

void Transfer::end(std::optional<Error> error) {
    easy_.reset();
    const std::lock_guard lock(mutex_);
    error_ = std::move(error);
    ended_ = true;
    changed_.notify_all();
}

std::optional<Error> Transfer::ownVerdict() const {
    const auto make = [this](const ErrorCode& code, const char* name, std::string value) {
        return makeError(
            code, {{"server", context_->server.text}, {"context", context_->endpoint.label}, {name, std::move(value)}});
    };
    if (tooLarge_) {
        return make(kAnswerTooLarge, "limit", sizeText(request_.maxBody));
    }
    if (headersTooLong_) {
        return make(kBadAnswer, "detail", "more than " + sizeText(kMaxHeaderBytes) + " of headers");
    }
    return std::nullopt;
}

Error Transfer::tooSlowError() const {
    return makeError(kTooSlow, {{"server", context_->server.text},
                                {"context", context_->endpoint.label},
                                {"limit", durationText(context_->options.slowLimit)}});
}

Error Transfer::lostError(std::string detail) const {
    return makeError(
        kConnectionLost,
        {{"server", context_->server.text}, {"context", context_->endpoint.label}, {"detail", std::move(detail)}});
}

Error Transfer::timeoutError() const {
    return makeError(kTimeout, {{"server", context_->server.text},
                                {"context", context_->endpoint.label},
                                {"limit", durationText(request_.timeout)}});
}

bool Transfer::isTooSlow(SteadyTime now) {
    if (mode_ != Mode::Collect || !headDone_) {
        return false;
    }
    // Over shorter stretches one late byte would look like speed.
    const auto stretch = std::min<std::chrono::milliseconds>(std::chrono::seconds(1), context_->options.slowLimit / 4);
    if (sampleBytes_ >= 0 && now - sampleAt_ < stretch) {
        return false;
    }
    curl_off_t bytes = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_SIZE_DOWNLOAD_T, &bytes);
    if (sampleBytes_ < 0) {
        slowSince_ = now;
    } else {
        const auto elapsed = std::chrono::duration<double>(now - sampleAt_).count();
        const double needed = 1024.0 * elapsed;
        if (static_cast<double>(bytes - sampleBytes_) >= needed) {
            slowSince_ = now;
        }
    }
    sampleAt_ = now;
    sampleBytes_ = bytes;
    return now - slowSince_ >= context_->options.slowLimit;
}

std::size_t Transfer::onHeader(char* data, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    const std::size_t bytes = size * count;
    transfer.lastByte_ = std::chrono::steady_clock::now();
    return transfer.takeHeaderLine({data, bytes}) ? bytes : 0;
}

bool Transfer::takeHeaderLine(std::string_view line) {
    headerBytes_ += line.size();
    if (headerBytes_ > kMaxHeaderBytes) {
        headersTooLong_ = true;
        return false;
    }
    if (headDone_) {
        return true;  // trailers
    }
    if (line.starts_with("HTTP/")) {
        incoming_ = {};
        const std::size_t space = line.find(' ');
        if (space != std::string_view::npos) {
            std::from_chars(line.data() + space + 1, line.data() + line.size(), incoming_.status);
        }
        return true;
    }
    if (trimmed(line).empty()) {
        return incoming_.status < 200 || completeHead();  // 1xx: the answer itself follows
    }
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos) {
        incoming_.headers.push_back(
            {std::string(trimmed(line.substr(0, colon))), std::string(trimmed(line.substr(colon + 1)))});
    }
    return true;
}

bool Transfer::completeHead() {
    headDone_ = true;
    noteServerTime();
    if (mode_ == Mode::Collect && request_.method != "HEAD") {
        const std::string_view length = findHeader(incoming_.headers, "Content-Length");
        std::uint64_t announced = 0;
        std::from_chars(length.data(), length.data() + length.size(), announced);
        if (announced > request_.maxBody) {
            tooLarge_ = true;
            return false;
        }
    }
    const std::lock_guard lock(mutex_);
    head_ = incoming_;
    changed_.notify_all();
    return true;
}

void Transfer::noteServerTime() {
    const auto date = parseHttpDate(findHeader(incoming_.headers, "Date"));
    if (!date) {
        return;
    }
    curl_off_t sent = 0;
    curl_off_t answered = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_PRETRANSFER_TIME_T, &sent);
    curl_easy_getinfo(easy_.get(), CURLINFO_STARTTRANSFER_TIME_T, &answered);
    const std::chrono::microseconds journey(std::max<curl_off_t>(0, answered - sent));
    // The header cuts the fraction off: half a second on average.
    const auto offset = *date + std::chrono::milliseconds(500) -
                        (context_->clock->now() - std::chrono::duration_cast<std::chrono::milliseconds>(journey / 2));
    context_->clockOffset = offset.count();
}

std::size_t Transfer::onBody(char* data, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    const std::size_t bytes = size * count;
    transfer.lastByte_ = std::chrono::steady_clock::now();
    if (transfer.abandoned_) {
        return 0;
    }
    if (transfer.mode_ == Mode::Collect) {
        if (bytes > transfer.request_.maxBody - transfer.body_.size()) {
            transfer.tooLarge_ = true;
            return 0;
        }
        if (transfer.body_.size() > kLargeBody && transfer.body_.capacity() < kLargeRoom) {
            transfer.body_.reserve(std::min(kLargeRoom, transfer.request_.maxBody));
        }
        transfer.body_.append(data, bytes);
        return bytes;
    }
    const std::lock_guard lock(transfer.mutex_);
    if (!transfer.body_.empty() && transfer.body_.size() + bytes > kStreamBuffer) {
        transfer.paused_ = true;
        return CURL_WRITEFUNC_PAUSE;
    }
    transfer.body_.append(data, bytes);
    transfer.changed_.notify_all();
    return bytes;
}

}  // namespace quarterdeck::http
