#pragma once

#include "widgets/card.h"
#include "widgets/theme.h"

class QHBoxLayout;
class QVBoxLayout;

namespace quarterdeck::widgets {
class Button;
class IconButton;
class Pill;
class Tag;
class TextLabel;
}  // namespace quarterdeck::widgets

namespace quarterdeck::ui {

/// A context that is not connected, in short: closed, unreachable, signed out, or not usable at all, with the reason
/// and the button that helps.
class IdleCard : public widgets::Card {
    Q_OBJECT
public:
    enum class Remedy { None, Open, Retry, SignIn };
    struct State {
        bool production = false;
        bool open = false;  ///< it has a session: it can be closed
        widgets::Tone tone = widgets::Tone::Unknown;
        QString word;
        QString reason;
        QString toolTip;
        Remedy remedy = Remedy::None;
        QString server;
        friend bool operator==(const State&, const State&) = default;
    };
    explicit IdleCard(const QString& context, QWidget* parent = nullptr);

    void setState(const State& state);
    [[nodiscard]] const State& state() const { return state_; }

signals:
    void openRequested();
    void retryRequested();
    void signInRequested();
    void closeRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void openMenu();
    void placeReason();

    QString context_;
    State state_;
    widgets::Tag* production_ = nullptr;
    widgets::Pill* pill_ = nullptr;
    QHBoxLayout* row_ = nullptr;
    QVBoxLayout* column_ = nullptr;
    widgets::TextLabel* name_ = nullptr;
    widgets::TextLabel* reason_ = nullptr;  ///< in the row where there is room for all of it, else wrapped below
    bool below_ = false;
    widgets::Button* remedy_ = nullptr;
    widgets::IconButton* menu_ = nullptr;
};

}  // namespace quarterdeck::ui
