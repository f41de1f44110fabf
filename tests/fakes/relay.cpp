#include "tests/fakes/relay.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "tests/fakes/gzip.h"

namespace quarterdeck::fakes {
namespace {

using http::ResponseHead;

std::string contentTypeOf(const ResponseHead& head) {
    return std::string(http::findHeader(head.headers, "Content-Type"));
}

class CutAfterBytes final : public Relay {
public:
    CutAfterBytes(HostileConnection& peer, std::size_t bytes) : Relay(peer), left_(bytes) {}
    bool piece(std::string_view bytes) override {
        if (bytes.size() < left_) {
            left_ -= bytes.size();
            return Relay::piece(bytes);
        }
        Relay::piece(bytes.substr(0, left_));
        peer_.reset();
        return false;
    }

private:
    std::size_t left_;
};

/// Passes a number of events, then does one thing and is through.
class AfterEvents final : public Relay {
public:
    using Deed = std::function<void(HostileConnection& peer, const std::string& contentType, std::string_view next)>;
    /// `atOnce`: right after the last event that passes; else when the next one comes.
    AfterEvents(HostileConnection& peer, std::size_t events, bool atOnce, Deed deed)
        : Relay(peer), left_(events), atOnce_(atOnce), deed_(std::move(deed)) {}
    bool head(const ResponseHead& head) override {
        contentType_ = contentTypeOf(head);
        return Relay::head(head) && !isDue({});
    }
    bool piece(std::string_view event) override {
        if (left_ == 0) {
            deed_(peer_, contentType_, event);
            return false;
        }
        --left_;
        return Relay::piece(event) && !isDue({});
    }

private:
    bool isDue(std::string_view next) {
        if (atOnce_ && left_ == 0) {
            deed_(peer_, contentType_, next);
            return true;
        }
        return false;
    }
    std::size_t left_;
    bool atOnce_;
    Deed deed_;
    std::string contentType_;
};

class Dripping final : public Relay {
public:
    Dripping(HostileConnection& peer, std::chrono::milliseconds interval) : Relay(peer), interval_(interval) {}
    bool piece(std::string_view bytes) override {
        return std::all_of(bytes.begin(), bytes.end(), [this](const char& byte) {
            return Relay::piece(std::string_view(&byte, 1)) && peer_.wait(interval_);
        });
    }

private:
    std::chrono::milliseconds interval_;
};

class HeldHead final : public Relay {
public:
    using Relay::Relay;
    bool head(const ResponseHead& head) override {
        head_ = head;
        return true;
    }
    bool piece(std::string_view bytes) override { return letGo() && Relay::piece(bytes); }
    bool end() override { return letGo() && Relay::end(); }

private:
    bool letGo() {
        const auto head = std::exchange(head_, std::nullopt);
        return !head || Relay::head(*head);
    }
    std::optional<ResponseHead> head_;
};

class Held final : public Relay {
public:
    Held(HostileConnection& peer, Gate gate) : Relay(peer), gate_(std::move(gate)) {}
    bool head(const ResponseHead& head) override {
        head_ = head;
        return true;
    }
    bool piece(std::string_view bytes) override {
        body_ += bytes;
        return true;
    }
    bool end() override {
        return gate_.wait(peer_) && Relay::head(head_) && (body_.empty() || Relay::piece(body_)) && Relay::end();
    }

private:
    Gate gate_;
    ResponseHead head_;
    std::string body_;
};

class DroppedBookmarks final : public Relay {
public:
    using Relay::Relay;
    bool head(const ResponseHead& head) override {
        contentType_ = contentTypeOf(head);
        return Relay::head(head);
    }
    bool piece(std::string_view event) override { return isBookmark(contentType_, event) || Relay::piece(event); }

private:
    std::string contentType_;
};

class GzipMembers final : public Relay {
public:
    using Relay::Relay;
    bool head(const ResponseHead& head) override {
        ResponseHead packed = head;
        packed.headers.push_back({"Content-Encoding", "gzip"});
        return Relay::head(packed);
    }
    bool piece(std::string_view event) override { return Relay::piece(gzip(std::string(event))); }
};

Fault afterEvents(std::string name, std::size_t events, bool atOnce, AfterEvents::Deed deed) {
    return {std::move(name),
            nullptr,
            [=](HostileConnection& peer) -> std::unique_ptr<Relay> {
                return std::make_unique<AfterEvents>(peer, events, atOnce, deed);
            },
            {}};
}

template <class R, class... Args>
Fault relayed(std::string name, Args... args) {
    return {std::move(name),
            nullptr,
            [=](HostileConnection& peer) -> std::unique_ptr<Relay> { return std::make_unique<R>(peer, args...); },
            {}};
}

}  // namespace

bool Relay::head(const ResponseHead& head) {
    std::vector<std::pair<std::string, std::string>> headers;
    for (const auto& header : head.headers) {
        headers.emplace_back(header.name, header.value);
    }
    headers.emplace_back("Transfer-Encoding", "chunked");
    return peer_.head(head.status, headers);
}

bool Relay::piece(std::string_view bytes) {
    return bytes.empty() || peer_.chunk(bytes);
}

void Gate::open() const {
    const std::lock_guard lock(state_->mutex);
    state_->open = true;
    state_->changed.notify_all();
}

bool Gate::wait(HostileConnection& peer) const {
    constexpr std::chrono::milliseconds kLook{20};
    for (;;) {
        {
            const std::lock_guard lock(state_->mutex);
            state_->reached = true;
            state_->changed.notify_all();
            if (state_->open) {
                return true;
            }
        }
        if (!peer.wait(kLook)) {
            return false;
        }
    }
}

bool Gate::waitUntilReached() const {
    std::unique_lock lock(state_->mutex);
    return state_->changed.wait_for(lock, std::chrono::seconds(10), [this] { return state_->reached; });
}

namespace faults {

Fault answer(std::string name, HostileServer::Handler handler) {
    return {std::move(name), std::move(handler), nullptr, {}};
}

Fault pass() {
    return relayed<Relay>("none");
}

Fault gated(Gate gate, Fault fault) {
    if (fault.answer) {
        fault.answer = [gate, inner = fault.answer](const HostileRequest& request, HostileConnection& peer) {
            if (gate.wait(peer)) {
                inner(request, peer);
            }
        };
    } else {
        fault.relay = [gate, inner = fault.relay](HostileConnection& peer) {
            static_cast<void>(gate.wait(peer));  // where the peer has gone, the first write says so
            return inner(peer);
        };
    }
    return fault;
}

Fault status(int code, std::string reason, std::string message, int retryAfter) {
    std::vector<std::pair<std::string, std::string>> headers;
    if (retryAfter >= 0) {
        headers.emplace_back("Retry-After", std::to_string(retryAfter));
    }
    return answer(std::to_string(code),
                  answers::kubernetesStatus(code, std::move(reason), std::move(message), headers));
}

Fault tooLargeVersion() {
    return answer("too large version", [](const HostileRequest&, HostileConnection& peer) {
        peer.answer(504, "application/json",
                    "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":"
                    "\"Timeout: Too large resource version: 900, current: 41\",\"reason\":\"Timeout\",\"details\":{"
                    "\"causes\":[{\"reason\":\"ResourceVersionTooLarge\",\"message\":\"Too large resource version\"}],"
                    "\"retryAfterSeconds\":1},\"code\":504}\n",
                    {{"Retry-After", "1"}});
    });
}

Fault cutAfterBytes(std::size_t bytes) {
    return relayed<CutAfterBytes>("cut after bytes", bytes);
}

Fault cutInEvent(std::size_t events) {
    return afterEvents("cut in an event", events, false,
                       [](HostileConnection& peer, const std::string&, std::string_view next) {
                           peer.chunk(next.substr(0, next.size() / 2));
                           peer.reset();
                       });
}

Fault cutSocketAfter(std::size_t messages) {
    Fault fault = relayed<Relay>("cut WebSocket");
    fault.socketMessages = messages;
    return fault;
}

Fault endAfter(std::size_t events) {
    return afterEvents("ended", events, true,
                       [](HostileConnection& peer, const std::string&, std::string_view) { peer.lastChunk(); });
}

Fault silentAfter(std::size_t events) {
    return afterEvents("silent", events, true,
                       [](HostileConnection& peer, const std::string&, std::string_view) { peer.waitUntilClosed(); });
}

Fault dripping(std::chrono::milliseconds interval) {
    return relayed<Dripping>("dripping", interval);
}
Fault heldHead() {
    return relayed<HeldHead>("held head");
}
Fault held(Gate gate) {
    return relayed<Held>("held", std::move(gate));
}
Fault droppedBookmarks() {
    return relayed<DroppedBookmarks>("dropped bookmarks");
}
Fault gzipMembers() {
    return relayed<GzipMembers>("gzip members");
}

Fault errorInStream(int code, std::string reason, std::string message, std::size_t events) {
    return afterEvents(std::to_string(code) + " in the stream", events, true,
                       [=](HostileConnection& peer, const std::string& contentType, std::string_view) {
                           peer.chunk(errorEvent(contentType, code, reason, message));
                           peer.lastChunk();
                       });
}

Fault replayedList(std::string contentType, std::string body, std::string contentEncoding) {
    std::vector<std::pair<std::string, std::string>> headers;
    if (!contentEncoding.empty()) {
        headers.emplace_back("Content-Encoding", std::move(contentEncoding));
    }
    return answer("replayed list", [contentType = std::move(contentType), body = std::move(body),
                                    headers = std::move(headers)](const HostileRequest&, HostileConnection& peer) {
        peer.answer(200, contentType, body, headers);
    });
}

Fault flood(FloodPlan plan, std::optional<Gate> gate) {
    return answer("flood", [plan = std::move(plan), gate](const HostileRequest&, HostileConnection& peer) {
        if (peer.chunkedHead(200, plan.contentType) && (!gate || gate->wait(peer)) && writeFlood(peer, plan)) {
            peer.waitUntilClosed();
        }
    });
}

}  // namespace faults
}  // namespace quarterdeck::fakes
