#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "app/base/result.h"
#include "app/http/curl_handles.h"
#include "app/http/server_url.h"
#include "app/http/tls_setup.h"
#include "app/http/transport.h"

namespace quarterdeck::http {

/// What all transfers of one transport share. Never changes after construction, except for the clock's offset.
struct TransferContext {
    Endpoint endpoint;
    ServerUrl server;
    ProxyChoice proxy;
    TransportOptions options;
    std::shared_ptr<const Clock> clock;
    /// Server minus local, milliseconds; kUnknownOffset before the first answer.
    mutable std::atomic<std::chrono::milliseconds::rep> clockOffset{kUnknownOffset};

    static constexpr std::chrono::milliseconds::rep kUnknownOffset =
        std::numeric_limits<std::chrono::milliseconds::rep>::min();
    [[nodiscard]] std::optional<std::chrono::milliseconds> knownOffset() const {
        const auto offset = clockOffset.load();
        return offset == kUnknownOffset ? std::nullopt : std::optional(std::chrono::milliseconds(offset));
    }
};

/// Where a handle connects to. Owns what libcurl only points at: must outlive the handle.
struct Route {
    std::string url;
    std::unique_ptr<HeaderLines> connectTo;
};

/// One exchange with the server: the meeting point of the calling thread and the I/O thread. The libcurl handle
/// lives only between start() and the end, and only the I/O thread touches it.
class Transfer {
public:
    using SteadyTime = std::chrono::steady_clock::time_point;
    /// Collect: the body is gathered up to maxBody. Stream: it is handed over in pieces; while the caller does not take
    /// them, at most kStreamBuffer bytes wait here and the transfer is paused.
    enum class Mode { Collect, Stream };
    static constexpr std::size_t kStreamBuffer = std::size_t{1} << 20U;
    static constexpr std::size_t kMaxHeaderBytes = std::size_t{256} << 10U;

    Transfer(std::shared_ptr<const TransferContext> context, Request request, Credential credential, Mode mode);

    // The calling thread (abandon: any thread).
    struct Batch {
        std::string data;
        bool finished = false;  ///< nothing comes after this data
        bool resume = false;    ///< the transfer waits for a resume()
    };
    /// Wakes the caller; what still comes is thrown away. False where it had ended already.
    bool abandon();
    /// Blocks until the end, or until abandoned (false).
    [[nodiscard]] bool waitForEnd();
    /// Blocks until the head is there; nothing where the transfer failed before it or was abandoned.
    [[nodiscard]] std::optional<ResponseHead> waitForHead();
    /// Blocks until data came, the transfer ended or was abandoned.
    [[nodiscard]] Batch take();
    /// Only after the end.
    [[nodiscard]] Result<Response> response();

    // The I/O thread.
    /// Builds the handle; an Error where the request cannot be sent at all.
    [[nodiscard]] std::optional<Error> start();
    [[nodiscard]] CURL* easy() const { return easy_.get(); }
    /// Ends the transfer with libcurl's verdict, or with an error of ours. Releases the handle; remove it from the
    /// multi handle first.
    void finish(CURLcode code);
    void finish(Error error);
    /// Fewer than 1 KiB/s since the answer began, for the whole of slowLimit?
    [[nodiscard]] bool isTooSlow(SteadyTime now);
    [[nodiscard]] Error tooSlowError() const;
    [[nodiscard]] Error lostError(std::string detail) const;
    [[nodiscard]] Error timeoutError() const;
    [[nodiscard]] bool abandoned() const { return abandoned_; }
    /// Cut because the client certificate was renewed, and not by the network or the server.
    [[nodiscard]] bool wasRetired() const { return retired_; }
    void retire() { retired_ = true; }
    [[nodiscard]] bool paused() const { return paused_; }
    [[nodiscard]] SteadyTime lastByte() const { return lastByte_; }
    [[nodiscard]] bool answered() const { return headDone_; }
    /// Waiting for its turn counts towards the limit.
    [[nodiscard]] std::optional<SteadyTime> deadline() const { return deadline_; }
    void touch(SteadyTime now) { lastByte_ = now; }

    [[nodiscard]] const Request& request() const { return request_; }
    [[nodiscard]] const Credential& credential() const { return credential_; }
    [[nodiscard]] Mode mode() const { return mode_; }

private:
    static std::size_t onHeader(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t onBody(char* data, std::size_t size, std::size_t count, void* self);
    [[nodiscard]] bool takeHeaderLine(std::string_view line);
    [[nodiscard]] bool completeHead();
    [[nodiscard]] std::optional<Error> ownVerdict() const;
    void applyRequest();
    void applyHeaders();
    void applyRoute();
    void applyLimits();
    void noteServerTime();
    void end(std::optional<Error> error);

    const std::shared_ptr<const TransferContext> context_;
    const Request request_;
    const Credential credential_;
    const Mode mode_;
    const std::optional<SteadyTime> deadline_;

    // The I/O thread's own.
    Route route_;
    std::shared_ptr<HandshakeFacts> handshake_ = std::make_shared<HandshakeFacts>();
    std::array<char, CURL_ERROR_SIZE> words_{};
    std::unique_ptr<HeaderLines> headerLines_;
    EasyHandle easy_;
    ResponseHead incoming_;
    std::size_t headerBytes_ = 0;
    bool headDone_ = false;
    bool headersTooLong_ = false;
    bool tooLarge_ = false;
    SteadyTime lastByte_{};
    SteadyTime slowSince_{};
    SteadyTime sampleAt_{};
    curl_off_t sampleBytes_ = -1;

    std::atomic<bool> abandoned_{false};
    std::atomic<bool> retired_{false};
    std::atomic<bool> paused_{false};

    std::mutex mutex_;
    std::condition_variable changed_;
    // Guarded by mutex_.
    std::optional<ResponseHead> head_;
    std::string body_;  // Collect: the I/O thread's until the end
    bool ended_ = false;
    std::optional<Error> error_;
};

}  // namespace quarterdeck::http
