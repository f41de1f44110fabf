#include "app/base/string_pool.h"

#include <mutex>
#include <unordered_map>

namespace quarterdeck {

struct StringPoolState {
    std::mutex mutex;
    // The key views the text of the entry. An entry without users may stand here until its last user has removed it.
    std::unordered_map<std::string_view, PooledString::Entry*> entries;
};

void PooledString::release() {
    if (entry_->users.fetch_sub(1, std::memory_order_acq_rel) != 1) {
        return;
    }
    const std::shared_ptr<StringPoolState> state = entry_->state;
    {
        const std::scoped_lock lock(state->mutex);
        const auto found = state->entries.find(entry_->text);
        // Another thread may have put a new entry in the place of this one.
        if (found != state->entries.end() && found->second == entry_) {
            state->entries.erase(found);
        }
    }
    delete entry_;
}

StringPool::StringPool() : state_(std::make_shared<StringPoolState>()) {}
StringPool::~StringPool() = default;

PooledString StringPool::intern(std::string_view text) {
    if (text.empty()) {
        return {};
    }
    const std::scoped_lock lock(state_->mutex);
    const auto found = state_->entries.find(text);
    if (found != state_->entries.end()) {
        std::atomic<std::uint32_t>& users = found->second->users;
        std::uint32_t count = users.load(std::memory_order_relaxed);
        // An entry that fell to zero is its releaser's to delete and must not come back to life.
        while (count != 0) {
            if (users.compare_exchange_weak(count, count + 1, std::memory_order_relaxed)) {
                return PooledString(found->second);
            }
        }
        state_->entries.erase(found);
    }
    auto entry = std::make_unique<PooledString::Entry>();
    entry->text = std::string(text);
    entry->state = state_;
    state_->entries.emplace(std::string_view(entry->text), entry.get());
    return PooledString(entry.release());
}

std::size_t StringPool::size() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->entries.size();
}

}  // namespace quarterdeck
