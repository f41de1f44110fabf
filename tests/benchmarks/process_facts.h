#pragma once

#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <string>

namespace quarterdeck::benchmarks {

/// A line of /proc/PROCESS/status in KiB; -1 where there is none.
inline long memoryKiB(const std::string& name, const std::string& process = "self") {
    std::ifstream status("/proc/" + process + "/status");
    std::string line;
    while (std::getline(status, line)) {
        if (line.starts_with(name + ":")) {
            return std::stol(line.substr(name.size() + 1));
        }
    }
    return -1;
}

/// How long the main thread of this process has waited for a processor that ran something else, since its start; zero
/// where the kernel does not tell. Any thread.
inline std::chrono::microseconds waitedForProcessor() {
    static const std::string path = "/proc/self/task/" + std::to_string(getpid()) + "/schedstat";
    std::ifstream file(path);
    long long ran = 0;
    long long waited = 0;
    file >> ran >> waited;
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::nanoseconds(waited));
}

/// Seconds of processor time that a process has used so far, in all its threads.
inline double processorSeconds(const std::string& process) {
    std::ifstream file("/proc/" + process + "/stat");
    std::string text;
    std::getline(file, text);
    // The name in brackets may hold anything; user and system time are the 12th and 13th field after it.
    std::istringstream fields(text.substr(text.rfind(')') + 1));
    std::string skipped;
    for (int i = 0; i < 11; ++i) {
        fields >> skipped;
    }
    long user = 0;
    long system = 0;
    fields >> user >> system;
    return static_cast<double>(user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

}  // namespace quarterdeck::benchmarks
