#include "ui/tables/table_order.h"

#include <algorithm>
#include <utility>

namespace quarterdeck::ui {

TableOrder::TableOrder(const TableSpec& spec, QObject* receiver, std::function<void(OrderResult)> deliver)
    : spec_(spec) {
    results_ = std::make_shared<Mailbox<OrderResult>>(
        receiver, [deliver = std::move(deliver)](std::vector<OrderResult> results) {
            OrderResult& last = results.back();  // an older order is of no use any more, an answer is
            for (auto one = results.rbegin(); one != results.rend() && !last.vocabulary; ++one) {
                last.vocabulary = one->vocabulary;
            }
            deliver(std::move(last));
        });
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

TableOrder::~TableOrder() {
    results_->close();
    thread_.request_stop();
}

std::uint64_t TableOrder::apply(std::vector<RowChange> changes) {
    std::uint64_t number = 0;
    {
        const std::scoped_lock lock(mutex_);
        number = ++inbox_.changeCount;
        if (inbox_.changes.empty()) {
            inbox_.changes = std::move(changes);
        } else {
            inbox_.changes.insert(inbox_.changes.end(), std::make_move_iterator(changes.begin()),
                                  std::make_move_iterator(changes.end()));
        }
        inbox_.woken = true;
    }
    wake_.notify_one();
    return number;
}

std::uint64_t TableOrder::setQuery(OrderQuery query) {
    std::uint64_t number = 0;
    {
        const std::scoped_lock lock(mutex_);
        number = ++inbox_.queryCount;
        inbox_.query = std::make_unique<OrderQuery>(std::move(query));
        inbox_.woken = true;
    }
    wake_.notify_one();
    return number;
}

void TableOrder::setContexts(std::vector<TableContext> contexts) {
    const std::scoped_lock lock(mutex_);
    // Taken together with the next change or query.
    inbox_.contexts = std::make_unique<std::vector<TableContext>>(std::move(contexts));
}

void TableOrder::judgeAgain(std::vector<TableContext> contexts) {
    {
        const std::scoped_lock lock(mutex_);
        inbox_.contexts = std::make_unique<std::vector<TableContext>>(std::move(contexts));
        inbox_.judgeAll = true;
        inbox_.woken = true;
    }
    wake_.notify_one();
}

void TableOrder::askVocabulary() {
    {
        const std::scoped_lock lock(mutex_);
        inbox_.vocabulary = true;
        inbox_.woken = true;
    }
    wake_.notify_one();
}

void TableOrder::run(const std::stop_token& stop) {
    while (true) {
        Inbox taken;
        {
            std::unique_lock lock(mutex_);
            if (!wake_.wait(lock, stop, [this] { return inbox_.woken; })) {
                return;
            }
            taken.changes.swap(inbox_.changes);
            taken.query.swap(inbox_.query);
            taken.contexts.swap(inbox_.contexts);
            taken.changeCount = inbox_.changeCount;
            taken.queryCount = inbox_.queryCount;
            inbox_.woken = false;
            taken.judgeAll = std::exchange(inbox_.judgeAll, false);
            taken.vocabulary = std::exchange(inbox_.vocabulary, false);
        }
        work(std::move(taken));
    }
}

void TableOrder::work(Inbox work) {
    if (work.contexts) {
        contexts_ = std::move(*work.contexts);
    }
    bool judgeAll = work.judgeAll;
    bool sortEverything = false;
    if (work.query) {
        const bool sameSort =
            work.query->sortColumn == query_.sortColumn && work.query->descending == query_.descending;
        query_ = std::move(*work.query);
        foldedNamespaces_ = query_.namespaces;
        std::sort(foldedNamespaces_.begin(), foldedNamespaces_.end());
        judgeAll = true;
        sortEverything = !sameSort;
        if (!query_.filter.needsSearchText()) {
            for (Row& row : rows_) {
                std::string().swap(row.searchText);
            }
        }
    }
    std::vector<Slot> changed;
    changed.reserve(work.changes.size());
    for (RowChange& change : work.changes) {
        if (change.slot >= rows_.size()) {
            rows_.resize(change.slot + 1);
        }
        Row& row = rows_[change.slot];
        row.object = std::move(change.object);
        row.context = change.context;
        row.searchText.clear();
        if (!row.object) {
            row = Row();
        } else if (!sortEverything) {
            row.key = keyOf(row);
        }
        changed.push_back(change.slot);
    }
    if (sortEverything) {
        sortAll();
    } else if (!changed.empty()) {
        mergeChanged(changed);
    }
    if (judgeAll) {
        for (const Slot slot : sorted_) {
            judge(rows_[slot]);
        }
    } else {
        for (const Slot slot : changed) {
            if (rows_[slot].object) {
                judge(rows_[slot]);
            }
        }
    }
    OrderResult result;
    result.order.reserve(sorted_.size());
    for (const Slot slot : sorted_) {
        if (rows_[slot].matches) {
            result.order.push_back(slot);
        }
    }
    result.counts = count();
    result.changes = work.changeCount;
    result.queries = work.queryCount;
    if (work.vocabulary) {
        auto vocabulary = std::make_shared<FilterVocabulary>();
        for (const Slot slot : sorted_) {
            vocabulary->add(*rows_[slot].object, contexts_[rows_[slot].context].id, spec_);
        }
        result.vocabulary = std::move(vocabulary);
    }
    results_->post(std::move(result));
}

void TableOrder::judge(Row& row) const {
    const kube::Object& object = *row.object;
    const std::string_view nameSpace = object.meta.nameSpace.view();
    row.inScope = foldedNamespaces_.empty() || nameSpace.empty() ||
                  std::binary_search(foldedNamespaces_.begin(), foldedNamespaces_.end(), nameSpace);
    if (row.inScope && query_.range && spec_.seen != nullptr) {
        const auto seen = spec_.seen(object);
        row.inScope = seen && touches(*query_.range, *seen, contexts_[row.context].now);
    }
    row.matches = row.inScope;
    if (!row.inScope || query_.filter.empty()) {
        return;
    }
    const TableContext& context = contexts_[row.context];
    if (row.searchText.empty() && query_.filter.needsSearchText()) {
        std::string plain;
        spec_.searchText(object, plain);
        plain += '\n';
        plain += context.id;
        row.searchText = foldCase(plain);
        row.searchText.shrink_to_fit();
    }
    const std::string status =
        query_.filter.needsStatus() && spec_.status != nullptr ? foldCase(spec_.status(object)) : std::string();
    const std::string_view node = spec_.node != nullptr ? spec_.node(object) : std::string_view();
    row.matches = query_.filter.matches(
        {object, row.searchText, status, context.id, context.production, node, spec_.number, context.now});
}

SortKey TableOrder::keyOf(const Row& row) const {
    const auto column = static_cast<std::size_t>(query_.sortColumn);
    if (column >= spec_.columns.size() || spec_.columns[column].sortKey == nullptr) {
        return std::int64_t{0};
    }
    return spec_.columns[column].sortKey(*row.object, contexts_[row.context].id);
}

bool TableOrder::before(Slot left, Slot right) const {
    const Row& a = rows_[left];
    const Row& b = rows_[right];
    if (a.key != b.key) {
        return query_.descending ? b.key < a.key : a.key < b.key;
    }
    const kube::ObjectMeta& x = a.object->meta;
    const kube::ObjectMeta& y = b.object->meta;
    if (const int byName = x.name.compare(y.name); byName != 0) {
        return byName < 0;
    }
    if (const int bySpace = x.nameSpace.view().compare(y.nameSpace.view()); bySpace != 0) {
        return bySpace < 0;
    }
    if (a.context != b.context) {
        return contexts_[a.context].id < contexts_[b.context].id;
    }
    return x.uid < y.uid;
}

void TableOrder::mergeChanged(std::vector<Slot> changed) {
    std::sort(changed.begin(), changed.end());
    changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
    std::erase_if(sorted_, [&](Slot slot) { return std::binary_search(changed.begin(), changed.end(), slot); });
    std::erase_if(changed, [this](Slot slot) { return !rows_[slot].object; });
    const auto order = [this](Slot left, Slot right) { return before(left, right); };
    std::sort(changed.begin(), changed.end(), order);
    const auto middle = static_cast<std::ptrdiff_t>(sorted_.size());
    sorted_.insert(sorted_.end(), changed.begin(), changed.end());
    std::inplace_merge(sorted_.begin(), sorted_.begin() + middle, sorted_.end(), order);
}

void TableOrder::sortAll() {
    sorted_.clear();
    for (Slot slot = 0; slot < rows_.size(); ++slot) {
        if (rows_[slot].object) {
            rows_[slot].key = keyOf(rows_[slot]);
            sorted_.push_back(slot);
        }
    }
    std::sort(sorted_.begin(), sorted_.end(), [this](Slot left, Slot right) { return before(left, right); });
}

OrderCounts TableOrder::count() const {
    OrderCounts counts;
    std::vector<bool> seen(contexts_.size());
    for (const Slot slot : sorted_) {
        const Row& row = rows_[slot];
        if (!row.inScope) {
            continue;
        }
        ++counts.total;
        ++counts.byHealth[static_cast<std::size_t>(row.object->health)];
        counts.ready += spec_.ready != nullptr && spec_.ready(*row.object) ? 1 : 0;
        if (!seen[row.context]) {
            seen[row.context] = true;
            ++counts.contexts;
        }
    }
    return counts;
}

}  // namespace quarterdeck::ui
