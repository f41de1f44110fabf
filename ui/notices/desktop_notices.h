#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <QDBusConnection>
#include <QObject>

#include "ui/notices/notice.h"

namespace quarterdeck::ui {

/// The desktop's notifications (org.freedesktop.Notifications) over D-Bus, without ever blocking. Silent where there
/// is no bus or nobody who shows them.
class DesktopNotices : public QObject, public NoticeSink {
    Q_OBJECT
public:
    explicit DesktopNotices(QObject* parent = nullptr);

    void post(const Notice& notice) override;
    void setChosen(std::function<void(const Location&)> chosen) override { chosen_ = std::move(chosen); }

private slots:
    void onAction(uint id, const QString& action);

private:
    void connectToDesktop();
    /// At the end, or in the place of its group's one before.
    static void keep(std::vector<Notice>& waiting, const Notice& notice);
    void send(const Notice& notice);
    void answered(const Notice& notice, std::optional<uint> id);

    bool asked_ = false;  ///< for the bus: with the first notice
    std::optional<QDBusConnection> bus_;
    std::vector<Notice> waiting_;      ///< until the bus is there
    std::map<std::string, uint> ids_;  ///< the desktop's number of the last notice, by group
    /// By group: what comes while the number of the one before is still awaited.
    std::map<std::string, std::vector<Notice>> underWay_;
    std::map<uint, Location> places_;
    std::function<void(const Location&)> chosen_;
};

}  // namespace quarterdeck::ui
