#include "tests/fakes/hanging_lookups.h"

#include <dlfcn.h>
#include <netdb.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string_view>

namespace quarterdeck::fakes {
namespace {

struct State {
    std::mutex mutex;
    std::condition_variable changed;
    bool hanging = false;
    int entered = 0;
};

State& state() {
    static auto* object = new State;  // detached lookups may outlive main()
    return *object;
}

void set(bool hanging) {
    const std::lock_guard lock(state().mutex);
    state().hanging = hanging;
    state().entered = 0;
    state().changed.notify_all();
}

/// What to look up instead.
const char* pass(const char* host) {
    if (host == nullptr || std::string_view(host) != "hang.example") {
        return host;
    }
    std::unique_lock lock(state().mutex);
    ++state().entered;
    state().changed.notify_all();
    state().changed.wait(lock, [] { return !state().hanging; });
    return "127.0.0.1";
}

}  // namespace

HangingLookups::HangingLookups() {
    set(true);
}
HangingLookups::~HangingLookups() {
    set(false);
}

void HangingLookups::thaw() {
    set(false);
}

bool HangingLookups::waitUntilEntered() {
    std::unique_lock lock(state().mutex);
    return state().changed.wait_for(lock, std::chrono::seconds(10), [] { return state().entered > 0; });
}

}  // namespace quarterdeck::fakes

/// Stands before the C library's: libcurl's resolver thread calls this one.
extern "C" int getaddrinfo(const char* node, const char* service, const addrinfo* hints, addrinfo** result) {
    using Function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
    static const auto real = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "getaddrinfo"));
    return real(quarterdeck::fakes::pass(node), service, hints, result);
}
