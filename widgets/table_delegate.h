#pragma once

#include <QColor>
#include <QFont>
#include <QStyledItemDelegate>

#include "widgets/table_roles.h"
#include "widgets/theme.h"

namespace quarterdeck::widgets {

class TableView;

// Paints the cells of a TableView: fill, hairline, icon, text. Holds fonts only; call refresh() after a change of
// theme.
class TableDelegate : public QStyledItemDelegate {
public:
    explicit TableDelegate(TableView& view);

    void refresh();

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    // Preferred width of a cell's contents; the height is that of the rows.
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    TableView& view_;
    QFont body_;
    QFont bold_;
    QFont secondary_;
    QFont secondaryBold_;
};

}  // namespace quarterdeck::widgets
