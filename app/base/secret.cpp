#include "app/base/secret.h"

#include <openssl/crypto.h>

namespace quarterdeck {

void wipeString(std::string& text) {
    text.resize(text.capacity());
    OPENSSL_cleanse(text.data(), text.size());
    text.clear();
}

Secret::Secret(std::string value) : value_(value) {
    wipeString(value);
}
Secret::Secret(const Secret& other) = default;
// Copied, then wiped: a moved short string would stay behind in the old object.
// NOLINTNEXTLINE(performance-move-constructor-init)
Secret::Secret(Secret&& other) noexcept : value_(other.value_) {
    other.wipe();
}

Secret& Secret::operator=(const Secret& other) {
    if (this != &other) {
        wipe();
        value_ = other.value_;
    }
    return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this != &other) {
        wipe();
        value_ = other.value_;
        other.wipe();
    }
    return *this;
}

Secret::~Secret() {
    wipe();
}
void Secret::wipe() {
    wipeString(value_);
}

}  // namespace quarterdeck
