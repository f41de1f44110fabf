// A list in protobuf, read as every kind that has a decoder for it.

#include <cstdint>

#include "app/kinds/registry.h"
#include "tests/fuzz/summary_check.h"

using namespace quarterdeck;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    StringPool pool;
    kube::DecodeContext context{pool};
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    for (const kube::KindDescriptor* kind : kinds::allKinds()) {
        if (kind->decodeProtobufList != nullptr) {
            fuzz::checkList(kind->decodeProtobufList(body, context), kind == &kinds::podKind());
        }
    }
    return 0;
}
