// Keyboard, pointer, selection and copying of TableView.

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QSet>
#include <algorithm>

#include "widgets/table_roles.h"
#include "widgets/table_view.h"

namespace quarterdeck::widgets {

namespace {

// Tabs and line breaks would tear the copied lines apart.
QString oneField(QString text) {
    for (const char tearing : {'\t', '\n', '\r'}) {
        text.replace(QLatin1Char(tearing), QLatin1Char(' '));
    }
    return text;
}

QString copyTextOf(const QModelIndex& index) {
    const QVariant text = index.data(CopyTextRole);
    return text.isValid() ? text.toString() : index.data(Qt::DisplayRole).toString();
}

}  // namespace

QVector<int> TableView::selectedRowNumbers() const {
    QVector<int> rows;
    if (selectionModel() == nullptr) {
        return rows;
    }
    for (const QItemSelectionRange& range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            rows.append(row);
        }
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

QStringList TableView::selectedUids() const {
    QStringList uids;
    for (const int row : selectedRowNumbers()) {
        uids.append(uidOf(row));
    }
    return uids;
}

void TableView::setSelectedUids(const QStringList& uids) {
    if (model() == nullptr || selectionModel() == nullptr) {
        return;
    }
    QSet<QString> wanted(uids.begin(), uids.end());
    QItemSelection selection;
    QModelIndex first;
    const int rows = model()->rowCount(rootIndex());
    const int lastColumn = model()->columnCount(rootIndex()) - 1;
    for (int row = 0; row < rows && !wanted.isEmpty(); ++row) {
        if (wanted.remove(uidOf(row))) {
            const QModelIndex left = model()->index(row, 0, rootIndex());
            selection.select(left, model()->index(row, lastColumn, rootIndex()));
            if (!first.isValid()) {
                first = left;
            }
        }
    }
    if (first.isValid()) {
        selectionModel()->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
    }
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
}

void TableView::restoreSelection() {
    const QStringList uids = std::exchange(keptUids_, {});
    const QString current = std::exchange(keptCurrent_, {});
    if (!uids.isEmpty()) {
        setSelectedUids(uids);
        if (!selectionModel()->hasSelection()) {
            Q_EMIT selectedUidsChanged();
        }
    }
    if (current.isEmpty() || current == currentUid()) {
        return;
    }
    const int rows = model()->rowCount(rootIndex());
    for (int row = 0; row < rows; ++row) {
        if (uidOf(row) == current) {
            selectionModel()->setCurrentIndex(model()->index(row, 0, rootIndex()), QItemSelectionModel::NoUpdate);
            return;
        }
    }
}

QString TableView::currentUid() const {
    return uidOf(currentIndex().row());
}

QString TableView::hoveredUid() const {
    return uidOf(hoveredRow_);
}

QString TableView::selectedText() const {
    QStringList lines;
    const QHeaderView* header = horizontalHeader();
    for (const int row : selectedRowNumbers()) {
        QStringList fields;
        for (int visual = 0; visual < header->count(); ++visual) {
            const int column = header->logicalIndex(visual);
            if (isChosen(column)) {
                fields.append(oneField(copyTextOf(model()->index(row, column, rootIndex()))));
            }
        }
        lines.append(fields.join(QLatin1Char('\t')));
    }
    return lines.join(QLatin1Char('\n'));
}

void TableView::copySelection() const {
    const QString text = selectedText();
    if (!text.isEmpty()) {
        QGuiApplication::clipboard()->setText(text);
    }
}

void TableView::goToRow(int row, Qt::KeyboardModifiers modifiers) {
    const QModelIndex index = model()->index(row, std::max(0, currentIndex().column()), rootIndex());
    if (!index.isValid()) {
        return;
    }
    if (modifiers.testFlag(Qt::ShiftModifier)) {
        const int from = currentIndex().isValid() ? currentIndex().row() : row;
        const int lastColumn = model()->columnCount(rootIndex()) - 1;
        const QItemSelection span(model()->index(std::min(from, row), 0, rootIndex()),
                                  model()->index(std::max(from, row), lastColumn, rootIndex()));
        selectionModel()->select(span, QItemSelectionModel::Select);
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    } else if (modifiers.testFlag(Qt::ControlModifier)) {
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    } else {
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
    scrollTo(index);
}

void TableView::keyPressEvent(QKeyEvent* event) {
    // j and k as more arrows.
    if (event->modifiers() == Qt::NoModifier && (event->key() == Qt::Key_J || event->key() == Qt::Key_K)) {
        QKeyEvent arrow(QEvent::KeyPress, event->key() == Qt::Key_J ? Qt::Key_Down : Qt::Key_Up, Qt::NoModifier);
        keyPressEvent(&arrow);
        return;
    }
    if (!keyboard_) {
        keyboard_ = true;
        viewport()->update();
    }
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        return;
    }
    const int rows = model() != nullptr ? model()->rowCount(rootIndex()) : 0;
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (rows == 0) {
        if (event->key() == Qt::Key_Up) {
            Q_EMIT leaveUp();
            return;
        }
        event->ignore();
        return;
    }
    switch (event->key()) {
        case Qt::Key_Home:
            goToRow(0, modifiers);
            return;
        case Qt::Key_End:
            goToRow(rows - 1, modifiers);
            return;
        case Qt::Key_Up:
            if (currentIndex().row() <= 0 && modifiers == Qt::NoModifier) {
                Q_EMIT leaveUp();
                return;
            }
            break;
        case Qt::Key_Down:
            if (!currentIndex().isValid()) {
                goToRow(0, modifiers);
                return;
            }
            break;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (currentIndex().isValid() && modifiers == Qt::NoModifier) {
                Q_EMIT rowActivated(currentUid());
                return;
            }
            break;
        case Qt::Key_Space:
            // Ctrl+Space adds or takes the row with the ring, Space makes it the only one.
            if (currentIndex().isValid()) {
                const auto how = modifiers.testFlag(Qt::ControlModifier) ? QItemSelectionModel::Toggle
                                                                         : QItemSelectionModel::ClearAndSelect;
                selectionModel()->select(currentIndex(), how | QItemSelectionModel::Rows);
            }
            return;
        default:
            break;
    }
    if (modifiers == Qt::AltModifier && event->key() >= Qt::Key_1 && event->key() <= Qt::Key_9) {
        sortByShown(event->key() - Qt::Key_1);
        return;
    }
    // Letters belong to the window (its filter line, its shortcuts), not to a search in the current column.
    const bool types = !event->text().isEmpty() && event->text().at(0).isPrint() && event->key() != Qt::Key_Space;
    if (types && !modifiers.testFlag(Qt::ControlModifier)) {
        event->ignore();
        return;
    }
    QTableView::keyPressEvent(event);
}

void TableView::mousePressEvent(QMouseEvent* event) {
    if (keyboard_) {
        keyboard_ = false;
        viewport()->update();
    }
    QTableView::mousePressEvent(event);
}

void TableView::contextMenuEvent(QContextMenuEvent* event) {
    QModelIndex index;
    QPoint position = event->globalPos();
    if (event->reason() == QContextMenuEvent::Mouse) {
        index = indexAt(event->pos());
    } else {
        index = currentIndex();
        if (index.isValid()) {
            scrollTo(index);
            const QPoint corner(24, rowViewportPosition(index.row()) + rowHeight(index.row()));
            position = viewport()->mapToGlobal(corner);
        }
    }
    if (!index.isValid()) {
        event->ignore();
        return;
    }
    if (!selectionModel()->isSelected(index)) {
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
    event->accept();
    Q_EMIT menuRequested(uidOf(index.row()), position);
}

void TableView::focusInEvent(QFocusEvent* event) {
    takingFocus_ = true;
    if (event->reason() != Qt::MouseFocusReason && event->reason() != Qt::ActiveWindowFocusReason &&
        event->reason() != Qt::PopupFocusReason) {
        keyboard_ = true;
        if (!currentIndex().isValid() && model() != nullptr && model()->rowCount(rootIndex()) > 0) {
            selectionModel()->setCurrentIndex(model()->index(0, 0, rootIndex()), QItemSelectionModel::NoUpdate);
        }
    }
    QTableView::focusInEvent(event);
    takingFocus_ = false;
    viewport()->update();
}

void TableView::focusOutEvent(QFocusEvent* event) {
    QTableView::focusOutEvent(event);
    viewport()->update();
}

void TableView::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) {
    QTableView::selectionChanged(selected, deselected);
    Q_EMIT selectedUidsChanged();
}

void TableView::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTableView::currentChanged(current, previous);
    updateRow(previous.row());
    updateRow(current.row());
}

}  // namespace quarterdeck::widgets
