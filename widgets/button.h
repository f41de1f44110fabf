#pragma once

#include <QPushButton>
#include <QToolButton>

namespace quarterdeck::widgets {

enum class ButtonKind {
    Primary,    // accent fill; one per surface
    Secondary,  // outlined
    Ghost,      // text in accent only
    Danger,     // only the last step of the most dangerous dialogs
    Control,    // looks like an input; opens a menu
};
enum class ButtonSize { Small, Normal, Large };  // 24, 28, 32 px

class Button : public QPushButton {
    Q_OBJECT
public:
    Button(const QString& text, const QString& lucideName, ButtonKind kind, QWidget* parent = nullptr);

    ButtonKind kind() const { return kind_; }
    void setKind(ButtonKind kind);
    void setButtonSize(ButtonSize size);
    ButtonSize buttonSize() const { return size_; }
    void setIconName(const QString& lucideName);
    QString iconName() const { return iconName_; }
    // Bears the chevron of a menu: for what opens a panel that is no QMenu.
    void setOpensPopup(bool opens);

protected:
    void initStyleOption(QStyleOptionButton* option) const override;
    void changeEvent(QEvent* event) override;

private:
    void refresh();

    ButtonKind kind_;
    ButtonSize size_ = ButtonSize::Normal;
    QString iconName_;
    bool opensPopup_ = false;
};

// lucideName may be empty.
Button* makeButton(const QString& text, const QString& lucideName, ButtonKind kind, QWidget* parent = nullptr);

// A bare 28 × 28 icon. The name is read aloud and is the tooltip.
class IconButton : public QToolButton {
    Q_OBJECT
public:
    IconButton(const QString& lucideName, const QString& name, QWidget* parent = nullptr);

    void setIconName(const QString& lucideName);
    QSize sizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    QString iconName_;
};

// Disables with a reason that tooltip and accessible description give; an empty reason enables.
void setDisabledReason(QWidget* widget, const QString& reason);

}  // namespace quarterdeck::widgets
