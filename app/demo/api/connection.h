#pragma once

#include <utility>  // before asio: Boost 1.74 needs it in C++20

#include <atomic>
#include <functional>

#include <boost/asio/ip/tcp.hpp>

#include "app/base/clock.h"
#include "app/demo/api/exchange.h"

namespace quarterdeck::demo {

/// Reads requests from one socket and has them answered, until either side closes. For one thread; stop() from any.
class Connection {
public:
    using Answerer = std::function<void(const ApiRequest&, Exchange&)>;

    Connection(boost::asio::ip::tcp::socket socket, const Clock& clock);
    /// Returns when the connection is over. Exceptions of the answerer become 500.
    void run(const Answerer& answer);
    /// Ends run() soon; idempotent.
    void stop();

private:
    class HttpExchange;
    boost::asio::ip::tcp::socket socket_;
    const int handle_;
    const Clock& clock_;
    std::atomic<bool> stopping_{false};
};

}  // namespace quarterdeck::demo
