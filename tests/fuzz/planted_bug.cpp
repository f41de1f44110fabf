// A decoder with a mistake on purpose: it believes the length that stands in the message. Shows that the build and the
// run find such mistakes; no part of the product.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr char kMagic[] = "k8s";
    if (size < 6 || std::memcmp(data, kMagic, sizeof kMagic) != 0) {
        return 0;
    }
    const std::size_t length = data[4];
    const std::vector<std::uint8_t> body(data + 5, data + size);
    volatile unsigned sum = 0;
    for (std::size_t i = 0; i < length; ++i) {
        sum = sum + body.data()[i];
    }
    return 0;
}
