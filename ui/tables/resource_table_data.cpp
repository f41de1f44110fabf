// What the model says about single cells; its upkeep is in resource_table_model.cpp.
#include <QCoreApplication>

#include "ui/tables/resource_table_model.h"
#include "ui/tables/row_key.h"
#include "widgets/table_roles.h"

namespace quarterdeck::ui {

namespace {

/// What was good or bad then is not known now.
widgets::Tone staleTone(widgets::Tone tone) {
    return tone == widgets::Tone::None ? tone : widgets::Tone::Unknown;
}

}  // namespace

int ResourceTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(order_.size());
}

int ResourceTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(spec_.columns.size());
}

kube::ObjectPtr ResourceTableModel::objectAt(int row) const {
    return row >= 0 && row < rowCount() ? rowAt(row).object : nullptr;
}

const kube::ContextId& ResourceTableModel::contextAt(int row) const {
    return contexts_[rowAt(row).context].id;
}

QString ResourceTableModel::keyAt(int row) const {
    return row >= 0 && row < rowCount() ? rowKey(contextAt(row), rowAt(row).object->meta.uid) : QString();
}

const ResourceTableModel::Row* ResourceTableModel::find(const QString& key) const {
    const RowIdentity identity = readRowKey(key);
    const Context* context = find(identity.context);
    if (context == nullptr) {
        return nullptr;
    }
    const auto slot = context->byUid.find(identity.uid);
    return slot == context->byUid.end() ? nullptr : &rows_[slot->second];
}

int ResourceTableModel::rowOf(const QString& key) const {
    const Row* row = find(key);
    return row == nullptr ? -1 : row->position;
}

kube::ObjectPtr ResourceTableModel::objectOf(const QString& key) const {
    const Row* row = find(key);
    return row == nullptr ? nullptr : row->object;
}

bool ResourceTableModel::contains(const QString& key) const {
    return find(key) != nullptr;
}

std::size_t ResourceTableModel::rowsOf(const kube::ContextId& id) const {
    const Context* context = find(id);
    return context == nullptr ? 0 : context->byUid.size();
}

CellContext ResourceTableModel::cellContext(int row) const {
    const Context& context = contexts_[rowAt(row).context];
    return {context.id, context.serverNow ? context.serverNow() : Instant{}, zone_};
}

QVariant ResourceTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount() || index.column() >= columnCount()) {
        return {};
    }
    const Column& column = spec_.columns[static_cast<std::size_t>(index.column())];
    const kube::Object& object = *rowAt(index.row()).object;
    const bool stale = contexts_[rowAt(index.row()).context].stale;
    switch (role) {
        case Qt::DisplayRole:
        case Qt::AccessibleTextRole:
            return column.text(object, cellContext(index.row()));
        case widgets::CopyTextRole:
            return column.copyText ? column.copyText(object, cellContext(index.row()))
                                   : column.text(object, cellContext(index.row()));
        case Qt::ToolTipRole:
            return column.tooltip != nullptr ? QVariant(column.tooltip(object, cellContext(index.row()))) : QVariant();
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(Qt::Alignment(column.alignment | Qt::AlignVCenter));
        case widgets::ToneRole:
            return column.tone == nullptr
                       ? QVariant()
                       : QVariant::fromValue(stale ? staleTone(column.tone(object)) : column.tone(object));
        case widgets::IconRole:
            return column.icon != nullptr ? QVariant(column.icon(object)) : QVariant();
        case widgets::NoIconRole:
            return column.toneWithoutIcon ? QVariant(true) : QVariant();
        case widgets::EmphasisRole:
            return column.emphasised != nullptr && !stale ? QVariant(column.emphasised(object)) : QVariant();
        case widgets::MutedRole:
            return stale ? QVariant(true) : column.muted != nullptr ? QVariant(column.muted(object)) : QVariant();
        case widgets::SparklineRole:
            if (column.sparkline != nullptr) {
                const auto line = column.sparkline(object);
                return line ? QVariant::fromValue(*line) : QVariant();
            }
            return {};
        case widgets::BarRole:
            if (column.bar != nullptr) {
                const auto bar = column.bar(object);
                return bar ? QVariant::fromValue(*bar) : QVariant();
            }
            return {};
        case widgets::UidRole:
            return keyAt(index.row());
        default:
            return {};
    }
}

QVariant ResourceTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) {
        return {};
    }
    const Column& column = spec_.columns[static_cast<std::size_t>(section)];
    switch (role) {
        case Qt::DisplayRole:
        case Qt::AccessibleTextRole:
            return QCoreApplication::translate("Column", column.title);
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(Qt::Alignment(column.alignment | Qt::AlignVCenter));
        default:
            return {};
    }
}

}  // namespace quarterdeck::ui
