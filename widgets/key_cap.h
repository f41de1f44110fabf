#pragma once

#include <QKeySequence>
#include <QList>
#include <QWidget>

class QPainter;

namespace quarterdeck::widgets {

// "Ctrl K", "Ctrl Shift F", "Alt Left": the keys as a keyboard has them, in the person's language.
QString keyText(const QKeySequence& keys);

// An outlined cap with the keys on it. Height 18 px at text scale 1.
QSize keyCapSize(const QWidget* widget, const QString& text);
void paintKeyCap(QPainter& painter, const QRect& rect, const QWidget* widget, const QString& text);

// Caps side by side, right-aligned: one per sequence.
class KeyCaps : public QWidget {
    Q_OBJECT
public:
    explicit KeyCaps(QWidget* parent = nullptr);

    void setKeys(const QList<QKeySequence>& keys);
    // "Ctrl F, /"
    QString text() const { return texts_.join(QStringLiteral(", ")); }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QStringList texts_;
};

}  // namespace quarterdeck::widgets
