#pragma once

#include <chrono>
#include <memory>

#include <QObject>
#include <QTimer>

#include "app/base/clock.h"

namespace quarterdeck::session {

/// Tells when the machine has slept: the wall clock moved on without the monotonic one. A clock that somebody sets
/// looks the same, and the same is done about it. Lives in one thread with an event loop.
class WakeWatch : public QObject {
    Q_OBJECT
public:
    /// Less than this is the clock being corrected.
    static constexpr std::chrono::seconds kJump{10};

    explicit WakeWatch(std::shared_ptr<const Clock> clock,
                       std::chrono::milliseconds interval = std::chrono::milliseconds(5'000),
                       QObject* parent = nullptr);

signals:
    /// How far the wall clock went beyond the monotonic one; negative where it was set back.
    void jumped(std::chrono::milliseconds by);

private:
    void look();
    [[nodiscard]] std::chrono::milliseconds difference() const;

    std::shared_ptr<const Clock> clock_;
    std::chrono::milliseconds last_;
    QTimer timer_;
};

}  // namespace quarterdeck::session
