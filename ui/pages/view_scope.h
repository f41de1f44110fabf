#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QObject>
#include <QString>

#include "ui/pages/cluster_access.h"
#include "ui/text/time_display.h"
#include "ui/time_range.h"

namespace quarterdeck::ui {

/// What a window looks at: which of the open contexts, which namespaces, times in which zone. One per window; pages
/// obey it, the top bar changes it through the window's Location.
class ViewScope : public QObject {
    Q_OBJECT
public:
    explicit ViewScope(ClusterAccess& access, QObject* parent = nullptr);

    /// Open and switched on.
    [[nodiscard]] const std::vector<ClusterAccess::OpenContext>& shown() const { return shown_; }
    /// As a Location has them: empty = all that are open.
    [[nodiscard]] const std::vector<std::string>& contexts() const { return contexts_; }
    void setContexts(std::vector<std::string> contexts);

    [[nodiscard]] const std::vector<std::string>& namespaces() const { return namespaces_; }
    void setNamespaces(std::vector<std::string> namespaces);

    /// What the window still waits for before contexts can be known ("Starting the demo …"); empty = nothing.
    [[nodiscard]] const QString& awaited() const { return awaited_; }
    void setAwaited(const QString& awaited);

    /// As a Location has it.
    [[nodiscard]] const std::optional<TimeRange>& range() const { return range_; }
    void setRange(const std::optional<TimeRange>& range);

    [[nodiscard]] ZoneChoice zone() const { return zone_; }
    void setZone(ZoneChoice zone);

signals:
    void rangeChanged();
    void shownChanged();
    void namespacesChanged();
    void zoneChanged();
    void awaitedChanged();

private:
    void refresh();
    void seek();

    ClusterAccess& access_;
    std::vector<ClusterAccess::OpenContext> shown_;
    std::vector<std::string> contexts_;
    std::vector<std::string> namespaces_;
    QString awaited_;
    std::optional<TimeRange> range_;
    ZoneChoice zone_ = ZoneChoice::Local;
};

}  // namespace quarterdeck::ui
