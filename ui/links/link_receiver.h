#pragma once

#include <functional>
#include <optional>

#include <QObject>
#include <QStringList>
#include <QVariantMap>

#include "app/base/result.h"
#include "ui/location.h"

class QDBusConnection;

namespace quarterdeck::ui {

/// Takes quarterdeck:// links that are opened while the console runs: org.freedesktop.Application of the Desktop Entry
/// Specification, on the session bus. Of several consoles the oldest takes them; silent where there is no bus.
class LinkReceiver : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Application")
public:
    /// Nothing: bring the window to the front where it is. Called in the interface thread.
    using Take = std::function<void(const Result<std::optional<Location>>&)>;
    explicit LinkReceiver(Take take, QObject* parent = nullptr);

public slots:  // names and arguments as the interface has them
    void Activate(const QVariantMap& platform);
    void Open(const QStringList& uris, const QVariantMap& platform);

private:
    void listen(QDBusConnection bus);

    Take take_;
};

}  // namespace quarterdeck::ui
