#pragma once

#include "app/session/session_hub.h"
#include "widgets/card.h"

namespace quarterdeck::ui {

/// A context that is not open: what it is, a button to open it, or why it cannot be used.
class ClosedRow : public widgets::Card {
    Q_OBJECT
public:
    explicit ClosedRow(const session::ContextEntry& entry, QWidget* parent = nullptr);

signals:
    void openRequested();
};

}  // namespace quarterdeck::ui
