#pragma once

#include <QObject>
#include <optional>

namespace quarterdeck::widgets {

// The moment that several charts point at together. Interface thread only.
class ChartCursor : public QObject {
    Q_OBJECT
public:
    explicit ChartCursor(QObject* parent = nullptr) : QObject(parent) {}

    // Milliseconds since the epoch; nothing while no moment is pointed at.
    std::optional<qint64> time() const { return time_; }
    void setTime(qint64 ms);
    void clear();

Q_SIGNALS:
    void changed();

private:
    std::optional<qint64> time_;
};

}  // namespace quarterdeck::widgets
