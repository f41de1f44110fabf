#pragma once

#include <QObject>
#include <QString>

#include "ui/tables/column.h"

class QAbstractButton;

namespace quarterdeck::widgets {
class ColumnChooser;
class TableView;
}  // namespace quarterdeck::widgets

namespace quarterdeck::ui {

class ViewMemory;

/// Which columns a page shows, in which order and how wide: takes them from the memory ("pods.columns"), keeps them
/// there, and opens the chooser from the button and from the table's header. The button tells what had to fold away.
class TableColumns : public QObject {
    Q_OBJECT
public:
    /// All of them outlive this object; the view has its model and its column specs already.
    TableColumns(const TableSpec& spec, widgets::TableView& view, ViewMemory& memory, QAbstractButton& button,
                 QObject* parent = nullptr);

    /// "sorted by IP, which is hidden"; empty where the person sees what the rows are sorted by.
    [[nodiscard]] QString sortNote() const;
    [[nodiscard]] QList<int> shownWidths() const;

signals:
    void sortNoteChanged(const QString& note);

private:
    void keep();
    void reset();
    void sayFolded();
    [[nodiscard]] QString titleOf(int column) const;

    const TableSpec& spec_;
    widgets::TableView& view_;
    ViewMemory& memory_;
    QAbstractButton& button_;
    widgets::ColumnChooser* chooser_ = nullptr;
};

}  // namespace quarterdeck::ui
