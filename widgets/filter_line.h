#pragma once

#include <QLineEdit>

class QAction;

namespace quarterdeck::widgets {

// One line to narrow a list: funnel, placeholder, clear button. `textEdited` comes with every key, without a delay,
// also when the text is cleared by Escape or by the button.
class FilterLine : public QLineEdit {
    Q_OBJECT
public:
    explicit FilterLine(QWidget* parent = nullptr);

    // What is wrong with the text, in words; empty: nothing. Shown as an outline, an icon, a tooltip and the
    // accessible description.
    void setError(const QString& message);
    QString error() const { return error_; }

    QSize sizeHint() const override;

Q_SIGNALS:
    // Down or Enter: the list takes over.
    void leaveDown();
    // Escape in an empty line.
    void leaveUp();
    void errorChanged(const QString& message);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void clearByPerson();
    void refresh();

    QAction* funnel_ = nullptr;
    QAction* clear_ = nullptr;
    QAction* problem_ = nullptr;
    QString error_;
};

}  // namespace quarterdeck::widgets
