#pragma once

#include <utility>  // before asio: Boost 1.74 needs it in C++20

#include <algorithm>
#include <chrono>
#include <string>

#include <boost/asio/buffer.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/role.hpp>

#include "app/http/curl_connection.h"

namespace quarterdeck::http {

/// A connection of libcurl as Boost.Asio's AsyncStream: libcurl moves the bytes, Asio waits for the socket. For the
/// thread of its io_context.
class CurlStream {
public:
    using executor_type = boost::asio::io_context::executor_type;
    using ErrorCode = boost::system::error_code;
    using SteadyTime = std::chrono::steady_clock::time_point;
    /// While the answer to the upgrade is read: Beast has room for so many bytes that follow it.
    static constexpr std::size_t kCautiousRead = 1024;
    static constexpr std::size_t kLargestWrite = std::size_t{64} << 10U;

    CurlStream(boost::asio::io_context& context, CurlConnection& connection)
        : connection_(connection), descriptor_(context) {
        descriptor_.assign(connection.socket());
    }
    ~CurlStream() {
        if (descriptor_.is_open()) {
            descriptor_.release();  // the socket is libcurl's
        }
    }
    CurlStream(const CurlStream&) = delete;
    CurlStream& operator=(const CurlStream&) = delete;

    executor_type get_executor() { return descriptor_.get_executor(); }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        return boost::asio::async_compose<Token, void(ErrorCode, std::size_t)>(
            ReadOperation{*this, firstOf(buffers), Step::Start, {}, 0}, token, descriptor_);
    }
    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        staging_.resize(std::min(boost::asio::buffer_size(buffers), kLargestWrite));
        boost::asio::buffer_copy(boost::asio::buffer(staging_), buffers);
        return boost::asio::async_compose<Token, void(ErrorCode, std::size_t)>(
            WriteOperation{*this, Step::Start, {}, 0}, token, descriptor_);
    }

    void cancel() { descriptor_.cancel(); }
    void readFreely() { cautious_ = false; }
    [[nodiscard]] SteadyTime lastByte() const { return lastByte_; }
    /// The peer takes nothing at the moment.
    [[nodiscard]] bool writeStalled() const { return writeStalled_; }
    /// CURLE_OK where the end came as an end of file.
    [[nodiscard]] CURLcode failure() const { return failure_; }

private:
    enum class Step { Start, Waiting, Finished };

    template <class Buffers>
    static boost::asio::mutable_buffer firstOf(const Buffers& buffers) {
        const auto end = boost::asio::buffer_sequence_end(buffers);
        for (auto at = boost::asio::buffer_sequence_begin(buffers); at != end; ++at) {
            if (const boost::asio::mutable_buffer buffer(*at); buffer.size() > 0) {
                return buffer;
            }
        }
        return {};
    }

    /// Whether it is done, with an error or not.
    bool tryRead(boost::asio::mutable_buffer into, ErrorCode& error, std::size_t& count) {
        if (into.size() == 0) {
            return true;
        }
        const std::size_t size = cautious_ ? std::min(into.size(), kCautiousRead) : into.size();
        const auto outcome = connection_.read(static_cast<char*>(into.data()), size);
        if (outcome.code == CURLE_AGAIN) {
            return false;
        }
        count = outcome.count;
        if (outcome.code != CURLE_OK) {
            failure_ = outcome.code;
            error = boost::asio::error::connection_reset;
        } else if (count == 0) {
            error = boost::asio::error::eof;
        } else {
            lastByte_ = std::chrono::steady_clock::now();
        }
        return true;
    }

    bool tryWrite(std::size_t& count) {
        count = staging_.size();
        if (count == 0 || writeBroken_) {
            return true;
        }
        const auto outcome = connection_.write(staging_.data(), staging_.size());
        writeStalled_ = outcome.code == CURLE_AGAIN;
        if (writeStalled_) {
            return false;
        }
        if (outcome.code == CURLE_OK) {
            count = outcome.count;
        } else {
            // A server may have said all that matters and gone before it took our bytes: the reader finds out.
            writeBroken_ = true;
        }
        return true;
    }

    struct ReadOperation {
        CurlStream& stream;
        boost::asio::mutable_buffer into;
        Step step;
        ErrorCode error;
        std::size_t count;

        template <class Self>
        void operator()(Self& self, ErrorCode waited = {}) {
            if (step == Step::Finished || waited) {
                self.complete(waited ? waited : error, count);
                return;
            }
            if (!stream.tryRead(into, error, count)) {
                step = Step::Waiting;
                stream.descriptor_.async_wait(boost::asio::posix::descriptor_base::wait_read, std::move(self));
            } else if (std::exchange(step, Step::Finished) == Step::Start) {
                boost::asio::post(stream.get_executor(), std::move(self));  // never from within the call
            } else {
                self.complete(error, count);
            }
        }
    };

    struct WriteOperation {
        CurlStream& stream;
        Step step;
        ErrorCode error;
        std::size_t count;

        template <class Self>
        void operator()(Self& self, ErrorCode waited = {}) {
            if (step == Step::Finished || waited) {
                self.complete(waited ? waited : error, count);
                return;
            }
            if (!stream.tryWrite(count)) {
                step = Step::Waiting;
                stream.descriptor_.async_wait(boost::asio::posix::descriptor_base::wait_write, std::move(self));
            } else if (std::exchange(step, Step::Finished) == Step::Start) {
                boost::asio::post(stream.get_executor(), std::move(self));
            } else {
                self.complete(error, count);
            }
        }
    };

    CurlConnection& connection_;
    boost::asio::posix::basic_stream_descriptor<executor_type> descriptor_;
    /// What is being written; TLS wants the very same bytes again after a wait.
    std::string staging_;
    bool cautious_ = true;
    bool writeStalled_ = false;
    bool writeBroken_ = false;
    CURLcode failure_ = CURLE_OK;
    SteadyTime lastByte_ = std::chrono::steady_clock::now();
};

/// What Beast does to a stream that it gives up.
inline void beast_close_socket(CurlStream& stream) {
    stream.cancel();
}

/// Beast's last word to a connection: the owner closes it right after.
template <class Handler>
void async_teardown(boost::beast::role_type /*role*/, CurlStream& stream, Handler&& handler) {
    boost::asio::post(stream.get_executor(), [handler = std::forward<Handler>(handler)]() mutable {
        std::move(handler)(CurlStream::ErrorCode());
    });
}

}  // namespace quarterdeck::http
