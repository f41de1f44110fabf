#pragma once

#include <memory>
#include <utility>

namespace quarterdeck::kinds {

/// A value that is mostly missing: one pointer wide, copied with its content.
template <class T>
class Boxed {
public:
    Boxed() = default;
    explicit Boxed(T value) : value_(std::make_unique<T>(std::move(value))) {}
    Boxed(const Boxed& other) : value_(other.value_ ? std::make_unique<T>(*other.value_) : nullptr) {}
    Boxed(Boxed&& other) noexcept = default;
    Boxed& operator=(const Boxed& other) {
        *this = Boxed(other);
        return *this;
    }
    Boxed& operator=(Boxed&& other) noexcept = default;
    ~Boxed() = default;

    explicit operator bool() const { return value_ != nullptr; }
    [[nodiscard]] const T& operator*() const { return *value_; }
    [[nodiscard]] const T* operator->() const { return value_.get(); }
    /// The content, made where it is missing.
    [[nodiscard]] T& make() {
        if (!value_) {
            value_ = std::make_unique<T>();
        }
        return *value_;
    }

private:
    std::unique_ptr<T> value_;
};

}  // namespace quarterdeck::kinds
