#include "app/cli/local_terminal.h"

#include <signal.h>  // NOLINT(modernize-deprecated-headers): sigaction is POSIX
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <stop_token>
#include <thread>

namespace quarterdeck::cli {

namespace {

/// What the handler of SIGWINCH wakes; -1 = nobody waits.
std::atomic<int> changes{-1};

void wake(int event) {
    const std::uint64_t one = 1;
    static_cast<void>(::write(event, &one, sizeof one) == sizeof one);
}

extern "C" void onSizeChange(int /*signal*/) {
    const int before = errno;
    if (const int event = changes.load(); event >= 0) {
        wake(event);
    }
    errno = before;
}

}  // namespace

std::optional<TerminalSize> terminalSize(int terminal) {
    winsize size{};
    if (::ioctl(terminal, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) {
        return std::nullopt;
    }
    return TerminalSize{size.ws_col, size.ws_row};
}

struct RawTerminal::Before {
    termios mode{};
};

std::unique_ptr<RawTerminal> RawTerminal::enter(int terminal) {
    auto before = std::make_unique<Before>();
    if (::tcgetattr(terminal, &before->mode) != 0) {
        return nullptr;
    }
    termios raw = before->mode;
    ::cfmakeraw(&raw);
    if (::tcsetattr(terminal, TCSADRAIN, &raw) != 0) {
        return nullptr;
    }
    return std::unique_ptr<RawTerminal>(new RawTerminal(terminal, std::move(before)));
}

RawTerminal::RawTerminal(int terminal, std::unique_ptr<Before> before)
    : terminal_(terminal), before_(std::move(before)) {}

RawTerminal::~RawTerminal() {
    ::tcsetattr(terminal_, TCSADRAIN, &before_->mode);
}

struct SizeWatch::Impl {
    int event = ::eventfd(0, EFD_CLOEXEC);
    struct sigaction before {};
    std::jthread thread;
};

SizeWatch::SizeWatch(int terminal, std::function<void(TerminalSize)> tell) : impl_(std::make_unique<Impl>()) {
    changes = impl_->event;
    struct sigaction action {};
    action.sa_handler = onSizeChange;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    ::sigaction(SIGWINCH, &action, &impl_->before);
    impl_->thread = std::jthread([terminal, tell = std::move(tell), event = impl_->event](const std::stop_token& stop) {
        std::optional<TerminalSize> told;
        while (!stop.stop_requested()) {
            const auto size = terminalSize(terminal);
            if (size && size != told) {
                told = size;
                tell(*size);
            }
            std::uint64_t count = 0;
            ssize_t got = 0;
            do {
                got = ::read(event, &count, sizeof count);
            } while (got < 0 && errno == EINTR);
            if (got < 0) {
                return;  // the system had no event to give: the size stays as it is
            }
        }
    });
}

SizeWatch::~SizeWatch() {
    impl_->thread.request_stop();
    wake(impl_->event);
    impl_->thread.join();
    ::sigaction(SIGWINCH, &impl_->before, nullptr);
    changes = -1;
    ::close(impl_->event);
}

}  // namespace quarterdeck::cli
