#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <QObject>

#include "ui/location.h"

namespace quarterdeck::ui {

class MainWindow;

/// The windows of the application. Closing one keeps the others; the last one, or all that quitting closes at once,
/// stay in the set, so that their state can still be read.
class WindowSet : public QObject {
    Q_OBJECT
public:
    using Make = std::function<std::unique_ptr<MainWindow>(const Location& start)>;
    explicit WindowSet(Make make, QObject* parent = nullptr);
    ~WindowSet() override;

    /// Made, not shown. `beside`: as large as that one and a little to the right and below.
    MainWindow& add(const Location& start, const MainWindow* beside = nullptr);
    /// Oldest first.
    [[nodiscard]] std::vector<MainWindow*> windows() const;
    /// The one the person worked in last, also while they are in another program; the first one before that.
    [[nodiscard]] MainWindow& front() const;
    void clear();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void onClosed(MainWindow* window);

    Make make_;
    std::vector<std::unique_ptr<MainWindow>> windows_;
    const QObject* last_ = nullptr;  ///< that was active; may be gone
};

}  // namespace quarterdeck::ui
