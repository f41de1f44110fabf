#include "app/http/multi_loop.h"

#include <pthread.h>

#include <algorithm>
#include <csignal>
#include <utility>

#include "app/http/curl_error.h"
#include "app/http/errors.h"
#include "app/http/libcurl.h"

namespace quarterdeck::http {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kExchangeTick{250};
constexpr milliseconds kLongestPause{60'000};

MultiHandle newMulti() {
    MultiHandle multi(curl_multi_init());
    if (!multi) {
        throw std::bad_alloc();
    }
    curl_multi_setopt(multi.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
    return multi;
}

Transfer* transferOf(CURL* easy) {
    void* transfer = nullptr;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &transfer);
    return static_cast<Transfer*>(transfer);
}

}  // namespace

MultiLoop::MultiLoop(std::shared_ptr<const TransferContext> context) : context_(std::move(context)) {
    ensureCurl();
    multi_ = newMulti();
    thread_ = std::thread([this] { run(); });
}

MultiLoop::~MultiLoop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        curl_multi_wakeup(multi_.get());
    }
    thread_.join();
}

void MultiLoop::submit(std::shared_ptr<Transfer> transfer) {
    post({Order::Submit, std::move(transfer)});
}
void MultiLoop::forget(std::shared_ptr<Transfer> transfer) {
    post({Order::Forget, std::move(transfer)});
}
void MultiLoop::resume(std::shared_ptr<Transfer> transfer) {
    post({Order::Resume, std::move(transfer)});
}
void MultiLoop::dropConnections() {
    post({Order::Drop, nullptr});
}

void MultiLoop::retireConnections() {
    post({Order::Retire, nullptr});
}

void MultiLoop::post(Command command) {
    const std::lock_guard lock(mutex_);
    if (!stopping_) {
        commands_.push_back(std::move(command));
        curl_multi_wakeup(multi_.get());
    } else if (command.order == Order::Submit) {
        command.transfer->finish(makeError(kCancelled));
    }
}

void MultiLoop::run() {
    // Signals belong to the main thread; a write to a dead TLS connection must not raise SIGPIPE here.
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
    while (obey()) {
        retireAll();
        startWaiting();
        int count = 0;
        curl_multi_perform(multi_.get(), &count);
        collectEnded();
        checkTimes();
        startWaiting();
        curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(pause().count()), nullptr);
    }
    for (auto& [easy, transfer] : running_) {
        curl_multi_remove_handle(multi_.get(), easy);
        transfer->finish(makeError(kCancelled));
    }
    for (auto& queue : waiting_) {
        for (const auto& transfer : queue) {
            transfer->finish(makeError(kCancelled));
        }
    }
}

bool MultiLoop::obey() {
    std::vector<Command> commands;
    bool stopping = false;
    {
        const std::lock_guard lock(mutex_);
        commands.swap(commands_);
        stopping = stopping_;
    }
    for (Command& command : commands) {
        switch (command.order) {
            case Order::Submit:
                waiting_[static_cast<std::size_t>(command.transfer->request().priority)].push_back(
                    std::move(command.transfer));
                break;
            case Order::Forget:
                if (const auto transfer = detach(command.transfer->easy())) {
                    transfer->finish(makeError(kCancelled));
                }
                break;
            case Order::Resume:
                if (running_.contains(command.transfer->easy())) {
                    curl_easy_pause(command.transfer->easy(), CURLPAUSE_CONT);
                }
                break;
            case Order::Drop:
                dropAll("all connections were renewed");
                break;
            case Order::Retire:
                retiring_ = true;
                break;
        }
    }
    return !stopping;
}

bool MultiLoop::mayStart(const Transfer& transfer) const {
    if (transfer.mode() == Transfer::Mode::Stream) {
        return true;
    }
    std::size_t exchanges = 0;
    std::size_t background = 0;
    for (const auto& [easy, other] : running_) {
        if (other->mode() == Transfer::Mode::Collect) {
            ++exchanges;
            background += other->request().priority == Priority::Background ? 1U : 0U;
        }
    }
    return exchanges < kMaxExchanges &&
           (transfer.request().priority != Priority::Background || background < kMaxBackground);
}

void MultiLoop::startWaiting() {
    for (auto& queue : waiting_) {
        while (!queue.empty() && (queue.front()->abandoned() || mayStart(*queue.front()))) {
            const auto transfer = std::move(queue.front());
            queue.pop_front();
            launch(transfer);
        }
    }
}

void MultiLoop::launch(const std::shared_ptr<Transfer>& transfer) {
    if (transfer->abandoned()) {
        transfer->finish(makeError(kCancelled));
        return;
    }
    if (auto error = transfer->start()) {
        transfer->finish(std::move(*error));
        return;
    }
    running_.emplace(transfer->easy(), transfer);
    curl_multi_add_handle(multi_.get(), transfer->easy());
}

