#pragma once

#include <QWidget>

#include "widgets/theme.h"

namespace quarterdeck::widgets {

// Status as icon and word: 20 px high, filled with the tone's tint; plain without a fill (as in the top bar).
class Pill : public QWidget {
    Q_OBJECT
public:
    explicit Pill(QWidget* parent = nullptr);
    Pill(const QString& text, Tone tone, QWidget* parent = nullptr);

    void setText(const QString& text);
    QString text() const { return text_; }
    void setTone(Tone tone);
    Tone tone() const { return tone_; }
    // Instead of the tone's own icon; empty: the tone's own.
    void setIconName(const QString& lucideName);
    // No fill; the word is in the text colour then, a healthy one muted.
    void setPlain(bool plain);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QString iconName() const;
    void changed();

    QString text_;
    QString iconName_;
    Tone tone_ = Tone::None;
    bool plain_ = false;
};

}  // namespace quarterdeck::widgets
