#include "ui/tables/row_selection.h"

#include <algorithm>
#include <vector>

#include <QGuiApplication>
#include <QItemSelectionModel>

#include "ui/tables/resource_table_model.h"

namespace quarterdeck::ui {

RowSelection::RowSelection(widgets::TableView& view, ResourceTableModel& model, QObject* parent)
    : QObject(parent), view_(view), model_(model) {
    connect(view_.selectionModel(), &QItemSelectionModel::selectionChanged, this, &RowSelection::onSelectionChanged);
    connect(&model_, &ResourceTableModel::aboutToRearrange, this, &RowSelection::beforeRearranging);
    connect(&model_, &ResourceTableModel::rearranged, this, &RowSelection::afterRearranging);
    // A row that the filter hid can go without any rearranging.
    connect(&model_, &ResourceTableModel::countsChanged, this, [this] {
        if (forgetGone()) {
            emit changed();
        }
    });
    connect(&view_, &widgets::TableView::rowActivated, this, [this] { chosen_ = true; });
    connect(&view_, &widgets::TableView::hoveredUidChanged, this, [this](const QString& key) {
        if (key.isEmpty() && !rearranging_) {
            model_.settle();
        }
    });
    model_.setPinSource([this] {
        std::vector<int> rows;
        if (view_.hoveredRow() >= 0) {
            rows.push_back(view_.hoveredRow());
        }
        for (const QString& key : keys_) {
            if (const int row = model_.rowOf(key); row >= 0) {
                rows.push_back(row);
            }
        }
        return rows;
    });
}

int RowSelection::hidden() const {
    return static_cast<int>(
        std::count_if(keys_.begin(), keys_.end(), [this](const QString& key) { return model_.rowOf(key) < 0; }));
}

void RowSelection::clear() {
    keys_.clear();
    view_.clearSelection();
    emit changed();
}

void RowSelection::onSelectionChanged(const QItemSelection& selected, const QItemSelection& deselected) {
    if (rearranging_) {
        return;
    }
    const auto eachRow = [](const QItemSelection& selection, const auto& visit) {
        for (const QItemSelectionRange& range : selection) {
            for (int row = range.top(); row <= range.bottom(); ++row) {
                visit(row);
            }
        }
    };
    int added = 0;
    chosen_ = chosen_ || !selected.isEmpty();
    eachRow(deselected, [&](int row) { keys_.remove(model_.keyAt(row)); });
    eachRow(selected, [&](int row) {
        keys_.insert(model_.keyAt(row));
        ++added;
    });
    // A plain click or key begins a new selection: what the filter hides is no part of it.
    const bool extends = (QGuiApplication::keyboardModifiers() & (Qt::ControlModifier | Qt::ShiftModifier)) != 0;
    int visible = 0;
    eachRow(view_.selectionModel()->selection(), [&](int) { ++visible; });
    if (!extends && visible == added) {
        erase_if(keys_, [this](const QString& key) { return model_.rowOf(key) < 0; });
    }
    emit changed();
}

void RowSelection::beforeRearranging() {
    rearranging_ = true;
    currentKey_ = model_.keyAt(view_.currentIndex().row());
}

bool RowSelection::forgetGone() {
    return erase_if(keys_, [this](const QString& key) { return !model_.contains(key); }) > 0;
}

void RowSelection::afterRearranging() {
    const bool hadSome = !keys_.isEmpty();
    forgetGone();
    std::vector<int> rows;
    for (const QString& key : keys_) {
        if (const int row = model_.rowOf(key); row >= 0) {
            rows.push_back(row);
        }
    }
    std::sort(rows.begin(), rows.end());
    QItemSelection selection;
    const int lastColumn = model_.columnCount() - 1;
    for (std::size_t i = 0; i < rows.size();) {
        std::size_t end = i + 1;
        while (end < rows.size() && rows[end] == rows[end - 1] + 1) {
            ++end;
        }
        selection.select(model_.index(rows[i], 0), model_.index(rows[end - 1], lastColumn));
        i = end;
    }
    QItemSelectionModel* selectionModel = view_.selectionModel();
    selectionModel->select(selection, QItemSelectionModel::ClearAndSelect);
    // A row that got the keyboard by coming first is not the person's choice: the first row keeps it.
    const int current =
        chosen_ || currentKey_.isEmpty() ? model_.rowOf(currentKey_) : std::min(0, model_.rowCount() - 1);
    if (const int row = current; row >= 0 && view_.currentIndex().row() != row) {
        selectionModel->setCurrentIndex(model_.index(row, std::max(0, view_.currentIndex().column())),
                                        QItemSelectionModel::NoUpdate);
    }
    rearranging_ = false;
    if (hadSome) {
        emit changed();
    }
}

}  // namespace quarterdeck::ui
