#include <utility>  // before asio: Boost 1.74 needs it in C++20

#include "app/demo/api/api_server.h"

#include <sys/socket.h>

#include <atomic>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "app/demo/api/api_handler.h"
#include "app/demo/api/connection.h"

namespace quarterdeck::demo {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

/// How soon a watch notices that its client went away.
constexpr std::chrono::milliseconds kPatience{500};

struct Worker {
    std::unique_ptr<Connection> connection;
    std::atomic<bool> done{false};
    std::thread thread;
};

}  // namespace

struct ApiServer::Impl {
    explicit Impl(ClusterState& served) : cluster(served), handler(served), acceptor(context) {}

    void answer(const ApiRequest& request, Exchange& exchange) {
        std::vector<std::shared_ptr<ExtraRoute>> extra;
        {
            const std::scoped_lock lock(mutex);
            extra = routes;
        }
        for (const auto& route : extra) {
            if (route->serve(request, exchange)) {
                return;
            }
        }
        auto outcome = handler.handle(request);
        if (const auto* response = std::get_if<ApiResponse>(&outcome)) {
            exchange.respond(*response);
            return;
        }
        WatchStream watch(cluster, std::move(std::get<WatchRequest>(outcome)));
        exchange.begin(200, "application/json");
        while (!exchange.isOver()) {
            const std::optional<std::string> lines = watch.next(kPatience);
            if (!lines) {
                exchange.end();
                return;
            }
            if (!exchange.send(*lines)) {
                return;
            }
        }
    }

    void accept() {
        while (!stopping) {
            error_code error;
            tcp::socket socket = acceptor.accept(error);
            if (error) {
                if (stopping || error == boost::asio::error::bad_descriptor ||
                    error == boost::asio::error::invalid_argument) {
                    return;
                }
                continue;
            }
            socket.set_option(tcp::no_delay(true), error);
            const std::scoped_lock lock(mutex);
            if (stopping) {
                return;
            }
            dropFinished();
            Worker& worker = workers.emplace_back();
            worker.connection = std::make_unique<Connection>(std::move(socket), *cluster.clock);
            worker.thread = std::thread([this, &worker] {
                worker.connection->run(
                    [this](const ApiRequest& request, Exchange& exchange) { answer(request, exchange); });
                worker.done = true;
            });
        }
    }

    void dropFinished() {
        for (auto worker = workers.begin(); worker != workers.end();) {
            if (worker->done) {
                worker->thread.join();
                worker = workers.erase(worker);
            } else {
                ++worker;
            }
        }
    }

    ClusterState& cluster;
    ApiHandler handler;
    boost::asio::io_context context;
    tcp::acceptor acceptor;
    std::uint16_t port = 0;
    std::atomic<bool> stopping{false};
    std::thread acceptThread;
    std::mutex mutex;  // routes, workers
    std::vector<std::shared_ptr<ExtraRoute>> routes;
    std::list<Worker> workers;
};

Result<std::unique_ptr<ApiServer>> ApiServer::start(ClusterState& cluster) {
    auto impl = std::make_unique<Impl>(cluster);
    error_code error;
    const tcp::endpoint endpoint(boost::asio::ip::address_v4::loopback(), 0);
    impl->acceptor.open(endpoint.protocol(), error);
    if (!error) {
        impl->acceptor.bind(endpoint, error);
    }
    if (!error) {
        impl->acceptor.listen(128, error);
    }
    if (!error) {
        impl->port = impl->acceptor.local_endpoint(error).port();
    }
    if (error) {
        return fail(kCannotListen, {{"context", cluster.context}, {"reason", error.message()}});
    }
    impl->acceptThread = std::thread([raw = impl.get()] { raw->accept(); });
    return std::unique_ptr<ApiServer>(new ApiServer(std::move(impl)));
}

ApiServer::ApiServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

ApiServer::~ApiServer() {
    impl_->stopping = true;
    {
        const std::scoped_lock lock(impl_->cluster.mutex);
        impl_->cluster.closing = true;
    }
    impl_->cluster.changed.notify_all();
    ::shutdown(impl_->acceptor.native_handle(), SHUT_RDWR);
    impl_->acceptThread.join();
    {
        const std::scoped_lock lock(impl_->mutex);
        for (Worker& worker : impl_->workers) {
            worker.connection->stop();
        }
    }
    for (Worker& worker : impl_->workers) {  // nobody else touches the list any more
        worker.thread.join();
    }
}

std::uint16_t ApiServer::port() const {
    return impl_->port;
}

void ApiServer::add(std::shared_ptr<ExtraRoute> route) {
    const std::scoped_lock lock(impl_->mutex);
    impl_->routes.push_back(std::move(route));
}

}  // namespace quarterdeck::demo
