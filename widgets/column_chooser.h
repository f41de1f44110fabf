#pragma once

#include <QFrame>

class QListWidget;
class QListWidgetItem;

namespace quarterdeck::widgets {

class Button;
class TableView;

// Which columns of a table are shown, and in which order: a list to tick, to drag, or to move with Alt+Up and
// Alt+Down; "Reset" gives the table's own order and widths back. Opens over the table and closes with Escape.
class ColumnChooser : public QFrame {
    Q_OBJECT
public:
    // The table outlives the chooser.
    explicit ColumnChooser(TableView& table, QWidget* parent = nullptr);

    // The columns as the table has them now, all of them in view where they are not too many.
    void refill();
    // With its right upper corner here, as far as the screen allows.
    void openAt(const QPoint& globalTopRight);

Q_SIGNALS:
    void resetRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void fill();
    void apply();
    void move(int direction);

    TableView& table_;
    QListWidget* list_ = nullptr;
    Button* reset_ = nullptr;
    bool filling_ = false;
};

}  // namespace quarterdeck::widgets
