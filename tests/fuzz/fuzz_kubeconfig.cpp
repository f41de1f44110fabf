// A kubeconfig file, from its bytes to its entries. No file that it names is read.

#include <cstdint>

#include "app/kubeconfig/entry_decoder.h"
#include "app/kubeconfig/text_file.h"
#include "tests/fuzz/check.h"

using namespace quarterdeck;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = kubeconfig::decodeText(std::string(reinterpret_cast<const char*>(data), size));
    if (!text) {
        return 0;
    }
    // Smaller limits than those of real files, so that a run does not spend its time on them.
    const auto root = kubeconfig::parseYaml(*text, {32, 5'000, std::size_t{1} << 20U});
    if (!root) {
        fuzz::check(!root.error().empty(), "an error has a sentence");
        return 0;
    }
    static_cast<void>(kubeconfig::toJson(*root).size());
    const auto content = kubeconfig::decodeConfig(*root, {"/nowhere/config", "/nowhere"});
    if (!content) {
        return 0;
    }
    for (const auto& [name, context] : content->contexts) {
        fuzz::check(name == context.name, "an entry stands under its own name");
    }
    for (const auto& [name, faults] : content->userFaults) {
        fuzz::check(content->users.count(name) == 1 && !faults.empty(), "a fault belongs to an entry");
    }
    return 0;
}
