#include "ui/tables/resource_table_model.h"

#include <algorithm>
#include <utility>

#include "ui/tables/order_transition.h"
#include "ui/tables/row_key.h"

namespace quarterdeck::ui {

namespace {

/// More pieces than this are told as one range: the view repaints only what is visible anyway.
constexpr std::size_t kMaxChangedRanges = 16;
/// Ticks (seconds) between two looks at filters by age.
constexpr int kTicksPerJudgement = 5;

}  // namespace

ResourceTableModel::ResourceTableModel(const TableSpec& spec, QObject* parent)
    : QAbstractTableModel(parent),
      spec_(spec),
      sortColumn_(std::max(0, spec.columnIndex(spec.defaultSort.column))),
      descending_(spec.defaultSort.descending),
      worker_(spec, this, [this](OrderResult result) { adopt(std::move(result)); }) {
    requery();
}

ResourceTableModel::~ResourceTableModel() = default;

ResourceTableModel::Context* ResourceTableModel::find(const kube::ContextId& id) {
    const auto found = std::find_if(contexts_.begin(), contexts_.end(), [&](const Context& c) { return c.id == id; });
    return found == contexts_.end() ? nullptr : &*found;
}

const ResourceTableModel::Context* ResourceTableModel::find(const kube::ContextId& id) const {
    const auto found = std::find_if(contexts_.begin(), contexts_.end(), [&](const Context& c) { return c.id == id; });
    return found == contexts_.end() ? nullptr : &*found;
}

std::vector<TableContext> ResourceTableModel::contextsNow() const {
    std::vector<TableContext> contexts;
    contexts.reserve(contexts_.size());
    for (const Context& context : contexts_) {
        contexts.push_back({context.id, context.production, context.serverNow ? context.serverNow() : Instant{}});
    }
    return contexts;
}

void ResourceTableModel::publishContexts() {
    worker_.setContexts(contextsNow());
}

void ResourceTableModel::setContext(const kube::ContextId& id, bool production, std::function<Instant()> serverNow) {
    Context* context = find(id);
    if (context == nullptr) {
        context = &contexts_.emplace_back();
        context->id = id;
        context->production = production;
        context->serverNow = std::move(serverNow);
        publishContexts();
        return;
    }
    context->serverNow = std::move(serverNow);
    if (std::exchange(context->production, production) != production) {
        publishContexts();
        requery();
    }
}

void ResourceTableModel::setContextStale(const kube::ContextId& id, bool stale) {
    Context* context = find(id);
    if (context != nullptr && std::exchange(context->stale, stale) != stale && !order_.empty()) {
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }
}

void ResourceTableModel::removeContext(const kube::ContextId& id) {
    Context* context = find(id);
    if (context == nullptr || context->byUid.empty()) {
        return;
    }
    kube::Batch nothing;
    nothing.snapshot = true;
    applyBatch(id, nothing);
}

Slot ResourceTableModel::freeSlot() {
    if (!free_.empty()) {
        const Slot slot = free_.back();
        free_.pop_back();
        return slot;
    }
    rows_.emplace_back();
    return static_cast<Slot>(rows_.size() - 1);
}

void ResourceTableModel::applyBatch(const kube::ContextId& id, const kube::Batch& batch) {
    Context* context = find(id);
    if (context == nullptr) {
        return;
    }
    const auto contextIndex = static_cast<std::uint32_t>(context - contexts_.data());
    std::vector<RowChange> changes;
    changes.reserve(batch.deltas.size());
    std::vector<int> repaint;
    const std::uint64_t changeNumber = sentChanges_ + 1;
    const auto remove = [&](Slot slot) {
        rows_[slot].gone = true;
        dying_.emplace_back(changeNumber, slot);
        changes.push_back({slot, nullptr, contextIndex});
    };
    if (batch.snapshot && !context->byUid.empty()) {
        std::unordered_map<std::string_view, Slot> before = std::move(context->byUid);
        context->byUid = {};
        for (const kube::Delta& delta : batch.deltas) {
            if (auto node = before.extract(delta.uid); !node.empty()) {
                context->byUid.insert(std::move(node));
            }
        }
        for (const auto& [uid, slot] : before) {
            remove(slot);
        }
    }
    context->byUid.reserve(context->byUid.size() + (batch.snapshot ? batch.deltas.size() : 0));
    for (const kube::Delta& delta : batch.deltas) {
        const auto found = context->byUid.find(delta.uid);
        if (!delta.object) {
            if (found != context->byUid.end()) {
                const Slot slot = found->second;
                context->byUid.erase(found);
                remove(slot);
            }
            continue;
        }
        Slot slot = kNoSlot;
        if (found == context->byUid.end()) {
            slot = freeSlot();
            context->byUid.emplace(delta.object->meta.uid, slot);
            rows_[slot] = Row{delta.object, contextIndex, -1, false};
        } else {
            slot = found->second;
            Row& row = rows_[slot];
            if (row.object == delta.object) {
                continue;
            }
            // The key of the map is a view into the object that goes.
            auto node = context->byUid.extract(found);
            node.key() = delta.object->meta.uid;
            context->byUid.insert(std::move(node));
            row.object = delta.object;
            if (row.position >= 0) {
                repaint.push_back(row.position);
            }
        }
        changes.push_back({slot, delta.object, contextIndex});
    }
    if (!changes.empty()) {
        sentChanges_ = worker_.apply(std::move(changes));
    }
    emitChanged(std::move(repaint));
}

void ResourceTableModel::emitChanged(std::vector<int> positions) {
    if (positions.empty()) {
        return;
    }
    std::sort(positions.begin(), positions.end());
    std::vector<std::pair<int, int>> ranges;
    for (const int position : positions) {
        if (!ranges.empty() && position <= ranges.back().second + 1) {
            ranges.back().second = position;
        } else {
            ranges.emplace_back(position, position);
        }
    }
    if (ranges.size() > kMaxChangedRanges) {
        ranges = {{ranges.front().first, ranges.back().second}};
    }
    const int lastColumn = columnCount() - 1;
    for (const auto& [first, last] : ranges) {
        emit dataChanged(index(first, 0), index(last, lastColumn));
    }
}

void ResourceTableModel::requery() {
    OrderQuery query;
    query.filter = filter_;
    query.namespaces = namespaces_;
    query.range = range_;
    query.sortColumn = sortColumn_;
    query.descending = descending_;
    sentQueries_ = worker_.setQuery(std::move(query));
}

void ResourceTableModel::setFilter(FilterExpression filter) {
    filter_ = std::move(filter);
    if (filter_.needsTime()) {
        publishContexts();
    }
    requery();
}

void ResourceTableModel::setNamespaces(std::vector<std::string> namespaces) {
    if (namespaces != namespaces_) {
        namespaces_ = std::move(namespaces);
        requery();
    }
}

void ResourceTableModel::setRange(const std::optional<TimeRange>& range) {
    if (spec_.seen != nullptr && std::exchange(range_, range) != range) {
        publishContexts();
        requery();
    }
}

/// Whether rows come or go with time alone.
bool ResourceTableModel::judgesTime() const {
    return filter_.needsTime() || (range_ && std::holds_alternative<std::chrono::minutes>(*range_));
}

void ResourceTableModel::setSort(int column, bool descending) {
    if (column != sortColumn_ || descending != descending_) {
        sortColumn_ = column;
        descending_ = descending;
        requery();
    }
}

void ResourceTableModel::setZone(ZoneChoice zone) {
    zone_ = zone;
    if (!order_.empty()) {
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }
}

bool ResourceTableModel::isSettled() const {
    return shownChanges_ == sentChanges_ && shownQueries_ == sentQueries_;
}

void ResourceTableModel::adopt(OrderResult result) {
    const bool asked = result.queries != shownQueries_;
    sorted_ = std::move(result.order);
    counts_ = result.counts;
    shownQueries_ = result.queries;
    shownChanges_ = result.changes;
    rearrange(asked ? sorted_ : pinnedOrder());
    recycle(result.changes);
    emit countsChanged();
    if (result.vocabulary) {
        vocabulary_ = std::move(result.vocabulary);
        vocabularyAsked_ = false;
        emit vocabularyChanged();
    }
}

void ResourceTableModel::settle() {
    if (order_ != sorted_) {
        rearrange(pinnedOrder());
    }
}

std::vector<Slot> ResourceTableModel::pinnedOrder() const {
    std::vector<int> pins = pinnedRows_ ? pinnedRows_() : std::vector<int>();
    std::erase_if(pins, [this](int row) { return row < 0 || row >= rowCount() || rowAt(row).gone; });
    std::sort(pins.begin(), pins.end());
    pins.erase(std::unique(pins.begin(), pins.end()), pins.end());
    return pins.empty() ? sorted_ : keepPinned(order_, sorted_, pins, rows_.size());
}

void ResourceTableModel::rearrange(std::vector<Slot> next) {
    const OrderTransition transition = planTransition(order_, next, rows_.size());
    if (transition.way == OrderTransition::Way::Nothing) {
        return;
    }
    const auto renumber = [this](std::size_t from = 0) {
        for (std::size_t i = from; i < order_.size(); ++i) {
            rows_[order_[i]].position = static_cast<int>(i);
        }
    };
    const auto forget = [this](std::size_t first, std::size_t count) {
        for (std::size_t i = first; i < first + count; ++i) {
            rows_[order_[i]].position = -1;
        }
    };
    emit aboutToRearrange();
    if (transition.way == OrderTransition::Way::Reset) {
        beginResetModel();
        forget(0, order_.size());
        order_ = std::move(next);
        renumber();
        endResetModel();
        emit rearranged();
        return;
    }
    for (auto range = transition.removals.rbegin(); range != transition.removals.rend(); ++range) {
        beginRemoveRows({}, range->first, range->first + range->count - 1);
        forget(static_cast<std::size_t>(range->first), static_cast<std::size_t>(range->count));
        const auto first = order_.begin() + range->first;
        order_.erase(first, first + range->count);
        renumber(static_cast<std::size_t>(range->first));
        endRemoveRows();
    }
    if (transition.permuted) {
        emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
        const QModelIndexList before = persistentIndexList();
        std::vector<Slot> moved;
        moved.reserve(static_cast<std::size_t>(before.size()));
        for (const QModelIndex& one : before) {
            moved.push_back(order_[static_cast<std::size_t>(one.row())]);
        }
        std::vector<bool> kept(rows_.size());
        for (const Slot slot : order_) {
            kept[slot] = true;
        }
        order_.clear();
        std::copy_if(next.begin(), next.end(), std::back_inserter(order_), [&](Slot slot) { return kept[slot]; });
        renumber();
        QModelIndexList after;
        after.reserve(before.size());
        for (qsizetype i = 0; i < before.size(); ++i) {
            after.push_back(index(rows_[moved[static_cast<std::size_t>(i)]].position, before[i].column()));
        }
        changePersistentIndexList(before, after);
        emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
    }
    for (const OrderTransition::Range& range : transition.insertions) {
        beginInsertRows({}, range.first, range.first + range.count - 1);
        const auto from = next.begin() + range.first;
        order_.insert(order_.begin() + range.first, from, from + range.count);
        renumber(static_cast<std::size_t>(range.first));
        endInsertRows();
    }
    emit rearranged();
}

void ResourceTableModel::recycle(std::uint64_t changes) {
    std::erase_if(dying_, [&](const auto& entry) {
        const auto& [number, slot] = entry;
        if (number > changes || rows_[slot].position >= 0) {
            return false;  // not yet known to the order, or still shown
        }
        rows_[slot] = Row();
        free_.push_back(slot);
        return true;
    });
}

void ResourceTableModel::askVocabulary() {
    if (!std::exchange(vocabularyAsked_, true)) {
        worker_.askVocabulary();
    }
}

void ResourceTableModel::tick(int firstRow, int lastRow) {
    if (judgesTime() && ++ticks_ % kTicksPerJudgement == 0) {
        worker_.judgeAgain(contextsNow());
    }
    if (firstRow < 0 || lastRow < firstRow || firstRow >= rowCount()) {
        return;
    }
    lastRow = std::min(lastRow, rowCount() - 1);
    for (int column = 0; column < columnCount(); ++column) {
        if (spec_.columns[static_cast<std::size_t>(column)].ticking) {
            emit dataChanged(index(firstRow, column), index(lastRow, column), {Qt::DisplayRole});
        }
    }
}

}  // namespace quarterdeck::ui
