#pragma once

#include <functional>
#include <memory>
#include <optional>

namespace quarterdeck::cli {

/// In characters.
struct TerminalSize {
    int columns = 0;
    int rows = 0;
    friend bool operator==(const TerminalSize&, const TerminalSize&) = default;
};

/// Nothing where the descriptor is no terminal, or one that does not know its size.
[[nodiscard]] std::optional<TerminalSize> terminalSize(int terminal);

/// Passes every key on as it is, without echo (raw mode), while it lives; its end puts the terminal back as it was.
/// Signals that would end the program must be turned into an orderly end meanwhile (see InterruptGuard).
class RawTerminal {
public:
    /// Null where the descriptor is no terminal.
    [[nodiscard]] static std::unique_ptr<RawTerminal> enter(int terminal);
    ~RawTerminal();
    RawTerminal(const RawTerminal&) = delete;
    RawTerminal& operator=(const RawTerminal&) = delete;

private:
    struct Before;
    RawTerminal(int terminal, std::unique_ptr<Before> before);

    int terminal_;
    std::unique_ptr<Before> before_;
};

/// Tells a terminal's size at once and after every change of it (SIGWINCH) while it lives, on a thread of its own. At
/// most one at a time.
class SizeWatch {
public:
    SizeWatch(int terminal, std::function<void(TerminalSize)> tell);
    ~SizeWatch();
    SizeWatch(const SizeWatch&) = delete;
    SizeWatch& operator=(const SizeWatch&) = delete;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace quarterdeck::cli
