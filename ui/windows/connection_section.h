#pragma once

#include "ui/windows/connection_facts.h"
#include "widgets/card.h"

class QVBoxLayout;

namespace quarterdeck::widgets {
class Button;
class KeyValueRow;
class Pill;
class TextLabel;
}  // namespace quarterdeck::widgets

namespace quarterdeck::ui {

/// One context in the connection panel.
class ConnectionSection : public widgets::Card {
    Q_OBJECT
public:
    explicit ConnectionSection(const QString& context, QWidget* parent = nullptr);

    void show(const ConnectionFacts& facts);

signals:
    void retryRequested();
    void signInRequested();
    void closeRequested();

private:
    widgets::Pill* state_ = nullptr;
    QVBoxLayout* rowsLayout_ = nullptr;
    std::vector<widgets::KeyValueRow*> rows_;
    widgets::TextLabel* reasons_ = nullptr;
    widgets::Button* signIn_ = nullptr;
};

}  // namespace quarterdeck::ui
