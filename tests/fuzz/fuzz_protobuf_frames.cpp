// A watch as frames of protobuf, in parts.

#include "tests/fuzz/watch_stream.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    quarterdeck::fuzz::feedWatch("application/vnd.kubernetes.protobuf", data, size);
    return 0;
}
