#pragma once

#include <QHeaderView>

namespace quarterdeck::widgets {

// The header of a TableView. By keyboard: Left and Right go from section to section, Enter sorts, Ctrl+Shift+Left and
// Right move the section, Shift+F10 or the menu key opens the chooser, Down goes to the rows.
class TableHeaderView : public QHeaderView {
    Q_OBJECT
public:
    explicit TableHeaderView(QWidget* parent);

    // Logical index of the section with the focus ring; -1 while the header has no keyboard focus.
    int ringedSection() const;

Q_SIGNALS:
    void sortRequested(int visualIndex);
    void menuRequested(const QPoint& globalPosition);
    void leaveDown();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    // Nearest shown section from `visual` on in this direction; -1 where there is none.
    int shownFrom(int visual, int direction) const;
    void go(int visual);

    int visual_ = 0;
    bool keyboard_ = false;
};

}  // namespace quarterdeck::widgets
