#pragma once

#include <QAbstractButton>

namespace quarterdeck::widgets {

// One term of a FilterLine: its text and a cross that removes it. Focus comes by click or by arrow keys, not by Tab.
class FilterChip : public QAbstractButton {
    Q_OBJECT
public:
    FilterChip(const QString& term, const QString& error, QWidget* parent);

    // As it stands in the line's text.
    QString term() const { return term_; }
    // What is wrong with it; empty: nothing.
    QString error() const { return error_; }
    // Selected together with the line's text.
    void setSelected(bool selected);

    QSize sizeHint() const override;
    QRect crossRect() const;

Q_SIGNALS:
    void removeRequested();
    void editRequested();
    // -1: to the left, 1: to the right.
    void stepRequested(int direction);
    // Keys that are not about the chip: the line's edit takes them.
    void keyPassed(QKeyEvent* event);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    QString term_;
    QString error_;
    QString shown_;
    bool selected_ = false;
    bool crossPressed_ = false;
};

}  // namespace quarterdeck::widgets
