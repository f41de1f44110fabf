#pragma once

#include <QWidget>

#include "widgets/theme.h"

namespace quarterdeck::widgets {

class Button;
class TextLabel;

// Tint fill, 20 px icon, a bold sentence, one line of reason and a button at the right.
class Banner : public QWidget {
    Q_OBJECT
public:
    explicit Banner(QWidget* parent = nullptr);

    void setTone(Tone tone);
    Tone tone() const { return tone_; }
    void setIconName(const QString& lucideName);
    void setSentence(const QString& sentence);
    // May be empty.
    void setReason(const QString& reason);
    // Empty: no button.
    void setAction(const QString& text, const QString& lucideName = {});

Q_SIGNALS:
    void actionTriggered();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void leaveRoomForIcon();

    TextLabel* sentence_ = nullptr;
    TextLabel* reason_ = nullptr;
    Button* action_ = nullptr;
    QString iconName_;
    Tone tone_ = Tone::Info;
};

}  // namespace quarterdeck::widgets
