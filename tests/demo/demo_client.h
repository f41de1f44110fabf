#pragma once

#include <utility>  // before asio: Boost 1.74 needs it in C++20

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <nlohmann/json.hpp>

namespace quarterdeck::demo::testing {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using Json = nlohmann::json;
using Headers = std::map<std::string, std::string>;

struct Reply {
    unsigned status = 0;
    std::string body;
    std::string date;
    std::string contentType;
    std::string encoding;

    [[nodiscard]] Json json() const { return Json::parse(body, nullptr, false); }
};

/// Blocking HTTP/1.1 calls to one of the demo's servers over one kept-alive connection.
class DemoClient {
public:
    explicit DemoClient(std::uint16_t port) : socket_(context_) {
        socket_.connect({boost::asio::ip::address_v4::loopback(), port});
        const timeval limit{10, 0};
        ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    }

    Reply send(const std::string& method, const std::string& target, const std::string& body = {},
               const Headers& headers = {}) {
        write(method, target, body, headers);
        http::response_parser<http::string_body> parser;
        parser.body_limit(64 * 1024 * 1024);
        parser.skip(method == "HEAD");
        http::read(socket_, buffer_, parser);
        const auto& message = parser.get();
        return {message.result_int(), message.body(), std::string(message[http::field::date]),
                std::string(message[http::field::content_type]), std::string(message[http::field::content_encoding])};
    }
    Reply get(const std::string& target, const Headers& headers = {}) { return send("GET", target, {}, headers); }
    Json getJson(const std::string& target, const Headers& headers = {}) { return get(target, headers).json(); }
    Reply patch(const std::string& target, const std::string& type, const Json& body) {
        return send("PATCH", target, body.dump(), {{"Content-Type", "application/" + type}});
    }

    /// Opens a watch; then nextEvent() reads from it and nothing else may be sent.
    unsigned watch(const std::string& target, const Headers& headers = {}) {
        write("GET", target, {}, headers);
        stream_.emplace();
        stream_->body_limit(boost::none);
        http::read_header(socket_, buffer_, *stream_);
        return stream_->get().result_int();
    }
    /// The next event, nothing at the end of the stream. Throws after ten silent seconds.
    std::optional<Json> nextEvent() {
        for (;;) {
            std::string& text = stream_->get().body();
            if (const auto end = text.find('\n'); end != std::string::npos) {
                Json event = Json::parse(text.substr(0, end));
                text.erase(0, end + 1);
                return event;
            }
            if (stream_->is_done()) {
                return std::nullopt;
            }
            http::read_some(socket_, buffer_, *stream_);
        }
    }
    /// Skips to the next event of that type.
    std::optional<Json> nextEvent(const std::string& type) {
        for (auto event = nextEvent(); event; event = nextEvent()) {
            if (event->at("type") == type) {
                return event;
            }
        }
        return std::nullopt;
    }
    void close() { socket_.close(); }

private:
    void write(const std::string& method, const std::string& target, const std::string& body, const Headers& headers) {
        http::request<http::string_body> request(http::string_to_verb(method), target, 11);
        request.set(http::field::host, "127.0.0.1");
        if (!body.empty()) {
            request.set(http::field::content_type, "application/json");
        }
        for (const auto& [name, value] : headers) {
            request.set(name, value);
        }
        request.body() = body;
        request.prepare_payload();
        http::write(socket_, request);
    }

    boost::asio::io_context context_;
    boost::asio::ip::tcp::socket socket_;
    beast::flat_buffer buffer_;
    std::optional<http::response_parser<http::string_body>> stream_;
};

/// Objects of a list by "namespace/name".
inline std::map<std::string, Json> byName(const Json& list) {
    std::map<std::string, Json> result;
    for (const Json& item : list.at("items")) {
        const Json& metadata = item.at("metadata");
        result[metadata.value("namespace", std::string()) + "/" + metadata.at("name").get<std::string>()] = item;
    }
    return result;
}

}  // namespace quarterdeck::demo::testing
