#include "app/kubeconfig/process_runner.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace quarterdeck::kubeconfig {

namespace {

using std::chrono::milliseconds;
using SteadyTime = std::chrono::steady_clock::time_point;

constexpr milliseconds kTermGrace{500};   ///< between SIGTERM and SIGKILL
constexpr milliseconds kDrainGrace{200};  ///< for output still in the pipes after the end
constexpr milliseconds kTick{20};         ///< how often the end of the child is looked for

class Fd {
public:
    Fd() = default;
    explicit Fd(int fd) : fd_(fd) {}
    Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Fd& operator=(Fd&& other) noexcept {
        if (this != &other) {
            reset();
            fd_ = std::exchange(other.fd_, -1);
        }
        return *this;
    }
    ~Fd() { reset(); }
    void reset() {
        if (fd_ >= 0) {
            ::close(std::exchange(fd_, -1));
        }
    }
    [[nodiscard]] int get() const { return fd_; }
    [[nodiscard]] bool open() const { return fd_ >= 0; }

private:
    int fd_ = -1;
};

struct Pipe {
    Fd read;
    Fd write;
    static std::optional<Pipe> make() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
            return std::nullopt;
        }
        Pipe pipe{Fd(ends[0]), Fd(ends[1])};
        ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
        return pipe;
    }
};

/// posix_spawn's attributes and file actions, freed together.
class SpawnPlan {
public:
    SpawnPlan() {
        ::posix_spawnattr_init(&attributes_);
        ::posix_spawn_file_actions_init(&actions_);
    }
    ~SpawnPlan() {
        ::posix_spawnattr_destroy(&attributes_);
        ::posix_spawn_file_actions_destroy(&actions_);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;

    /// Own session (no terminal), default signals, the three standard descriptors and no other.
    void prepare(int output, int errorOutput) {
        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        sigdelset(&all, SIGKILL);
        sigdelset(&all, SIGSTOP);
        ::posix_spawnattr_setsigmask(&attributes_, &none);
        ::posix_spawnattr_setsigdefault(&attributes_, &all);
        ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions_, errorOutput, STDERR_FILENO);
        ::posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    }

    int spawn(pid_t& pid, const ProcessRequest& request) {
        std::vector<std::string> arguments{request.program};
        arguments.insert(arguments.end(), request.arguments.begin(), request.arguments.end());
        std::vector<std::string> environment = request.environment;
        return ::posix_spawn(&pid, request.program.c_str(), &actions_, &attributes_, pointers(arguments).data(),
                             pointers(environment).data());
    }

private:
    static std::vector<char*> pointers(std::vector<std::string>& texts) {
        std::vector<char*> list;
        list.reserve(texts.size() + 1);
        for (std::string& text : texts) {
            list.push_back(text.data());
        }
        list.push_back(nullptr);
        return list;
    }
    posix_spawnattr_t attributes_{};
    posix_spawn_file_actions_t actions_{};
};

/// Takes what is in a pipe; closes it at its end. `limit` is kept, the rest dropped. Returns false once over the limit.
bool take(Fd& pipe, std::string& into, std::size_t limit) {
    std::array<char, 16'384> chunk{};
    while (pipe.open()) {
        const ssize_t got = ::read(pipe.get(), chunk.data(), chunk.size());
        if (got > 0) {
            const std::size_t room = limit - std::min(limit, into.size());
            into.append(chunk.data(), std::min(room, static_cast<std::size_t>(got)));
            if (room < static_cast<std::size_t>(got)) {
                return false;
            }
        } else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
            pipe.reset();
        } else if (errno == EAGAIN) {
            return true;
        }
    }
    return true;
}

/// One child from its start to its end.
class Child {
public:
    Child(const ProcessRequest& request, pid_t pid, Fd output, Fd errorOutput)
        : request_(request), pid_(pid), output_(std::move(output)), errorOutput_(std::move(errorOutput)) {}

