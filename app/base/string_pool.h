#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace quarterdeck {

struct StringPoolState;

/// An immutable string shared with all equal ones of the same pool. One pointer wide, cheap to copy, empty by default.
/// Different PooledStrings may be used from different threads even where they share their text.
class PooledString {
public:
    PooledString() = default;
    PooledString(const PooledString& other) : entry_(other.entry_) { retain(); }
    PooledString(PooledString&& other) noexcept : entry_(std::exchange(other.entry_, nullptr)) {}
    PooledString& operator=(const PooledString& other) {
        PooledString(other).swap(*this);
        return *this;
    }
    PooledString& operator=(PooledString&& other) noexcept {
        PooledString(std::move(other)).swap(*this);
        return *this;
    }
    ~PooledString() {
        if (entry_ != nullptr) {
            release();
        }
    }

    [[nodiscard]] std::string_view view() const {
        return entry_ != nullptr ? std::string_view(entry_->text) : std::string_view();
    }
    [[nodiscard]] std::string str() const { return std::string(view()); }
    [[nodiscard]] bool empty() const { return entry_ == nullptr; }
    operator std::string_view() const { return view(); }  // NOLINT(google-explicit-constructor): it is a string
    friend bool operator==(const PooledString& left, const PooledString& right) {
        return left.entry_ == right.entry_ || left.view() == right.view();
    }
    friend bool operator==(const PooledString& left, std::string_view right) { return left.view() == right; }

private:
    friend class StringPool;
    friend struct StringPoolState;
    struct Entry {
        std::atomic<std::uint32_t> users{1};
        std::string text;
        std::shared_ptr<StringPoolState> state;
    };
    /// Takes over one count of the entry.
    explicit PooledString(Entry* entry) : entry_(entry) {}
    void swap(PooledString& other) noexcept { std::swap(entry_, other.entry_); }
    void retain() const {
        if (entry_ != nullptr) {
            entry_->users.fetch_add(1, std::memory_order_relaxed);
        }
    }
    void release();
    Entry* entry_ = nullptr;
};

/// Keeps one copy of what repeats (namespaces, nodes, images, label keys). Counted: a text leaves the pool with its
/// last user, so churn does not grow it. Callable from any thread; strings may outlive the pool.
class StringPool {
public:
    StringPool();
    ~StringPool();
    StringPool(const StringPool&) = delete;
    StringPool& operator=(const StringPool&) = delete;
    [[nodiscard]] PooledString intern(std::string_view text);
    /// Number of texts alive.
    [[nodiscard]] std::size_t size() const;

private:
    std::shared_ptr<StringPoolState> state_;
};

}  // namespace quarterdeck
