#include "ui/pages/table/table_columns.h"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QHeaderView>

#include "ui/tables/column_layout.h"
#include "ui/view_memory.h"
#include "widgets/column_chooser.h"
#include "widgets/table_view.h"

namespace quarterdeck::ui {

TableColumns::TableColumns(const TableSpec& spec, widgets::TableView& view, ViewMemory& memory, QAbstractButton& button,
                           QObject* parent)
    : QObject(parent), spec_(spec), view_(view), memory_(memory) {
    chooser_ = new widgets::ColumnChooser(view_, &view_);
    view_.setColumnPlaces(readColumns(spec_, memory_.get(spec_.id + ".columns")));
    connect(&view_, &widgets::TableView::columnsChanged, this, &TableColumns::keep);
    connect(chooser_, &widgets::ColumnChooser::resetRequested, this, &TableColumns::reset);
    connect(view_.horizontalHeader(), &QHeaderView::sortIndicatorChanged, this,
            [this] { emit sortNoteChanged(sortNote()); });
    connect(&view_, &widgets::TableView::headerMenuRequested, this,
            [this](const QPoint& place) { chooser_->openAt(place + QPoint(chooser_->width(), 0)); });
    connect(&button, &QAbstractButton::clicked, this,
            [this, &button] { chooser_->openAt(button.mapToGlobal(QPoint(button.width(), button.height() + 4))); });
}

void TableColumns::keep() {
    memory_.put(spec_.id + ".columns", writeColumns(spec_, view_.columnPlaces()));
    emit sortNoteChanged(sortNote());
}

void TableColumns::reset() {
    view_.setColumnPlaces(ownColumns(spec_));
    keep();
}

QString TableColumns::sortNote() const {
    const int column = view_.sortColumn();
    if (column < 0 || !view_.isColumnHidden(column)) {
        return {};
    }
    const char* title = spec_.columns[static_cast<std::size_t>(column)].title;
    return tr("sorted by %1, which is hidden").arg(QCoreApplication::translate("Column", title));
}

QList<int> TableColumns::shownWidths() const {
    QList<int> widths;
    for (const widgets::ColumnPlace& place : view_.columnPlaces()) {
        if (!place.hidden) {
            widths += spec_.columns[static_cast<std::size_t>(place.column)].layout.preferred;
        }
    }
    return widths;
}

}  // namespace quarterdeck::ui
