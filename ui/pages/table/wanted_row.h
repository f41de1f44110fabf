#pragma once

#include <optional>

#include <QObject>
#include <QTimer>

#include "ui/location.h"

namespace quarterdeck::widgets {
class TableView;
}

namespace quarterdeck::ui {

class ResourceTableModel;

/// Selects the row of an object that somebody went to, as soon as the table has it, and scrolls to it. It lets go
/// when the person selects something else before.
class WantedRow : public QObject {
    Q_OBJECT
public:
    /// Both outlive this object.
    WantedRow(widgets::TableView& view, ResourceTableModel& model, QObject* parent = nullptr);

    /// Nothing: stops looking.
    void seek(const std::optional<ObjectReference>& object);

private:
    void look();
    [[nodiscard]] int rowOfWanted() const;

    widgets::TableView& view_;
    ResourceTableModel& model_;
    std::optional<ObjectReference> wanted_;
    QString found_;
    QTimer following_;
};

}  // namespace quarterdeck::ui
