#pragma once

#include <QFrame>
#include <optional>

#include "widgets/theme.h"

namespace quarterdeck::widgets {

// A rounded surface with a hairline outline; put a layout into it. A top line in a role marks production.
class Card : public QFrame {
    Q_OBJECT
public:
    explicit Card(QWidget* parent = nullptr);

    // 3 px along the upper edge; nullopt: none.
    void setTopLine(std::optional<Role> role);
    void setFill(Role role);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::optional<Role> topLine_;
    Role fill_ = Role::Surface;
};

// A 1 px line in `border`.
class HairLine : public QWidget {
    Q_OBJECT
public:
    explicit HairLine(Qt::Orientation orientation, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Qt::Orientation orientation_;
};

// A widget filled with a role of the theme; optionally with a hairline at one edge (the top bar, the dock, pages).
class Surface : public QWidget {
    Q_OBJECT
public:
    explicit Surface(Role fill, QWidget* parent = nullptr);

    void setLines(Qt::Edges edges);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Role fill_;
    Qt::Edges lines_;
};

}  // namespace quarterdeck::widgets
