#pragma once

#include <QAbstractButton>
#include <QWidget>

#include "widgets/theme.h"

namespace quarterdeck::widgets {

// A name in a small outline, 18 px high. A guarded one (production) is outlined in its colour and bears a shield.
class Tag : public QWidget {
    Q_OBJECT
public:
    explicit Tag(const QString& text, QWidget* parent = nullptr);

    void setText(const QString& text);
    QString text() const { return text_; }
    void setProduction(bool production);
    void setIconName(const QString& lucideName);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString text_;
    QString iconName_;
    bool production_ = false;
};

// A context in the top bar, 28 px high: a button that can be checked (shown) or not. Production has its own outline,
// fill and shield. The name is always written.
class ContextChip : public QAbstractButton {
    Q_OBJECT
public:
    explicit ContextChip(const QString& name, QWidget* parent = nullptr);

    void setProduction(bool production);
    bool isProduction() const { return production_; }
    // The state of the connection: its icon stands after the name, except for None and Good.
    void setTone(Tone tone);
    Tone tone() const { return tone_; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QString stateIcon() const;

    Tone tone_ = Tone::None;
    bool production_ = false;
};

}  // namespace quarterdeck::widgets
