#pragma once

#include <QScrollArea>

namespace quarterdeck::widgets {

// A frameless area that scrolls downwards only, takes the keyboard's focus to be scrolled by keys, and shows that it
// has it.
class ScrollPane : public QScrollArea {
    Q_OBJECT
public:
    explicit ScrollPane(QWidget* parent = nullptr);

    // In place of setWidget(), which would give the body a background of its own and hide the ring.
    void setBody(QWidget* body);

    // Comes into sight when the Tab key brings the focus to it: also from outside the area, which QScrollArea leaves.
    void follow(QWidget* part);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
};

}  // namespace quarterdeck::widgets
