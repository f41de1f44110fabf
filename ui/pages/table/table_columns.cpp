#include "ui/pages/table/table_columns.h"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QHeaderView>

#include "ui/tables/column_layout.h"
#include "ui/view_memory.h"
#include "widgets/column_chooser.h"
#include "widgets/shown_text.h"
#include "widgets/table_view.h"

namespace quarterdeck::ui {

TableColumns::TableColumns(const TableSpec& spec, widgets::TableView& view, ViewMemory& memory, QAbstractButton& button,
                           QObject* parent)
    : QObject(parent), spec_(spec), view_(view), memory_(memory), button_(button) {
    button_.setAccessibleName(tr("Choose columns"));
    chooser_ = new widgets::ColumnChooser(view_, &view_);
    view_.setColumnPlaces(readColumns(spec_, memory_.get(spec_.id + ".columns")));
    connect(&view_, &widgets::TableView::columnsChanged, this, &TableColumns::keep);
    connect(&view_, &widgets::TableView::foldedColumnsChanged, this, &TableColumns::sayFolded);
    sayFolded();
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

QString TableColumns::titleOf(int column) const {
    const char* title = spec_.columns[static_cast<std::size_t>(column)].title;
    return QCoreApplication::translate("Column", title);
}

void TableColumns::sayFolded() {
    QStringList titles;
    for (const int column : view_.foldedColumns()) {
        titles += titleOf(column);
    }
    const QString what = tr("Show, hide and move columns");
    const QString folded = tr("No room for %1").arg(titles.join(QStringLiteral(", ")));
    button_.setText(titles.isEmpty() ? tr("Columns") : tr("+%n columns", nullptr, static_cast<int>(titles.size())));
    button_.setToolTip(titles.isEmpty() ? what : widgets::shownToolTip(folded + QLatin1Char('\n') + what));
    button_.setAccessibleDescription(titles.isEmpty() ? QString() : folded);
}

QString TableColumns::sortNote() const {
    const int column = view_.sortColumn();
    if (column < 0 || !view_.isColumnHidden(column)) {
        return {};
    }
    return tr("sorted by %1, which is hidden").arg(titleOf(column));
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
