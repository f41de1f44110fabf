#pragma once

#include <string>
#include <string_view>

namespace quarterdeck {

/// A value that must not leak: no operator<<, no conversion to string, no format support; the bytes are zeroed when
/// it dies. `reveal()` is the only door; what it returns must go straight to the wire or a TLS library.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string value);
    Secret(const Secret& other);
    Secret(Secret&& other) noexcept;
    Secret& operator=(const Secret& other);
    Secret& operator=(Secret&& other) noexcept;
    ~Secret();

    [[nodiscard]] std::string_view reveal() const { return value_; }
    [[nodiscard]] bool empty() const { return value_.empty(); }
    [[nodiscard]] std::size_t size() const { return value_.size(); }
    friend bool operator==(const Secret& left, const Secret& right) { return left.value_ == right.value_; }

private:
    void wipe();
    std::string value_;
};

/// Overwrites the bytes of a string (its capacity too) and empties it.
void wipeString(std::string& text);

}  // namespace quarterdeck
