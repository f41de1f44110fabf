#include "app/demo/api/connection.h"

#include <sys/socket.h>

#include <cerrno>

#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include "app/base/time_text.h"
#include "app/demo/api/gzip.h"
#include "app/demo/api/status.h"

namespace quarterdeck::demo {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

constexpr std::uint64_t kMaxBody = 8ULL * 1024 * 1024;
constexpr std::uint32_t kMaxHeader = 64 * 1024;
constexpr std::size_t kWorthGzip = 16UL * 1024;

ApiRequest apiRequest(const http::request<http::string_body>& message) {
    ApiRequest request;
    request.method = std::string(message.method_string());
    parseTarget(std::string_view(message.target().data(), message.target().size()), request);
    for (const auto& field : message) {
        std::string name(field.name_string());
        for (char& c : name) {
            c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
        std::string& value = request.headers[name];
        appendWord(value, std::string(field.value()));
    }
    request.body = message.body();
    return request;
}

}  // namespace

class Connection::HttpExchange final : public Exchange {
public:
    HttpExchange(Connection& connection, const http::request<http::string_body>& message)
        : connection_(connection),
          version_(message.version()),
          keepAlive_(message.keep_alive()),
          head_(message.method() == http::verb::head),
          gzip_(message[http::field::accept_encoding].find("gzip") != beast::string_view::npos) {}

    void respond(const ApiResponse& response) override {
        http::response<http::string_body> message(static_cast<http::status>(response.status), version_);
        fill(message, response.contentType);
        message.body() = response.body;
        if (gzip_ && response.body.size() >= kWorthGzip) {
            if (std::string packed = gzip(response.body); !packed.empty()) {
                message.body() = std::move(packed);
                message.set(http::field::content_encoding, "gzip");
                message.set(http::field::vary, "Accept-Encoding");
            }
        }
        message.prepare_payload();
        answered_ = true;
        if (head_) {
            http::response<http::empty_body> header(std::move(message.base()));
            write(header);
        } else {
            write(message);
        }
    }

    void begin(int status, const std::string& contentType) override {
        http::response<http::empty_body> message(static_cast<http::status>(status), version_);
        fill(message, contentType);
        message.chunked(true);
        http::response_serializer<http::empty_body> serializer(message);
        beast::error_code error;
        http::write_header(connection_.socket_, serializer, error);
        broken_ = broken_ || error;
        answered_ = true;
    }

    bool send(std::string_view piece) override {
        if (broken_ || piece.empty()) {
            return !isOver();
        }
        beast::error_code error;
        asio::write(connection_.socket_, http::make_chunk(asio::const_buffer(piece.data(), piece.size())), error);
        broken_ = broken_ || error;
        return !broken_;
    }

    void end() override {
        if (!broken_) {
            beast::error_code error;
            asio::write(connection_.socket_, http::make_chunk_last(), error);
            broken_ = error.failed();
        }
    }

    bool isOver() const override {
        if (broken_ || connection_.stopping_) {
            return true;
        }
        char byte = 0;
        const ssize_t count = ::recv(connection_.handle_, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
        return count == 0 || (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
    }

    int upgrade() override {
        keepAlive_ = false;
        answered_ = true;
        return connection_.handle_;
    }

    [[nodiscard]] bool goesOn() const { return keepAlive_ && !broken_ && answered_; }
    [[nodiscard]] bool isAnswered() const { return answered_; }

private:
    template <class Message>
    void fill(Message& message, const std::string& contentType) {
        message.set(http::field::content_type, contentType);
        message.set(http::field::date, formatHttpDate(connection_.clock_.now()));
        message.set(http::field::cache_control, "no-cache, private");
        message.keep_alive(keepAlive_);
    }

    template <class Message>
    void write(const Message& message) {
        beast::error_code error;
        http::write(connection_.socket_, message, error);
        broken_ = broken_ || error;
    }

    Connection& connection_;
    unsigned version_;
    bool keepAlive_;
    bool head_;
    bool gzip_;
    bool broken_ = false;
    bool answered_ = false;
};

Connection::Connection(asio::ip::tcp::socket socket, const Clock& clock)
    : socket_(std::move(socket)), handle_(socket_.native_handle()), clock_(clock) {}

void Connection::stop() {
    stopping_ = true;
    ::shutdown(handle_, SHUT_RDWR);
}

void Connection::run(const Answerer& answer) {
    beast::flat_buffer buffer;
    while (!stopping_) {
        beast::error_code error;
        http::request_parser<http::string_body> parser;
        parser.body_limit(kMaxBody);
        parser.header_limit(kMaxHeader);
        http::read_header(socket_, buffer, parser, error);
        if (error) {
            break;
        }
        if (parser.get()[http::field::expect] == "100-continue") {
            http::response<http::empty_body> go(http::status::continue_, parser.get().version());
            http::write(socket_, go, error);
        }
        http::read(socket_, buffer, parser, error);
        if (error) {
            break;
        }
        HttpExchange exchange(*this, parser.get());
        try {
            answer(apiRequest(parser.get()), exchange);
        } catch (const std::exception& failure) {
            if (exchange.isAnswered()) {
                break;
            }
            const ApiFailure internal{500, "InternalError", std::string("Internal error occurred: ") + failure.what()};
            exchange.respond({500, "application/json", statusObject(internal).dump() + "\n"});
        }
        if (!exchange.goesOn()) {
            break;
        }
    }
    ::shutdown(handle_, SHUT_RDWR);
}

}  // namespace quarterdeck::demo
