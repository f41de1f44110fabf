#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <QObject>

namespace quarterdeck::kubeconfig {

/// Tells when one of the files was changed, replaced, made or removed, once things have been quiet for `quiet`. Editors
/// replace files, so the folders are watched too (the nearest one that exists). Never writes. Lives in one thread with
/// an event loop.
class Watcher : public QObject {
    Q_OBJECT
public:
    explicit Watcher(std::chrono::milliseconds quiet = std::chrono::milliseconds(200), QObject* parent = nullptr);
    ~Watcher() override;

    /// Replaces what is watched; the files as they are now count as known.
    void setFiles(std::vector<std::string> files);

signals:
    void changed();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace quarterdeck::kubeconfig
