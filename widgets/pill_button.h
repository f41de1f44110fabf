#pragma once

#include <QAbstractButton>

#include "widgets/theme.h"

namespace quarterdeck::widgets {

class Pill;

// A status that can be pressed to learn more: a plain pill with a button's behaviour.
class PillButton : public QAbstractButton {
    Q_OBJECT
public:
    explicit PillButton(QWidget* parent = nullptr);

    void setStatus(const QString& text, Tone tone);
    Tone tone() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    Pill* pill_ = nullptr;
};

}  // namespace quarterdeck::widgets
