#pragma once

#include "ui/pages/table/table_page.h"

namespace quarterdeck::widgets {
class Button;
}

namespace quarterdeck::ui {

class DerivingAccess;

/// Events, one row per object and reason with the counts summed, or each event by itself as the person likes.
class EventsPage : public TablePage {
    Q_OBJECT
public:
    [[nodiscard]] static EventsPage* make(const PageServices& services, QWidget* parent);

    [[nodiscard]] bool isGrouped() const;
    void toggleGroups() override;

protected:
    void showEvent(QShowEvent* event) override;

private:
    /// Takes `grouping` over.
    EventsPage(DerivingAccess* grouping, const PageServices& services, QWidget* parent);
    void showGrouping();

    DerivingAccess* grouping_;
    ActionRegistry& actions_;
    ViewMemory& memory_;
    widgets::Button* button_;
};

}  // namespace quarterdeck::ui
