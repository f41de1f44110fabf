#pragma once

#include <memory>

#include <QCoreApplication>
#include <QMetaObject>
#include <QThread>

namespace quarterdeck::ui {

/// Makes a store that subscribes to others in the interface thread. Whoever lets go of it last, in whatever thread, it
/// ends in the interface thread, as subscriptions must.
template <typename Store>
[[nodiscard]] std::shared_ptr<Store> makeDerivedStore() {
    return std::shared_ptr<Store>(new Store, [](Store* store) {
        QCoreApplication* home = QCoreApplication::instance();
        if (home == nullptr || home->thread() == QThread::currentThread()) {
            delete store;
            return;
        }
        // Goes with the call, whether that is made or dropped at the program's end.
        QMetaObject::invokeMethod(
            home, [owned = std::shared_ptr<Store>(store)] {}, Qt::QueuedConnection);
    });
}

}  // namespace quarterdeck::ui
