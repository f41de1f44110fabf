#pragma once

#include <QAbstractListModel>
#include <QStyledItemDelegate>

#include "widgets/palette_popup.h"

namespace quarterdeck::widgets {

// The rows of a palette: captions, which cannot be chosen, and items.
class PaletteModel : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setSections(const QVector<PaletteSection>& sections);
    // Null for captions.
    const PaletteItem* itemAt(int row) const;
    int rowOf(const QString& id) const;
    int itemCount() const;
    bool canBeChosen(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Row {
        bool caption = false;
        PaletteItem item;  // of a caption: only the title
    };
    QVector<Row> rows_;
};

class PaletteDelegate : public QStyledItemDelegate {
public:
    PaletteDelegate(const PaletteModel& model, QWidget* view);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    int heightOf(int row) const;

private:
    const PaletteModel& model_;
    QWidget* view_;
};

}  // namespace quarterdeck::widgets
