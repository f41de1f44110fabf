// Where the cards of the Fleet page stand; what they say is refreshed in fleet_page.cpp.
#include <algorithm>

#include <QGridLayout>
#include <QScrollArea>
#include <QScrollBar>

#include "ui/pages/cluster_access.h"
#include "ui/pages/fleet/context_card.h"
#include "ui/pages/fleet/fleet_page.h"
#include "ui/pages/fleet/idle_card.h"
#include "widgets/label.h"
#include "widgets/style.h"

namespace quarterdeck::ui {

namespace {

constexpr int kMinCardWidth = 340;
constexpr int kMaxColumns = 4;
constexpr int kFewestColumns = 3;
constexpr int kMinIdleWidth = 480;

}  // namespace

int FleetPage::cardWidth() const {
    const int width = scroll_->viewport()->width() - 2 * kFleetGap;
    return (width - (columns_ - 1) * kFleetGap) / std::max(1, columns_);
}

void FleetPage::arrange() {
    const int width = scroll_->viewport()->width() - 2 * kFleetGap;
    std::vector<kube::ContextId> order;
    std::vector<ClusterAccess::OpenContext> open = services_.access.open();  // by name
    std::stable_partition(open.begin(), open.end(), [](const auto& context) { return context.production; });
    for (const ClusterAccess::OpenContext& context : open) {
        if (const auto member = members_.find(context.id); member != members_.end() && member->second->connected) {
            order.push_back(context.id);
        }
    }
    int minimum = widgets::scaledPx(this, kMinCardWidth);
    for (const kube::ContextId& id : order) {
        minimum = std::max(minimum, members_[id]->card->minimumSizeHint().width());
    }
    const int count = static_cast<int>(order.size());
    const int fitting = std::clamp((width + kFleetGap) / (minimum + kFleetGap), 1, kMaxColumns);
    // One card alone does not stretch over the whole window.
    const int columns = count >= fitting ? fitting : std::max({1, count, std::min(fitting, kFewestColumns)});
    if (columns != columns_ || order != placed_) {
        columns_ = columns;
        placed_ = std::move(order);
        while (QLayoutItem* item = grid_->takeAt(0)) {
            delete item;
        }
        for (int column = 0; column < kMaxColumns; ++column) {
            grid_->setColumnStretch(column, column < columns ? 1 : 0);
        }
        for (const auto& [id, member] : members_) {
            member->card->setVisible(member->connected);
        }
        QWidget* before = nullptr;
        for (std::size_t i = 0; i < placed_.size(); ++i) {
            ContextCard* card = members_[placed_[i]]->card;
            const int place = static_cast<int>(i);
            grid_->addWidget(card, place / columns, place % columns);
            if (before != nullptr) {
                QWidget::setTabOrder(before, card);
            }
            before = card->lastInTabOrder();
        }
    }
    alignCards();
    const int idleColumns =
        std::clamp((width + kFleetGap) / (widgets::scaledPx(this, kMinIdleWidth) + kFleetGap), 1, kMaxColumns);
    std::vector<kube::ContextId> idleOrder;
    idleOrder.reserve(idle_.size());
    for (const auto& [id, card] : idle_) {
        idleOrder.push_back(id);
    }
    if (idleColumns != idleColumns_ || idleOrder != idlePlaced_) {
        idleColumns_ = idleColumns;
        idlePlaced_ = std::move(idleOrder);
        while (QLayoutItem* item = idleGrid_->takeAt(0)) {
            delete item;
        }
        for (int column = 0; column < kMaxColumns; ++column) {
            idleGrid_->setColumnStretch(column, column < idleColumns ? 1 : 0);
        }
        int place = 0;
        for (const kube::ContextId& id : idlePlaced_) {
            idleGrid_->addWidget(idle_[id], place / idleColumns, place % idleColumns);
            idle_[id]->show();
            ++place;
        }
    }
    idleTitle_->setVisible(!idle_.empty());
}

/// Cards side by side have their parts in the same places.
void FleetPage::alignCards() {
    const auto perRow = static_cast<std::size_t>(std::max(1, columns_));
    const int width = cardWidth();
    for (std::size_t first = 0; first < placed_.size(); first += perRow) {
        const std::size_t end = std::min(placed_.size(), first + perRow);
        int problems = 1;
        int heat = 0;
        for (std::size_t i = first; i < end; ++i) {
            problems = std::max(problems, members_[placed_[i]]->card->problemRows());
            heat = std::max(heat, members_[placed_[i]]->card->heatHeight(width));
        }
        for (std::size_t i = first; i < end; ++i) {
            members_[placed_[i]]->card->setProblemRows(problems);
            members_[placed_[i]]->card->setHeatHeight(heat);
        }
    }
}

void FleetPage::moveFocus(const kube::ContextId& from, int key) {
    const auto here = std::find(placed_.begin(), placed_.end(), from);
    if (here == placed_.end()) {
        return;
    }
    const int step = key == Qt::Key_Left ? -1 : key == Qt::Key_Right ? 1 : key == Qt::Key_Up ? -columns_ : columns_;
    const std::ptrdiff_t to = std::distance(placed_.begin(), here) + step;
    if (to >= 0 && to < std::ssize(placed_)) {
        ContextCard* card = members_[placed_[static_cast<std::size_t>(to)]]->card;
        card->setFocus(Qt::TabFocusReason);
        scroll_->ensureWidgetVisible(card, 0, kFleetGap);
    }
}

}  // namespace quarterdeck::ui
