#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "app/http/message.h"
#include "tests/fakes/event_flood.h"
#include "tests/fakes/hostile_server.h"

namespace quarterdeck::fakes {

/// What becomes of one answer on its way from the API server to the client. Runs on the client's connection thread.
/// Every function returns false where the exchange is over. This one passes everything on, chunked.
class Relay {
public:
    explicit Relay(HostileConnection& peer) : peer_(peer) {}
    virtual ~Relay() = default;
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

    /// Without the headers that frame or encode the body.
    virtual bool head(const http::ResponseHead& head);
    /// One whole event of a watch with its delimiter, or any piece of another body.
    virtual bool piece(std::string_view bytes);
    /// The server ended the answer in good order.
    virtual bool end() { return peer_.lastChunk(); }

protected:
    HostileConnection& peer_;
};

/// A fault, as an answer that is given instead of asking the server, or as a relay.
struct Fault {
    std::string name;
    HostileServer::Handler answer;
    std::function<std::unique_ptr<Relay>(HostileConnection& peer)> relay;
    /// So many messages of the server pass on a WebSocket; of the next one half, and the connection is reset.
    std::optional<std::size_t> socketMessages = {};
};

/// Holds back what has reached it until somebody opens it. Copies share one gate.
class Gate {
public:
    void open() const;
    /// False where `peer` went first.
    [[nodiscard]] bool wait(HostileConnection& peer) const;
    /// Somebody waits here; false after ten seconds.
    [[nodiscard]] bool waitUntilReached() const;

private:
    struct State {
        std::mutex mutex;
        std::condition_variable changed;
        bool open = false;
        bool reached = false;
    };
    std::shared_ptr<State> state_ = std::make_shared<State>();
};

/// Ready-made faults. Events are those of a watch; JSON lines and protobuf frames alike.
namespace faults {
/// Any handler of hostile_server.h instead of the server's answer.
[[nodiscard]] Fault answer(std::string name, HostileServer::Handler handler);
/// Nothing: the server's own answer.
[[nodiscard]] Fault pass();
/// The same once the gate is open; nothing is asked or answered before.
[[nodiscard]] Fault gated(Gate gate, Fault fault);
/// A Status with this code, with Retry-After where `retryAfter` ≥ 0.
[[nodiscard]] Fault status(int code, std::string reason, std::string message, int retryAfter = -1);
/// What an API server says to a version that it has not reached yet.
[[nodiscard]] Fault tooLargeVersion();
/// After so many bytes of the body the connection is reset.
[[nodiscard]] Fault cutAfterBytes(std::size_t bytes);
/// Passes so many events and half of the next one, then resets the connection.
[[nodiscard]] Fault cutInEvent(std::size_t events);
/// On a WebSocket: passes so many of the server's messages and half of the next one, then resets the connection.
[[nodiscard]] Fault cutSocketAfter(std::size_t messages);
/// Passes so many events, then ends the watch in good order.
[[nodiscard]] Fault endAfter(std::size_t events);
/// Passes so many events, then says nothing and closes nothing.
[[nodiscard]] Fault silentAfter(std::size_t events);
/// One byte per interval.
[[nodiscard]] Fault dripping(std::chrono::milliseconds interval);
/// The head is held back until the first byte of the body.
[[nodiscard]] Fault heldHead();
/// The answer of the server is held back, whole, until the gate opens.
[[nodiscard]] Fault held(Gate gate);
/// Passes so many events, then an ERROR event with a Status of this code (and a resourceVersion that means nothing),
/// and ends.
[[nodiscard]] Fault errorInStream(int code, std::string reason, std::string message, std::size_t events = 0);
/// BOOKMARK events are lost.
[[nodiscard]] Fault droppedBookmarks();
/// Each event is a gzip member of its own, whatever the client accepts.
[[nodiscard]] Fault gzipMembers();
/// The list is this one instead of the server's, packed as `contentEncoding` says; empty = not.
[[nodiscard]] Fault replayedList(std::string contentType, std::string body, std::string contentEncoding = {});
/// The watch brings these changes instead of the server's, once the gate is open, and nothing after them.
[[nodiscard]] Fault flood(FloodPlan plan, std::optional<Gate> gate = {});
}  // namespace faults

/// An event of a watch around an object, which is JSON or "k8s\0" with its message, with the event's delimiter.
[[nodiscard]] std::string watchEvent(std::string_view contentType, const std::string& type, const std::string& object);
/// The ERROR event of a watch in the encoding of its content type, with its delimiter.
[[nodiscard]] std::string errorEvent(std::string_view contentType, int code, const std::string& reason,
                                     const std::string& message);
/// Length of the first whole event in `bytes`, with its delimiter; 0 where none is complete.
[[nodiscard]] std::size_t eventLength(std::string_view contentType, std::string_view bytes);
[[nodiscard]] bool isBookmark(std::string_view contentType, std::string_view event);

}  // namespace quarterdeck::fakes
