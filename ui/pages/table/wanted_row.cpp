#include "ui/pages/table/wanted_row.h"

#include <QItemSelectionModel>

#include "ui/tables/resource_table_model.h"
#include "ui/tables/row_key.h"
#include "widgets/table_view.h"

namespace quarterdeck::ui {

namespace {

/// How long the row is kept in sight while the rest of the list arrives around it.
constexpr int kFollowMillis = 3'000;

}  // namespace

WantedRow::WantedRow(widgets::TableView& view, ResourceTableModel& model, QObject* parent)
    : QObject(parent), view_(view), model_(model) {
    following_.setSingleShot(true);
    following_.setInterval(kFollowMillis);
    // Queued: the page may still have to show the table.
    connect(&model_, &ResourceTableModel::countsChanged, this, &WantedRow::look, Qt::QueuedConnection);
}

void WantedRow::seek(const std::optional<ObjectReference>& object) {
    wanted_ = object;
    following_.stop();
    if (wanted_) {
        view_.clearSelection();
        QMetaObject::invokeMethod(this, &WantedRow::look, Qt::QueuedConnection);
    }
}

int WantedRow::rowOfWanted() const {
    if (!wanted_->uid.empty()) {
        return model_.rowOf(rowKey(wanted_->context, wanted_->uid));
    }
    for (int row = 0; row < model_.rowCount(); ++row) {
        const kube::ObjectPtr object = model_.objectAt(row);
        if (object && object->meta.name == wanted_->name && object->meta.nameSpace == wanted_->nameSpace &&
            model_.contextAt(row) == wanted_->context) {
            return row;
        }
    }
    return -1;
}

void WantedRow::look() {
    if (!wanted_) {
        if (following_.isActive() && view_.selectedUids() == QStringList{found_}) {
            view_.scrollTo(model_.index(model_.rowOf(found_), 0));
        }
        return;
    }
    if (view_.selectionModel()->hasSelection()) {
        wanted_.reset();  // the person was quicker
        return;
    }
    // While another order is on its way, the row would move out of sight again.
    const int row = model_.isSettled() ? rowOfWanted() : -1;
    if (row < 0) {
        return;
    }
    wanted_.reset();
    const QModelIndex index = model_.index(row, 0);
    view_.selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    view_.scrollTo(index, QAbstractItemView::PositionAtCenter);
    found_ = model_.keyAt(row);
    following_.start();
}

}  // namespace quarterdeck::ui
