#include "app/http/served_socket.h"

#include <pthread.h>

#include <algorithm>
#include <csignal>

#include "app/http/curl_error.h"
#include "app/http/errors.h"
#include "app/http/upgrade_headers.h"
#include "app/http/web_socket_frames.h"

namespace quarterdeck::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using std::chrono::steady_clock;

namespace {

Response toResponse(const websocket::response_type& answer) {
    Response response;
    response.head.status = static_cast<int>(answer.result_int());
    for (const auto& field : answer) {
        response.head.headers.push_back({std::string(field.name_string()), std::string(field.value())});
    }
    response.body = answer.body();
    return response;
}

}  // namespace

void ServedSocket::serve(const std::stop_token& quit) {
    // Signals belong to the main thread; a write to a dead TLS connection must not raise SIGPIPE here.
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
    if (auto failure = connection_.open(quit)) {
        finish(std::move(failure));
    } else {
        struct Stop {
            asio::io_context* io;
            void operator()() const { io->stop(); }
        };
        const std::stop_callback<Stop> stop(quit, Stop{&io_});
        socket_.emplace(io_, connection_);
        applyFrameRules(*socket_, options_);
        shakeHands();
        io_.run();
        finish(makeError(kCancelled));  // where it was stopped; an earlier end stands
        socket_.reset();
    }
    connection_.close();
}

void ServedSocket::shakeHands() {
    socket_->set_option(websocket::stream_base::decorator([this](websocket::request_type& request) {
        for (const Header& header : upgradeHeaders(*context_, request_, credential_, options_.protocols)) {
            request.insert(header.name, header.value);
        }
    }));
    timer_.expires_after(options_.upgradeLimit);
    timer_.async_wait([this](BeastError cancelled) {
        if (!cancelled) {
            finish(error(kTimeout, {"limit", durationText(options_.upgradeLimit)}));
        }
    });
    socket_->async_handshake(answer_, context_->server.authority(), context_->server.prefix + request_.target,
                             [this](BeastError failure) { onAnswer(failure); });
}

void ServedSocket::onAnswer(BeastError error) {
    if (error && error != websocket::error::upgrade_declined) {
        const CURLcode code = socket_->next_layer().failure();
        const bool early = error == beast::http::error::end_of_stream || code != CURLE_OK;
        finish(early ? connection_.describe(code == CURLE_OK ? CURLE_GOT_NOTHING : code)
                     : this->error(kBadUpgrade, {"detail", error.message()}));
        return;
    }
    const std::string picked(answer_[beast::http::field::sec_websocket_protocol]);
    const auto& offered = options_.protocols;
    if (!error && !picked.empty() && std::find(offered.begin(), offered.end(), picked) == offered.end()) {
        finish(this->error(kBadUpgrade, {"detail", "it picked a protocol that was not offered"}));
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        if (over_) {
            return;
        }
        answered_ = true;
        if (error) {
            refusal_ = toResponse(answer_);
            over_ = true;
        }
        protocol_ = picked;
    }
    changed_.notify_all();
    if (error) {
        io_.stop();
        return;
    }
    socket_->next_layer().readFreely();
    tick();
    read();
}

void ServedSocket::read() {
    readSince_ = steady_clock::now();
    socket_->async_read(incoming_, [this](BeastError error, std::size_t) { onMessage(error); });
}

void ServedSocket::onMessage(BeastError error) {
    if (error == websocket::error::closed) {
        const auto& reason = socket_->reason();
        {
            const std::lock_guard lock(mutex_);
            closeReason_ = {reason.code, std::string(reason.reason.data(), reason.reason.size())};
        }
        finish(std::nullopt);
        return;
    }
    if (error) {
        finish(failureOf(error));
        return;
    }
    const auto data = incoming_.data();
    bool goOn = true;
    if (!closing_) {
        const std::lock_guard lock(mutex_);
        receivedBytes_ += data.size();
        received_.emplace_back(static_cast<const char*>(data.data()), data.size());
        goOn = receivedBytes_ < options_.buffered;
        readPaused_ = !goOn;
        changed_.notify_all();
    }
    incoming_.consume(incoming_.size());
    if (goOn) {
        read();
    }
}

void ServedSocket::writeNext() {
    if (writing_ || closing_ || !socket_) {
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        if (over_) {
            return;
        }
        closing_ = queued_.empty() && closeWanted_;
        if (queued_.empty() && !closing_) {
            return;
        }
        if (!closing_) {
            outgoing_ = std::move(queued_.front());
            queued_.pop_front();
        } else if (std::exchange(readPaused_, false)) {
            asio::post(io_, [this] { read(); });  // the peer's goodbye stands behind what nobody takes any more
        }
    }
    if (closing_) {
        socket_->async_close(websocket::close_code::normal, [this](BeastError error) {
            finish(error ? std::optional(failureOf(error)) : std::nullopt);
        });
        return;
    }
    writing_ = true;
    socket_->async_write(asio::buffer(outgoing_), [this](BeastError error, std::size_t) {
        writing_ = false;
        {
            const std::lock_guard lock(mutex_);
            queuedBytes_ -= outgoing_.size();
            changed_.notify_all();
        }
        if (!error) {  // otherwise the reader tells
            writeNext();
        }
    });
}

void ServedSocket::tick() {
    const auto since = steady_clock::now() - socket_->next_layer().lastByte();
    timer_.expires_after(since < options_.pingEvery ? options_.pingEvery - since : options_.pingEvery);
    timer_.async_wait([this](BeastError cancelled) {
        if (cancelled) {
            return;
        }
        bool reading = false;
        {
            const std::lock_guard lock(mutex_);
            reading = !readPaused_;
        }
        const CurlStream& stream = socket_->next_layer();
        const auto now = steady_clock::now();
        // A peer that takes nothing cannot answer pings either; a dead one is found by TCP then.
        const auto heard = std::max(stream.lastByte(), readSince_);
        if (reading && !stream.writeStalled() && now - heard >= options_.silenceLimit) {
            finish(error(kSocketSilent, {"limit", durationText(options_.silenceLimit)}));
            return;
        }
        // Never while something of the peer is on its way: it may have said all and closed, and what comes to a closed
        // socket resets the connection and destroys what was not delivered yet.
        const bool quiet = now - stream.lastByte() >= options_.pingEvery && !connection_.hasUnread();
        if (quiet && !pinging_ && !closing_) {
            pinging_ = true;
            socket_->async_ping({}, [this](BeastError) { pinging_ = false; });
        }
        tick();
    });
}

Error ServedSocket::failureOf(BeastError failure) const {
    const auto detail = [&](std::string words) { return error(kSocketLost, {"detail", std::move(words)}); };
    if (failure == websocket::error::message_too_big || failure == websocket::error::buffer_overflow) {
        return error(kSocketMessageTooLarge, {"limit", sizeText(options_.maxMessage)});
    }
    if (failure.category() == BeastError(websocket::error::closed).category()) {
        return error(kSocketProtocol, {"detail", failure.message()});
    }
    if (failure == asio::error::eof || failure == beast::http::error::end_of_stream) {
        return detail("it ended without a closing handshake");
    }
    return detail("the connection was cut");
}

void ServedSocket::finish(std::optional<Error> failure) {
    {
        const std::lock_guard lock(mutex_);
        if (!over_) {
            over_ = true;
            failure_ = std::move(failure);
        }
    }
    changed_.notify_all();
    io_.stop();
}

}  // namespace quarterdeck::http
