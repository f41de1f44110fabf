// A watch as lines of JSON, in parts.

#include "tests/fuzz/watch_stream.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    quarterdeck::fuzz::feedWatch("application/json", data, size);
    return 0;
}
