#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include <QAbstractTableModel>

#include "app/kube/object_store.h"
#include "ui/tables/column.h"
#include "ui/tables/table_order.h"

namespace quarterdeck::ui {

/// The rows of one kind from several contexts, for any kind. It receives, it never fetches. Which rows stand where is
/// decided on a worker thread; until its answer comes, rows keep their places and show their new content.
///
/// Rows that the pin source names (selected, under the pointer) keep their places when only the data changed; they
/// move when the person asks for another order or filter.
class ResourceTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    /// `spec` must outlive the model.
    explicit ResourceTableModel(const TableSpec& spec, QObject* parent = nullptr);
    ~ResourceTableModel() override;

    [[nodiscard]] const TableSpec& spec() const { return spec_; }

    /// Makes a context known, or updates it. `serverNow` gives ages their present.
    void setContext(const kube::ContextId& id, bool production, std::function<Instant()> serverNow);
    /// Old rows are shown muted, their states as unknown.
    void setContextStale(const kube::ContextId& id, bool stale);
    /// Drops the rows of a context.
    void removeContext(const kube::ContextId& id);
    /// The context must be known.
    void applyBatch(const kube::ContextId& id, const kube::Batch& batch);

    void setFilter(FilterExpression filter);
    void setNamespaces(std::vector<std::string> namespaces);
    /// Nothing = any time; without effect on kinds that do not tell when they were seen.
    void setRange(const std::optional<TimeRange>& range);
    void setSort(int column, bool descending);
    [[nodiscard]] int sortColumn() const { return sortColumn_; }
    [[nodiscard]] bool sortDescending() const { return descending_; }
    void setZone(ZoneChoice zone);

    /// Rows (view order) that live sorting must leave where they are; asked at every live change.
    void setPinSource(std::function<std::vector<int>()> pinnedRows) { pinnedRows_ = std::move(pinnedRows); }
    /// Lets rows that are no longer pinned go to their places.
    void settle();
    /// Whether the shown order knows all changes and wishes so far.
    [[nodiscard]] bool isSettled() const;

    /// Rows of a context, shown or not.
    [[nodiscard]] std::size_t rowsOf(const kube::ContextId& id) const;
    [[nodiscard]] const OrderCounts& counts() const { return counts_; }
    /// Tells the view that ages in these rows moved on; now and then filters by age are judged anew.
    void tick(int firstRow, int lastRow);

    /// Has the worker look through all rows for what a filter could name; vocabularyChanged() follows.
    void askVocabulary();
    [[nodiscard]] const FilterVocabulary& vocabulary() const { return *vocabulary_; }

    [[nodiscard]] kube::ObjectPtr objectAt(int row) const;
    /// Also of rows that the filter hides; null where unknown.
    [[nodiscard]] kube::ObjectPtr objectOf(const QString& key) const;
    [[nodiscard]] const kube::ContextId& contextAt(int row) const;
    [[nodiscard]] QString keyAt(int row) const;
    /// View row of an object; -1 where it is filtered out or unknown.
    [[nodiscard]] int rowOf(const QString& key) const;
    /// Whether the object exists, shown or not.
    [[nodiscard]] bool contains(const QString& key) const;
    [[nodiscard]] CellContext cellContext(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    /// Around everything that moves, adds or drops rows, so that selection can be kept by identity.
    void aboutToRearrange();
    void rearranged();
    /// Counts or settledness changed; after rearranged().
    void countsChanged();
    void vocabularyChanged();

private:
    struct Row {
        kube::ObjectPtr object;
        std::uint32_t context = 0;
        int position = -1;  ///< view row
        bool gone = false;  ///< left the cluster; shown until the order without it comes
    };
    struct Context {
        kube::ContextId id;
        bool production = false;
        bool stale = false;
        std::function<Instant()> serverNow;
        /// Views into the uids of the objects held in rows_.
        std::unordered_map<std::string_view, Slot> byUid;
    };
    [[nodiscard]] Context* find(const kube::ContextId& id);
    [[nodiscard]] const Context* find(const kube::ContextId& id) const;
    [[nodiscard]] const Row* find(const QString& key) const;
    [[nodiscard]] Slot freeSlot();
    [[nodiscard]] std::vector<TableContext> contextsNow() const;
    void publishContexts();
    void requery();
    [[nodiscard]] bool judgesTime() const;
    void adopt(OrderResult result);
    void recycle(std::uint64_t changes);
    [[nodiscard]] std::vector<Slot> pinnedOrder() const;
    void rearrange(std::vector<Slot> next);
    void emitChanged(std::vector<int> positions);
    [[nodiscard]] const Row& rowAt(int row) const { return rows_[order_[static_cast<std::size_t>(row)]]; }

    const TableSpec& spec_;
    std::vector<Context> contexts_;
    std::vector<Row> rows_;
    std::vector<Slot> free_;
    /// Slots whose row went away with the change of this number.
    std::vector<std::pair<std::uint64_t, Slot>> dying_;
    std::vector<Slot> order_;   ///< as shown
    std::vector<Slot> sorted_;  ///< as the worker has it
    OrderCounts counts_;
    std::function<std::vector<int>()> pinnedRows_;

    FilterExpression filter_;
    std::vector<std::string> namespaces_;
    std::optional<TimeRange> range_;
    int sortColumn_ = 0;
    bool descending_ = false;
    ZoneChoice zone_ = ZoneChoice::Local;
    int ticks_ = 0;
    std::shared_ptr<const FilterVocabulary> vocabulary_ = std::make_shared<FilterVocabulary>();
    bool vocabularyAsked_ = false;

    std::uint64_t sentChanges_ = 0;
    std::uint64_t sentQueries_ = 0;
    std::uint64_t shownChanges_ = 0;
    std::uint64_t shownQueries_ = 0;
    TableOrder worker_;  // last: stops before the rest dies
};

}  // namespace quarterdeck::ui
