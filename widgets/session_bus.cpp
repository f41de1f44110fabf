#include "widgets/session_bus.h"

#include <QFileInfo>
#include <QString>

namespace quarterdeck::widgets {

bool sessionBusMayExist() {
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) {
        return true;
    }
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !runtime.isEmpty() && QFileInfo::exists(runtime + QStringLiteral("/bus"));
}

}  // namespace quarterdeck::widgets
