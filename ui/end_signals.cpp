#include "ui/end_signals.h"

#include <signal.h>  // NOLINT(modernize-deprecated-headers): sigaction is POSIX
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>

#include <QSocketNotifier>

namespace quarterdeck::ui {

namespace {

struct Followed {
    int signal;
    struct sigaction before;
    bool ours;
};

// A signal handler can reach nothing else.
std::atomic<int> bell{-1};
std::atomic<int> last{0};
std::array<Followed, 3> followed{{{SIGINT, {}, false}, {SIGHUP, {}, false}, {SIGTERM, {}, false}}};

void ring(int signal) {
    const int error = errno;
    last = signal;
    const std::uint64_t one = 1;
    if (::write(bell, &one, sizeof one) < 0) {
        // Nothing can be told from here; the next signal comes through.
    }
    errno = error;
}

}  // namespace

EndSignals::EndSignals(std::function<void(int)> asked, QObject* parent) : QObject(parent), asked_(std::move(asked)) {
    bell = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (bell < 0) {
        return;
    }
    notifier_ = new QSocketNotifier(bell, QSocketNotifier::Read, this);
    connect(notifier_, &QSocketNotifier::activated, this, [this] {
        notifier_->setEnabled(false);
        restore();
        asked_(last);
    });
    for (Followed& one : followed) {
        struct sigaction action {};
        action.sa_handler = ring;
        action.sa_flags = SA_RESTART;
        one.ours = ::sigaction(one.signal, nullptr, &one.before) == 0 && one.before.sa_handler != SIG_IGN &&
                   ::sigaction(one.signal, &action, nullptr) == 0;
    }
}

EndSignals::~EndSignals() {
    restore();
    delete notifier_;
    if (const int handle = bell.exchange(-1); handle >= 0) {
        ::close(handle);
    }
}

void EndSignals::restore() {
    for (Followed& one : followed) {
        if (one.ours) {
            ::sigaction(one.signal, &one.before, nullptr);
            one.ours = false;
        }
    }
}

}  // namespace quarterdeck::ui