    ProcessResult follow(std::stop_token stop) {
        const Fd wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
        const std::stop_callback onStop(stop, [&wake] { ::eventfd_write(wake.get(), 1); });
        const SteadyTime deadline = std::chrono::steady_clock::now() + request_.timeLimit;
        while (!ended_) {
            if (stop.stop_requested()) {
                return killed(ProcessEnd::Cancelled);
            }
            if (std::chrono::steady_clock::now() >= deadline) {
                return killed(ProcessEnd::TimedOut);
            }
            waitForNews(wake.get());
            if (!takeOutput()) {
                return killed(ProcessEnd::TooMuchOutput);
            }
            reap();
        }
        return finish();
    }

private:
    void waitForNews(int wake) {
        std::array<pollfd, 3> entries{{{output_.get(), POLLIN, 0}, {errorOutput_.get(), POLLIN, 0}, {wake, POLLIN, 0}}};
        ::poll(entries.data(), entries.size(), static_cast<int>(kTick.count()));
    }

    bool takeOutput() {
        static_cast<void>(take(errorOutput_, result_.errorOutput, request_.maxErrorOutput));
        return take(output_, result_.output, request_.maxOutput);
    }

    void reap() {
        int status = 0;
        const pid_t got = ::waitpid(pid_, &status, WNOHANG);
        if (got == 0 || (got < 0 && errno == EINTR)) {
            return;
        }
        ended_ = true;
        const bool signalled = got > 0 && WIFSIGNALED(status);
        result_.end = signalled ? ProcessEnd::Signalled : ProcessEnd::Exited;
        result_.exitCode = signalled ? WTERMSIG(status) : (got > 0 ? WEXITSTATUS(status) : -1);
    }

    /// Looks without reaping.
    [[nodiscard]] bool hasExited() const {
        siginfo_t info{};
        return ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid_;
    }

    /// The child has ended; a grandchild may still hold the pipes, so reading them has an end too.
    ProcessResult finish() {
        const SteadyTime deadline = std::chrono::steady_clock::now() + kDrainGrace;
        while (output_.open() && std::chrono::steady_clock::now() < deadline) {
            waitForNews(-1);
            if (!takeOutput()) {
                result_.end = ProcessEnd::TooMuchOutput;
                break;
            }
        }
        return std::move(result_);
    }

    ProcessResult killed(ProcessEnd why) {
        ::kill(-pid_, SIGTERM);
        const SteadyTime deadline = std::chrono::steady_clock::now() + kTermGrace;
        while (!hasExited() && std::chrono::steady_clock::now() < deadline) {
            waitForNews(-1);
            static_cast<void>(takeOutput());
        }
        // The leader is not reaped yet, so the group's id still is ours: members that outlived it are ended as well.
        ::kill(-pid_, SIGKILL);
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        result_.end = why;
        return std::move(result_);
    }

    const ProcessRequest& request_;
    pid_t pid_;
    Fd output_;
    Fd errorOutput_;
    ProcessResult result_;
    bool ended_ = false;
};

}  // namespace

ProcessResult runProcess(const ProcessRequest& request, std::stop_token stop) {
    ProcessResult result;
    std::optional<Pipe> output = Pipe::make();
    std::optional<Pipe> errorOutput = Pipe::make();
    if (!output || !errorOutput) {
        result.exitCode = errno;
        return result;
    }
    pid_t pid = -1;
    {
        SpawnPlan plan;
        plan.prepare(output->write.get(), errorOutput->write.get());
        result.exitCode = plan.spawn(pid, request);
    }
    if (result.exitCode != 0) {
        return result;
    }
    output->write.reset();
    errorOutput->write.reset();
    return Child(request, pid, std::move(output->read), std::move(errorOutput->read)).follow(stop);
}

std::vector<std::string> processEnvironment() {
    std::vector<std::string> variables;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        variables.emplace_back(*entry);
    }
    return variables;
}

std::string environmentValue(const std::vector<std::string>& environment, const std::string& name) {
    const std::string prefix = name + "=";
    for (const std::string& entry : environment) {
        if (entry.compare(0, prefix.size(), prefix) == 0) {
            return entry.substr(prefix.size());
        }
    }
    return {};
}

void setEnvironmentValue(std::vector<std::string>& environment, const std::string& name, const std::string& value) {
    const std::string prefix = name + "=";
    std::erase_if(environment, [&](const std::string& entry) { return entry.compare(0, prefix.size(), prefix) == 0; });
    environment.push_back(prefix + value);
}

}  // namespace quarterdeck::kubeconfig
