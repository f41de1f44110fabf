#pragma once

#include <fstream>
#include <iostream>
#include <memory>
#include <string>

#include <QProcess>
#include <QTemporaryDir>

#include "tests/benchmarks/window_console.h"

namespace quarterdeck::benchmarks {

/// The real main window on a synthetic_server of its own in another process, as the context "large", not yet open.
class SyntheticConsole {
public:
    SyntheticConsole(const char* server, const QStringList& arguments) {
        server_.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        server_.start(QString::fromLocal8Bit(server), arguments);
        if (!server_.waitForReadyRead(120'000)) {
            std::cerr << "the synthetic server did not start\n";
            return;
        }
        const std::string url = server_.readLine().trimmed().toStdString();
        const std::string config = folder_.filePath(QStringLiteral("config")).toStdString();
        std::ofstream(config) << "current-context: large\nclusters: [{name: c, cluster: {server: \"" << url
                              << "\"}}]\ncontexts: [{name: large, context: {cluster: c}}]\n";
        console_ = std::make_unique<WindowConsole>(config, "large");
    }
    ~SyntheticConsole() {
        console_.reset();
        server_.closeWriteChannel();
        server_.waitForFinished(10'000);
    }
    SyntheticConsole(const SyntheticConsole&) = delete;
    SyntheticConsole& operator=(const SyntheticConsole&) = delete;

    [[nodiscard]] bool isReady() const { return console_ != nullptr && console_->isReady(); }
    WindowConsole* operator->() { return console_.get(); }
    /// The changes begin, where they have a length.
    void beginChanges() {
        server_.write("begin\n");
        server_.waitForBytesWritten(10'000);
    }

private:
    QTemporaryDir folder_;
    QProcess server_;
    std::unique_ptr<WindowConsole> console_;
};

}  // namespace quarterdeck::benchmarks