std::shared_ptr<Transfer> MultiLoop::detach(CURL* easy) {
    const auto found = running_.find(easy);
    if (easy == nullptr || found == running_.end()) {
        return nullptr;
    }
    auto transfer = std::move(found->second);
    running_.erase(found);
    curl_multi_remove_handle(multi_.get(), easy);
    return transfer;
}

void MultiLoop::collectEnded() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
        if (message->msg != CURLMSG_DONE) {
            continue;
        }
        const CURLcode code = message->data.result;
        const bool answered = transferOf(message->easy_handle)->answered();
        const auto transfer = detach(message->easy_handle);
        transfer->finish(code);
        if (transfer == probe_) {
            probeEnded(answered);
        } else if (code == CURLE_OPERATION_TIMEDOUT && !answered && !probe_) {
            // Perhaps the shared connection is dead: ask at once where streams depend on it.
            const auto stream = std::find_if(running_.begin(), running_.end(), [](const auto& entry) {
                return entry.second->mode() == Transfer::Mode::Stream;
            });
            if (stream != running_.end()) {
                sendProbe(*stream->second);
            }
        }
    }
}

void MultiLoop::checkTimes() {
    const auto now = Steady::now();
    checkWaiting(now);
    std::vector<std::shared_ptr<Transfer>> tooSlow;
    std::shared_ptr<Transfer> silent;
    for (const auto& [easy, transfer] : running_) {
        if (transfer->isTooSlow(now)) {
            tooSlow.push_back(transfer);
        }
        if (transfer->mode() == Transfer::Mode::Stream && !transfer->paused() &&
            now - transfer->lastByte() >= context_->options.idleProbeAfter) {
            silent = transfer;
        }
    }
    for (const auto& transfer : tooSlow) {
        static_cast<void>(detach(transfer->easy()));
        transfer->finish(transfer->tooSlowError());
    }
    if (silent && !probe_) {
        sendProbe(*silent);
    }
}

void MultiLoop::checkWaiting(Steady::time_point now) {
    for (auto& queue : waiting_) {
        std::erase_if(queue, [now](const std::shared_ptr<Transfer>& transfer) {
            const bool late = transfer->deadline() && *transfer->deadline() <= now;
            if (late) {
                transfer->finish(transfer->timeoutError());
            }
            return late;
        });
    }
}

void MultiLoop::sendProbe(const Transfer& silent) {
    Request request;
    request.target = "/version";
    request.timeout = context_->options.idleProbeLimit;
    probe_ = std::make_shared<Transfer>(context_, std::move(request), silent.credential(), Transfer::Mode::Collect);
    launch(probe_);
    if (probe_->easy() == nullptr) {
        probe_ = nullptr;  // not even started; the stream's own keepalive has to do
    }
}

void MultiLoop::probeEnded(bool answered) {
    probe_ = nullptr;
    if (!answered) {
        dropAll("no answer to a probe within " + durationText(context_->options.idleProbeLimit));
        return;
    }
    for (const auto& [easy, transfer] : running_) {
        transfer->touch(Steady::now());
    }
}

void MultiLoop::dropAll(const std::string& detail) {
    const auto running = std::exchange(running_, {});
    for (const auto& [easy, transfer] : running) {
        curl_multi_remove_handle(multi_.get(), easy);
    }
    probe_ = nullptr;
    renewMulti();
    for (const auto& [easy, transfer] : running) {
        transfer->finish(transfer->lostError(detail));
    }
}

void MultiLoop::retireAll() {
    const bool acting = std::any_of(running_.begin(), running_.end(),
                                    [](const auto& entry) { return entry.second->request().effect == Effect::Write; });
    if (!retiring_ || acting) {
        return;
    }
    retiring_ = false;
    for (const auto& [easy, transfer] : running_) {
        transfer->retire();
    }
    dropAll("the client certificate was renewed");
}

void MultiLoop::renewMulti() {
    MultiHandle fresh = newMulti();
    {
        const std::lock_guard lock(mutex_);
        multi_.swap(fresh);
        // A call for the old one may have come since its commands were taken; it must not be lost with it.
        curl_multi_wakeup(multi_.get());
    }
    // `fresh` is the old one now; it closes its connections here.
}

milliseconds MultiLoop::pause() const {
    const bool waiting =
        std::any_of(waiting_.begin(), waiting_.end(), [](const auto& queue) { return !queue.empty(); });
    milliseconds shortest = waiting ? kExchangeTick : kLongestPause;
    const auto now = Steady::now();
    for (const auto& [easy, transfer] : running_) {
        if (transfer->mode() == Transfer::Mode::Collect) {
            shortest = std::min({shortest, kExchangeTick, context_->options.slowLimit / 4});
        } else if (!transfer->paused() && !probe_) {
            const auto due = transfer->lastByte() + context_->options.idleProbeAfter;
            shortest = std::min(shortest, std::chrono::ceil<milliseconds>(due - now));
        }
    }
    return std::max(shortest, milliseconds(1));
}

}  // namespace quarterdeck::http
