#pragma once

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <vector>

#include <QElapsedTimer>
#include <QProcess>

namespace quarterdeck::benchmarks {

/// A process and the clock of its start. Whatever goes wrong ends the benchmark: without it there is nothing to
/// measure.
class TimedProcess {
public:
    TimedProcess(const QString& program, const QStringList& arguments, bool keepsOutput = true) {
        process_.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        if (!keepsOutput) {
            process_.setStandardOutputFile(QProcess::nullDevice());
        }
        timer_.start();
        process_.start(program, arguments);
    }

    /// Milliseconds until its first line on standard output.
    double untilFirstLine() {
        while (!process_.canReadLine()) {
            if (!process_.waitForReadyRead(kPatience)) {
                giveUp("said nothing");
            }
        }
        const double taken = milliseconds();
        line_ = process_.readLine().trimmed();
        return taken;
    }
    /// The line that untilFirstLine() waited for.
    [[nodiscard]] const QByteArray& firstLine() const { return line_; }
    /// Milliseconds until its good end.
    double untilEnd() {
        if (!process_.waitForFinished(kPatience) || process_.exitCode() != 0) {
            giveUp("failed");
        }
        return milliseconds();
    }
    [[nodiscard]] QByteArray output() { return process_.readAllStandardOutput(); }
    [[nodiscard]] std::string id() const { return std::to_string(process_.processId()); }
    void end() {
        process_.terminate();
        process_.waitForFinished(kPatience);
    }

private:
    static constexpr int kPatience = 120'000;

    [[nodiscard]] double milliseconds() const { return static_cast<double>(timer_.nsecsElapsed()) / 1e6; }
    [[noreturn]] void giveUp(const char* why) {
        std::cerr << process_.program().toStdString() << ' ' << why << '\n';
        process_.kill();
        process_.waitForFinished();
        std::exit(2);
    }

    QElapsedTimer timer_;
    QProcess process_;
    QByteArray line_;
};

inline double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

}  // namespace quarterdeck::benchmarks
