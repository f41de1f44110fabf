#pragma once

#include <functional>

class QDBusConnection;
class QObject;

namespace quarterdeck::widgets {

// Whether a D-Bus session bus may exist. Without its address or socket Qt would try to start one, which takes time.
bool sessionBusMayExist();

// Connects to the session bus under a name of its own, without ever blocking, and calls `use` in the interface thread.
// Never where there is no bus, or when `owner` has died meanwhile.
void useSessionBus(QObject* owner, const char* name, std::function<void(const QDBusConnection&)> use);

}  // namespace quarterdeck::widgets
