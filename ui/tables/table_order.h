#pragma once

#include <array>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "app/base/mailbox.h"
#include "ui/tables/column.h"
#include "ui/tables/filter_expression.h"
#include "ui/tables/filter_vocabulary.h"

namespace quarterdeck::ui {

/// Number of a row in the model's storage; stays the same while the row lives.
using Slot = std::uint32_t;
inline constexpr Slot kNoSlot = ~Slot{0};

struct RowChange {
    Slot slot = kNoSlot;
    kube::ObjectPtr object;  ///< null: the row is gone
    std::uint32_t context = 0;
};

struct TableContext {
    kube::ContextId id;
    bool production = false;
    /// As its server told it when this was sent; filters by age go by it.
    Instant now{};
};

/// What the person asked to see, and in which order.
struct OrderQuery {
    FilterExpression filter;
    /// Empty = all. Objects without a namespace always pass.
    std::vector<std::string> namespaces;
    /// Nothing = any time. Only for tables whose spec tells when something was seen.
    std::optional<TimeRange> range;
    int sortColumn = 0;
    bool descending = false;
};

struct OrderCounts {
    static constexpr std::size_t kHealths = 6;
    /// Rows in the chosen namespaces and time range, before the filter.
    std::uint32_t total = 0;
    std::uint32_t ready = 0;
    std::array<std::uint32_t, kHealths> byHealth{};
    /// Contexts that have rows among `total`.
    std::uint32_t contexts = 0;
    [[nodiscard]] std::uint32_t of(kube::Health health) const { return byHealth[static_cast<std::size_t>(health)]; }
    friend bool operator==(const OrderCounts&, const OrderCounts&) = default;
};

struct OrderResult {
    std::vector<Slot> order;
    OrderCounts counts;
    /// How many changes and queries this order knows of, counted from the beginning.
    std::uint64_t changes = 0;
    std::uint64_t queries = 0;
    /// Where it was asked for.
    std::shared_ptr<const FilterVocabulary> vocabulary;
};

/// Filters and sorts the rows of one table on a thread of its own. Holds pointers to the rows, their sort keys and,
/// while a filter looks for words, their folded text. What comes in while it works is taken together next time.
class TableOrder {
public:
    /// `deliver` runs in `receiver`'s thread; never after this object died there.
    TableOrder(const TableSpec& spec, QObject* receiver, std::function<void(OrderResult)> deliver);
    ~TableOrder();
    TableOrder(const TableOrder&) = delete;
    TableOrder& operator=(const TableOrder&) = delete;

    /// Receiver's thread, all three. They return the number that the result will carry.
    std::uint64_t apply(std::vector<RowChange> changes);
    std::uint64_t setQuery(OrderQuery query);
    /// Index in `contexts` is what RowChange::context means; entries are only ever appended or updated.
    void setContexts(std::vector<TableContext> contexts);
    /// Judges all rows anew: time went on. The result counts as a live change, not as a query.
    void judgeAgain(std::vector<TableContext> contexts);
    /// The next result brings the vocabulary of all rows.
    void askVocabulary();

private:
    struct Row {
        kube::ObjectPtr object;
        std::uint32_t context = 0;
        bool inScope = false;
        bool matches = false;
        SortKey key;
        std::string searchText;
    };
    struct Inbox {
        std::vector<RowChange> changes;
        std::unique_ptr<OrderQuery> query;
        std::unique_ptr<std::vector<TableContext>> contexts;
        std::uint64_t changeCount = 0;
        std::uint64_t queryCount = 0;
        bool woken = false;
        bool judgeAll = false;
        bool vocabulary = false;
    };
    void run(const std::stop_token& stop);
    void work(Inbox work);
    void judge(Row& row) const;
    [[nodiscard]] SortKey keyOf(const Row& row) const;
    [[nodiscard]] bool before(Slot left, Slot right) const;
    void mergeChanged(std::vector<Slot> changed);
    void sortAll();
    [[nodiscard]] OrderCounts count() const;

    const TableSpec& spec_;
    std::shared_ptr<Mailbox<OrderResult>> results_;

    std::mutex mutex_;
    std::condition_variable_any wake_;
    Inbox inbox_;

    // The worker's own.
    std::vector<Row> rows_;
    std::vector<Slot> sorted_;  ///< every living row, whether it matches or not
    OrderQuery query_;
    std::vector<TableContext> contexts_;
    std::vector<std::string> foldedNamespaces_;

    std::jthread thread_;  // last: stops before the rest dies
};

}  // namespace quarterdeck::ui
