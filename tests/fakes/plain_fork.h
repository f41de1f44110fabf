// For test programs that start others by QProcess: include it in one source of such a program.
//
// Qt 6.4 starts a program by clone() with the memory shared until it has begun. The thread sanitizer of clang takes
// that for a fork of this process and ends it. Under that sanitizer this clone() stands before the sanitizer's and
// forks as it knows it; elsewhere there is nothing here.
#pragma once

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)

#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdarg>

/// As the C library's, for a child of its own: what the flags say of shared memory is left out.
extern "C" int clone(int (*run)(void*), void* /*stack*/, int flags, void* argument, ...) noexcept {
    va_list more;
    va_start(more, argument);
    int* const handle = (flags & CLONE_PIDFD) != 0 ? va_arg(more, int*) : nullptr;
    va_end(more);
    const pid_t child = ::fork();
    if (child == 0) {
        ::_exit(run(argument));
    }
    if (child > 0 && handle != nullptr) {
        *handle = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
    }
    return child;
}

#endif
#endif
