#pragma once

#include <QObject>
#include <QSet>
#include <QString>

#include "widgets/table_view.h"

class QItemSelection;

namespace quarterdeck::ui {

class ResourceTableModel;

/// The selection of a table by identity: it outlives sorting, filtering and resets, and counts rows that the filter
/// hides. Rows that left the cluster leave it too. Also tells the model which rows must keep their places.
class RowSelection : public QObject {
    Q_OBJECT
public:
    /// Both outlive this object.
    RowSelection(widgets::TableView& view, ResourceTableModel& model, QObject* parent = nullptr);

    [[nodiscard]] const QSet<QString>& keys() const { return keys_; }
    [[nodiscard]] int count() const { return static_cast<int>(keys_.size()); }
    /// Selected, but not in the table because of the filter.
    [[nodiscard]] int hidden() const;
    void clear();

signals:
    void changed();

private:
    void onSelectionChanged(const QItemSelection& selected, const QItemSelection& deselected);
    void beforeRearranging();
    void afterRearranging();
    /// Lets go of what left the cluster.
    bool forgetGone();

    widgets::TableView& view_;
    ResourceTableModel& model_;
    QSet<QString> keys_;
    QString currentKey_;
    bool rearranging_ = false;
    bool chosen_ = false;  ///< the person has selected or opened a row
};

}  // namespace quarterdeck::ui
