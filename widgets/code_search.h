#pragma once

#include <QWidget>

class QLineEdit;

namespace quarterdeck::widgets {

class TextLabel;

// A line to type in, how many places were found, and the way from one to the other. Enter and Shift+Enter go on and
// back; Escape closes.
class CodeSearch : public QWidget {
    Q_OBJECT
public:
    explicit CodeSearch(QWidget* parent);

    QString text() const;
    // Puts the focus into the line and selects what is there; a new text (not empty) is taken over.
    void begin(const QString& text);
    // current: from 0, negative: none; `more`: there are others that were not counted.
    void setCount(int current, int count, bool more);

Q_SIGNALS:
    void textChanged(const QString& text);
    void stepped(int by);
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QLineEdit* line_ = nullptr;
    TextLabel* count_ = nullptr;
};

}  // namespace quarterdeck::widgets
