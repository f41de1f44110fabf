#include "tests/fakes/proxy_server.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <thread>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <QByteArray>

namespace quarterdeck::fakes {

namespace asio = boost::asio;
using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;

namespace {

/// The rest of a SOCKS reply: reserved, IPv4, 0.0.0.0:0.
const std::string kNoAddress("\0\1\0\0\0\0\0\0", 8);

}  // namespace

struct ProxyServer::Impl {
    explicit Impl(Options given)
        : options(std::move(given)), acceptor(io, tcp::endpoint(asio::ip::make_address("127.0.0.1"), 0)) {
        if (options.tls) {
            tls.use_certificate_chain(asio::buffer(options.tls->certificatePem));
            tls.use_private_key(asio::buffer(options.tls->keyPem), asio::ssl::context::pem);
        }
        asio::co_spawn(io, accept(), asio::detached);
        thread = std::thread([this] { io.run(); });
    }
    ~Impl() {
        io.stop();
        thread.join();
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    awaitable<void> accept() {
        for (;;) {
            tcp::socket socket = co_await acceptor.async_accept(use_awaitable);
            asio::co_spawn(io, serve(std::move(socket)), asio::detached);
        }
    }

    awaitable<void> serve(tcp::socket socket) {
        try {
            if (options.tls) {
                asio::ssl::stream<tcp::socket> stream(std::move(socket), tls);
                co_await stream.async_handshake(asio::ssl::stream_base::server, use_awaitable);
                co_await talk(stream);
            } else {
                co_await talk(socket);
            }
        } catch (const std::exception&) {
            // The client went, or did not speak as it should: this connection is over.
        }
    }

    template <class Stream>
    awaitable<void> talk(Stream& client) {
        if (options.kind == Kind::Http) {
            co_await talkHttp(client);
        } else {
            co_await talkSocks(client);
        }
    }

    template <class Stream>
    awaitable<void> talkHttp(Stream& client) {
        for (;;) {
            std::string head;
            co_await asio::async_read_until(client, asio::dynamic_buffer(head, 65536), "\r\n\r\n", use_awaitable);
            const std::size_t begin = head.find(' ') + 1;
            const std::string target = head.substr(begin, head.find(' ', begin) - begin);
            note(target);
            const std::string wanted =
                "Proxy-Authorization: Basic " +
                QByteArray::fromStdString(options.user + ":" + options.password).toBase64().toStdString() + "\r\n";
            if (!options.user.empty() && head.find(wanted) == std::string::npos) {
                co_await asio::async_write(client,
                                           asio::buffer(std::string("HTTP/1.1 407 Proxy Authentication Required\r\n"
                                                                    "Proxy-Authenticate: Basic realm=\"p\"\r\n"
                                                                    "Content-Length: 0\r\n\r\n")),
                                           use_awaitable);
                continue;
            }
            if (!options.refusal.empty()) {
                co_await asio::async_write(client, asio::buffer(options.refusal), use_awaitable);
                co_return;
            }
            tcp::socket server = co_await connect(target.substr(target.rfind(':') + 1));
            co_await asio::async_write(client, asio::buffer(std::string("HTTP/1.1 200 Connection established\r\n\r\n")),
                                       use_awaitable);
            co_await tunnel(client, server);
            co_return;
        }
    }

    template <class Stream>
    awaitable<void> talkSocks(Stream& client) {
        std::array<unsigned char, 512> bytes{};
        co_await read(client, bytes, 2);
        const std::size_t methods = bytes[1];
        co_await read(client, bytes, methods);
        const unsigned char method = options.user.empty() ? 0x00 : 0x02;
        const bool offered = std::find(bytes.begin(), bytes.begin() + static_cast<long>(methods), method) !=
                             bytes.begin() + static_cast<long>(methods);
        co_await reply(client, pair(0x05, offered ? method : static_cast<unsigned char>(0xFF)));
        if (!offered) {
            co_return;
        }
        if (method == 0x02) {
            co_await read(client, bytes, 2);
            const std::string user = co_await readText(client, bytes[1]);
            co_await read(client, bytes, 1);
            const std::string password = co_await readText(client, bytes[0]);
            const bool good = user == options.user && password == options.password;
            co_await reply(client, pair(0x01, good ? 0x00 : 0x01));
            if (!good) {
                co_return;
            }
        }
        co_await read(client, bytes, 4);
        std::string host;
        if (bytes[3] == 0x03) {
            co_await read(client, bytes, 1);
            host = co_await readText(client, bytes[0]);
        } else {
            const std::string raw = co_await readText(client, bytes[3] == 0x01 ? 4 : 16);
            host = bytes[3] == 0x01 ? address(raw) : "[ipv6]";
        }
        co_await read(client, bytes, 2);
        const std::string port = std::to_string(bytes[0] * 256 + bytes[1]);
        note(host + ":" + port);
        if (options.socksReply != 0) {
            co_await reply(client, pair(0x05, options.socksReply) + kNoAddress);
            co_return;
        }
        tcp::socket server = co_await connect(port);
        co_await reply(client, pair(0x05, 0x00) + kNoAddress);
        co_await tunnel(client, server);
    }

    template <class Stream>
    static awaitable<void> read(Stream& client, std::array<unsigned char, 512>& bytes, std::size_t count) {
        co_await asio::async_read(client, asio::buffer(bytes.data(), count), use_awaitable);
    }
    template <class Stream>
    static awaitable<std::string> readText(Stream& client, std::size_t count) {
        std::string text(count, '\0');
        co_await asio::async_read(client, asio::buffer(text), use_awaitable);
        co_return text;
    }
    template <class Stream>
    static awaitable<void> reply(Stream& client, std::string bytes) {
        co_await asio::async_write(client, asio::buffer(bytes), use_awaitable);
    }
    static std::string pair(unsigned char first, unsigned char second) {
        return {static_cast<char>(first), static_cast<char>(second)};
    }
    static std::string address(const std::string& raw) {
        std::string text;
        for (const char c : raw) {
            text += (text.empty() ? "" : ".") + std::to_string(static_cast<unsigned char>(c));
        }
        return text;
    }

    awaitable<tcp::socket> connect(const std::string& port) {
        tcp::socket server(io);
        const auto number = static_cast<std::uint16_t>(std::stoi(port));
        co_await server.async_connect(tcp::endpoint(asio::ip::make_address("127.0.0.1"), number), use_awaitable);
        const std::lock_guard lock(mutex);
        ++opened;
        co_return server;
    }

    template <class From, class To>
    static awaitable<void> pump(From& from, To& to, tcp::socket& other) {
        std::array<char, 16384> bytes{};
        try {
            for (;;) {
                const std::size_t count = co_await from.async_read_some(asio::buffer(bytes), use_awaitable);
                co_await asio::async_write(to, asio::buffer(bytes.data(), count), use_awaitable);
            }
        } catch (const std::exception&) {
            boost::system::error_code ignored;
            other.shutdown(tcp::socket::shutdown_both, ignored);
        }
    }

    static tcp::socket& lowest(tcp::socket& socket) { return socket; }
    static tcp::socket& lowest(asio::ssl::stream<tcp::socket>& stream) { return stream.next_layer(); }

    /// Both ways until both have ended.
    template <class Stream>
    awaitable<void> tunnel(Stream& client, tcp::socket& server) {
        bool backEnded = false;
        asio::co_spawn(
            io,
            [&]() -> awaitable<void> {
                co_await pump(server, client, lowest(client));
                backEnded = true;
            },
            asio::detached);
        co_await pump(client, server, server);
        while (!backEnded) {
            co_await asio::post(io, use_awaitable);
        }
    }

    void note(const std::string& target) {
        const std::lock_guard lock(mutex);
        targets.push_back(target);
    }

    const Options options;
    asio::ssl::context tls{asio::ssl::context::tls_server};
    asio::io_context io;
    tcp::acceptor acceptor;
    std::mutex mutex;
    std::vector<std::string> targets;  // guarded by mutex
    int opened = 0;                    // guarded by mutex
    std::thread thread;
};

ProxyServer::ProxyServer(Options options) : impl_(std::make_unique<Impl>(std::move(options))) {}
ProxyServer::~ProxyServer() = default;

std::uint16_t ProxyServer::port() const {
    return impl_->acceptor.local_endpoint().port();
}

std::string ProxyServer::url(const std::string& signIn) const {
    const char* scheme = impl_->options.kind == Kind::Socks5 ? "socks5" : impl_->options.tls ? "https" : "http";
    return std::string(scheme) + "://" + signIn + "127.0.0.1:" + std::to_string(port());
}

std::vector<std::string> ProxyServer::asked() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->targets;
}

int ProxyServer::tunnels() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->opened;
}

}  // namespace quarterdeck::fakes
