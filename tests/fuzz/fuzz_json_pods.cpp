// A list of pods in JSON.

#include <cstdint>

#include "tests/fuzz/summary_check.h"

using namespace quarterdeck;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    StringPool pool;
    kube::DecodeContext context{pool};
    std::string json(reinterpret_cast<const char*>(data), size);
    fuzz::checkList(kinds::podKind().decodeList(json, context), true);
    return 0;
}
