#pragma once

#include <QTest>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "app/http/errors.h"
#include "app/http/transport.h"
#include "tests/fakes/hostile_server.h"

namespace quarterdeck::http {

inline constexpr std::string_view kCanary = "CANARY";

/// Hands out what it is told to; counts.
class ScriptedCredentials final : public CredentialSource {
public:
    explicit ScriptedCredentials(Credential first) : current_(std::move(first)) {}
    [[nodiscard]] Result<Credential> current(std::stop_token) override {
        const std::lock_guard lock(mutex_);
        ++asked;
        return current_;
    }
    [[nodiscard]] Result<std::optional<Credential>> renewAfterRejection(const Credential& rejected,
                                                                        std::stop_token) override {
        const std::lock_guard lock(mutex_);
        ++renewals;
        if (rejected.generation == current_.generation && next) {
            current_ = *next;
        } else if (rejected.generation == current_.generation) {
            return std::optional<Credential>();
        }
        return std::optional<Credential>(current_);
    }
    void set(Credential credential) {
        const std::lock_guard lock(mutex_);
        current_ = std::move(credential);
    }

    std::optional<Credential> next;
    int asked = 0;
    int renewals = 0;

private:
    std::mutex mutex_;
    Credential current_;
};

inline Credential token(const std::string& text, unsigned generation = 1) {
    Credential credential;
    credential.bearerToken = Secret(text);
    credential.generation = generation;
    return credential;
}

inline std::shared_ptr<const Clock> systemClock() {
    return std::make_shared<SystemClock>();
}

inline Endpoint endpointFor(const std::string& url, const std::string& caPem = {}) {
    Endpoint endpoint;
    endpoint.serverUrl = url;
    endpoint.caPem = caPem;
    endpoint.label = "test-context";
    return endpoint;
}

inline Request get(const std::string& target) {
    Request request;
    request.target = target;
    return request;
}

/// Keeps what it gets; may wait in the middle, or stop.
class RecordingSink final : public StreamSink {
public:
    Flow onHead(const ResponseHead& head) override {
        const std::lock_guard lock(mutex_);
        status_ = head.status;
        ++heads_;
        changed_.notify_all();
        return Flow::Continue;
    }
    Flow onData(std::string_view bytes) override {
        std::unique_lock lock(mutex_);
        bytes_ += bytes.size();
        if (text_.size() < 4096) {
            text_.append(bytes.substr(0, 4096));
        }
        changed_.notify_all();
        changed_.wait(lock, [this] { return !held_; });
        return bytes_ >= stopAfter_ ? Flow::Stop : Flow::Continue;
    }
    void hold() {
        const std::lock_guard lock(mutex_);
        held_ = true;
    }
    void release() {
        const std::lock_guard lock(mutex_);
        held_ = false;
        changed_.notify_all();
    }
    void stopAfter(std::size_t bytes) {
        const std::lock_guard lock(mutex_);
        stopAfter_ = bytes;
    }
    [[nodiscard]] bool waitForBytes(std::size_t bytes) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(20), [&] { return bytes_ >= bytes; });
    }
    [[nodiscard]] std::size_t bytes() const {
        const std::lock_guard lock(mutex_);
        return bytes_;
    }
    [[nodiscard]] std::string text() const {
        const std::lock_guard lock(mutex_);
        return text_;
    }
    [[nodiscard]] int status() const {
        const std::lock_guard lock(mutex_);
        return status_;
    }
    [[nodiscard]] int heads() const {
        const std::lock_guard lock(mutex_);
        return heads_;
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t bytes_ = 0;
    std::size_t stopAfter_ = static_cast<std::size_t>(-1);
    std::string text_;
    int status_ = 0;
    int heads_ = 0;
    bool held_ = false;
};

/// A call on a thread of its own; the result is there after join().
template <class T>
class Background {
public:
    explicit Background(std::function<T()> call)
        : thread_([this, call = std::move(call)] {
              auto value = call();
              const std::lock_guard lock(mutex_);
              result_ = std::move(value);
              changed_.notify_all();
          }) {}
    ~Background() { join(); }
    Background(const Background&) = delete;
    Background& operator=(const Background&) = delete;
    [[nodiscard]] bool endsWithin(std::chrono::milliseconds limit) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, limit, [this] { return result_.has_value(); });
    }
    const T& join() {
        if (thread_.joinable()) {
            thread_.join();
        }
        return *result_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<T> result_;
    std::thread thread_;
};

}  // namespace quarterdeck::http

/// Holds when the result is this error, its sentence has no gap left and no secret in it; prints the
/// sentence where SHOW_SENTENCES is set.
#define VERIFY_ERROR(call, expected)                                                                  \
    do {                                                                                              \
        const auto& result_ = (call);                                                                 \
        QVERIFY2(!result_, "there is a value, not an error");                                         \
        const std::string sentence_ = quarterdeck::describe(result_.error());                         \
        QVERIFY2(result_.error().is(expected), sentence_.c_str());                                    \
        QVERIFY2(sentence_.find('{') == std::string::npos, sentence_.c_str());                        \
        QVERIFY2(sentence_.find(quarterdeck::http::kCanary) == std::string::npos, sentence_.c_str()); \
        if (qEnvironmentVariableIsSet("SHOW_SENTENCES")) {                                            \
            qInfo("%s", sentence_.c_str());                                                           \
        }                                                                                             \
    } while (false)
