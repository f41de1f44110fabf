#include "app/kubeconfig/watcher.h"

#include <filesystem>

#include <QFileSystemWatcher>
#include <QSet>
#include <QTimer>

#include "app/kubeconfig/client_certificate.h"

namespace quarterdeck::kubeconfig {

namespace {

namespace fs = std::filesystem;

/// The folder of a file, or the nearest one above it that exists.
std::string nearestFolder(const std::string& file) {
    fs::path folder = fs::path(file).parent_path();
    std::error_code failed;
    while (!fs::is_directory(folder, failed) && folder.has_relative_path()) {
        folder = folder.parent_path();
    }
    return folder.string();
}

}  // namespace

struct Watcher::Impl {
    QFileSystemWatcher system;
    QTimer quiet;
    std::vector<std::string> files;
    std::vector<FileStamp> stamps;

    [[nodiscard]] std::vector<FileStamp> look() const {
        std::vector<FileStamp> found;
        found.reserve(files.size());
        for (const std::string& file : files) {
            found.push_back(FileStamp::of(file));
        }
        return found;
    }

    /// Files and folders as they are now: a replaced file is a new one and has to be watched anew.
    void watchAll() {
        QSet<QString> wanted;
        for (const std::string& file : files) {
            wanted.insert(QString::fromStdString(nearestFolder(file)));
            std::error_code failed;
            const fs::path target = fs::canonical(file, failed);
            if (!failed) {
                wanted.insert(QString::fromStdString(file));
                wanted.insert(QString::fromStdString(target.string()));
                wanted.insert(QString::fromStdString(target.parent_path().string()));
            }
        }
        const QStringList had = system.files() + system.directories();
        QStringList surplus;
        for (const QString& path : had) {
            if (!wanted.contains(path)) {
                surplus.append(path);
            }
        }
        if (!surplus.isEmpty()) {
            system.removePaths(surplus);
        }
        for (const QString& path : had) {
            wanted.remove(path);
        }
        if (!wanted.isEmpty()) {
            system.addPaths(QStringList(wanted.begin(), wanted.end()));
        }
    }
};

Watcher::Watcher(std::chrono::milliseconds quiet, QObject* parent) : QObject(parent), impl_(std::make_unique<Impl>()) {
    impl_->quiet.setSingleShot(true);
    impl_->quiet.setInterval(quiet);
    const auto wake = [this] { impl_->quiet.start(); };
    connect(&impl_->system, &QFileSystemWatcher::fileChanged, this, wake);
    connect(&impl_->system, &QFileSystemWatcher::directoryChanged, this, wake);
    connect(&impl_->quiet, &QTimer::timeout, this, [this] {
        impl_->watchAll();
        std::vector<FileStamp> now = impl_->look();
        if (now != impl_->stamps) {
            impl_->stamps = std::move(now);
            Q_EMIT changed();
        }
    });
}

Watcher::~Watcher() = default;

void Watcher::setFiles(std::vector<std::string> files) {
    impl_->files = std::move(files);
    impl_->stamps = impl_->look();
    impl_->watchAll();
}

}  // namespace quarterdeck::kubeconfig
