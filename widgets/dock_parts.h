#pragma once

#include <QAbstractButton>
#include <QWidget>

#include "widgets/badge.h"

namespace quarterdeck::widgets {

class Dock;

// A tab of the dock's strip: icon, word, count; a line beneath the one whose pane is open.
class DockTab : public QAbstractButton {
    Q_OBJECT
public:
    DockTab(const QString& title, const QString& lucideName, QWidget* parent = nullptr);

    void setBadge(const BadgeData& badge);
    const BadgeData& badge() const { return badge_; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QString iconName_;
    BadgeData badge_;
};

// The dock's upper edge: dragged, or moved by the arrow keys while it has the focus.
class DockHandle : public QWidget {
    Q_OBJECT
public:
    explicit DockHandle(Dock* dock);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    Dock* dock_;
    int startHeight_ = 0;
    int startY_ = 0;
};

}  // namespace quarterdeck::widgets
