#pragma once

#include <array>
#include <chrono>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "app/http/curl_handles.h"
#include "app/http/transfer.h"

namespace quarterdeck::http {

/// The I/O thread of one transport: runs transfers on one libcurl multi handle, the person's first. Watches silent
/// streams and drops every connection when a probe finds them dead. All functions may be called from any thread.
class MultiLoop {
public:
    /// Exchanges (not streams) under way at once, and background exchanges among them.
    static constexpr std::size_t kMaxExchanges = 32;
    static constexpr std::size_t kMaxBackground = 4;

    explicit MultiLoop(std::shared_ptr<const TransferContext> context);
    /// Ends all transfers as cancelled and joins the thread.
    ~MultiLoop();
    MultiLoop(const MultiLoop&) = delete;
    MultiLoop& operator=(const MultiLoop&) = delete;

    void submit(std::shared_ptr<Transfer> transfer);
    /// The caller has gone (after abandon()): stop it.
    void forget(std::shared_ptr<Transfer> transfer);
    /// The caller has taken the data of a paused transfer.
    void resume(std::shared_ptr<Transfer> transfer);
    /// Closes every connection; what is under way fails with kConnectionLost.
    void dropConnections();
    /// The same because the client certificate was renewed; waits for actions that are under way.
    void retireConnections();

private:
    using Steady = std::chrono::steady_clock;
    enum class Order { Submit, Forget, Resume, Drop, Retire };
    struct Command {
        Order order;
        std::shared_ptr<Transfer> transfer;
    };

    void post(Command command);
    void run();
    [[nodiscard]] bool obey();
    void startWaiting();
    [[nodiscard]] bool mayStart(const Transfer& transfer) const;
    void launch(const std::shared_ptr<Transfer>& transfer);
    /// Takes it off the multi handle; nothing where it does not run.
    [[nodiscard]] std::shared_ptr<Transfer> detach(CURL* easy);
    void collectEnded();
    void checkTimes();
    void checkWaiting(Steady::time_point now);
    void sendProbe(const Transfer& silent);
    void probeEnded(bool answered);
    void dropAll(const std::string& detail);
    void retireAll();
    void renewMulti();
    [[nodiscard]] std::chrono::milliseconds pause() const;

    const std::shared_ptr<const TransferContext> context_;
    std::mutex mutex_;
    std::vector<Command> commands_;  // guarded by mutex_
    bool stopping_ = false;          // guarded by mutex_
    MultiHandle multi_;              // replaced under mutex_, on the I/O thread only

    // The I/O thread's own.
    std::array<std::deque<std::shared_ptr<Transfer>>, 3> waiting_;
    std::unordered_map<CURL*, std::shared_ptr<Transfer>> running_;
    std::shared_ptr<Transfer> probe_;  // the one under way
    bool retiring_ = false;            // as soon as no action is under way

    std::thread thread_;
};

}  // namespace quarterdeck::http
