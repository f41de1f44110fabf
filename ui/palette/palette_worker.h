#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "app/base/mailbox.h"
#include "ui/palette/palette_index.h"

namespace quarterdeck::ui {

/// The palette's index on a thread of its own. A newer question ends the search for an older one.
class PaletteWorker {
public:
    static constexpr std::size_t kMaxHits = 50;

    struct Question {
        std::string text;
        /// What the person visited, latest first.
        std::vector<ObjectReference> recent;
    };
    struct Answer {
        std::uint64_t question = 0;
        PaletteFindings findings;
    };
    /// `deliver` runs in `receiver`'s thread, with answers to the newest question only as far as the worker knows
    /// (compare with what ask() returned), never after this object died there.
    PaletteWorker(QObject* receiver, std::function<void(Answer)> deliver);
    ~PaletteWorker();
    PaletteWorker(const PaletteWorker&) = delete;
    PaletteWorker& operator=(const PaletteWorker&) = delete;

    // Receiver's thread, all of these.
    void setContexts(std::vector<kube::ContextId> open);
    /// `again`: the last question deserves a new answer when this is in (lists that were still loading).
    void apply(const kube::ContextId& context, const kube::KindDescriptor& kind, const kube::Batch& batch, bool again);
    /// Forgets every object and context.
    void clear();
    /// The number that the answer will carry.
    std::uint64_t ask(Question question);

private:
    using Work = std::function<void(PaletteIndex&)>;
    void run(const std::stop_token& stop);
    void post(Work work, bool again);
    void answer(const std::stop_token& stop, std::uint64_t number);

    std::shared_ptr<Mailbox<Answer>> answers_;

    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::vector<Work> work_;
    std::unique_ptr<Question> question_;
    bool again_ = false;
    /// Number of the newest question; read by the search without the mutex.
    std::atomic<std::uint64_t> newest_{0};

    // The worker's own.
    PaletteIndex index_;
    std::unique_ptr<Question> current_;

    std::jthread thread_;  // last: stops before the rest dies
};

}  // namespace quarterdeck::ui
