// Frames as a hostile server may send them: read by the same rules as in the product, then taken apart as messages of
// the exec protocol. The first byte chooses how the bytes are cut into reads.
#include <utility>  // before asio: Boost 1.74 needs it in C++20

#include <algorithm>
#include <cstdint>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include "app/http/web_socket_frames.h"
#include "app/kube/exec_status.h"
#include "tests/fuzz/check.h"

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using ErrorCode = boost::system::error_code;
using quarterdeck::fuzz::check;

/// Answers the upgrade correctly, then hands out the input and swallows what is written.
class InputStream {
public:
    using executor_type = asio::io_context::executor_type;
    InputStream(asio::io_context& context, std::string input, std::size_t step)
        : context_(context), input_(std::move(input)), step_(step) {}
    executor_type get_executor() { return context_.get_executor(); }

    template <class Buffers>
    std::size_t write_some(const Buffers& buffers, ErrorCode& error) {
        error = {};
        const std::size_t size = asio::buffer_size(buffers);
        if (!upgraded_) {
            std::string part(size, '\0');
            asio::buffer_copy(asio::buffer(part), buffers);
            request_ += part;
            if (request_.find("\r\n\r\n") != std::string::npos) {
                answer();
            }
        }
        return size;
    }
    template <class Buffers>
    std::size_t read_some(const Buffers& buffers, ErrorCode& error) {
        const std::size_t size = std::min({asio::buffer_size(buffers), input_.size() - at_, step_});
        if (size == 0 && asio::buffer_size(buffers) > 0) {
            error = asio::error::eof;
            return 0;
        }
        error = {};
        asio::buffer_copy(buffers, asio::buffer(input_.data() + at_, size));
        at_ += size;
        return size;
    }
    template <class Buffers>
    std::size_t write_some(const Buffers& buffers) {
        ErrorCode ignored;
        return write_some(buffers, ignored);
    }
    template <class Buffers>
    std::size_t read_some(const Buffers& buffers) {
        ErrorCode ignored;
        return read_some(buffers, ignored);
    }

private:
    void answer() {
        constexpr std::string_view kName = "Sec-WebSocket-Key: ";
        const std::size_t start = request_.find(kName) + kName.size();
        const std::string key = request_.substr(start, request_.find("\r\n", start) - start);
        websocket::detail::sec_ws_accept_type accept;
        websocket::detail::make_sec_ws_accept(accept, key);
        input_.insert(0,
                      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      "Sec-WebSocket-Accept: " +
                          std::string(accept.data(), accept.size()) + "\r\n\r\n");
        upgraded_ = true;
    }

    asio::io_context& context_;
    std::string input_;
    std::size_t step_;
    std::size_t at_ = 0;
    std::string request_;
    bool upgraded_ = false;
};

void teardown(beast::role_type /*role*/, InputStream& /*stream*/, ErrorCode& error) {
    error = {};
}
void beast_close_socket(InputStream& /*stream*/) {}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    asio::io_context context;
    quarterdeck::http::WebSocketOptions options;
    options.maxMessage = 4096;
    websocket::stream<InputStream, false> socket(
        context, std::string(reinterpret_cast<const char*>(data + 1), size - 1), std::size_t{1} + data[0]);
    quarterdeck::http::applyFrameRules(socket, options);
    ErrorCode error;
    socket.handshake("localhost", "/", error);
    check(!error, "a right answer to the upgrade is accepted");
    while (!error) {
        beast::flat_buffer buffer;
        socket.read(buffer, error);
        if (error) {
            break;
        }
        const std::string message(static_cast<const char*>(buffer.data().data()), buffer.size());
        check(message.size() <= options.maxMessage, "no message is larger than allowed");
        if (const auto part = quarterdeck::kube::splitChannel(message); part && part->channel == 3) {
            static_cast<void>(quarterdeck::kube::parseExecStatus(part->data));
        }
    }
    return 0;
}
