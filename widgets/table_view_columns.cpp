// Widths, order and hiding of TableView's columns.

#include <algorithm>
#include <cmath>

#include "widgets/style.h"
#include "widgets/table_delegate.h"
#include "widgets/table_header_view.h"
#include "widgets/table_view.h"

namespace quarterdeck::widgets {

namespace {

// Longer contents than this are read in the tooltip or the drawer.
constexpr int kMaxFitted = 640;
constexpr int kFittedRows = 200;  // rows that are looked at beside the visible ones
constexpr int kMaxWidth = 4000;

}  // namespace

void TableView::connectHeader() {
    header_->setResizeContentsPrecision(kFittedRows);
    // The header has turned its arrow by itself before it says that it was clicked.
    connect(header_, &QHeaderView::sectionClicked, this,
            [this](int column) { Q_EMIT sortRequested(column, sortOrder()); });
    connect(header_, &TableHeaderView::sortRequested, this, &TableView::requestSort);
    connect(header_, &TableHeaderView::menuRequested, this, &TableView::headerMenuRequested);
    connect(header_, &TableHeaderView::leaveDown, this, [this] { setFocus(Qt::OtherFocusReason); });
    connect(header_, &QHeaderView::sectionResized, this, [this](int, int before, int after) {
        if (!fitting_ && before > 0 && after > 0) {
            widthsByHand_ = true;
            Q_EMIT columnsChanged();
        }
    });
    connect(header_, &QHeaderView::sectionMoved, this, [this] {
        if (!fitting_) {
            Q_EMIT columnsChanged();
        }
    });
    disconnect(header_, &QHeaderView::sectionHandleDoubleClicked, nullptr, nullptr);
    connect(header_, &QHeaderView::sectionHandleDoubleClicked, this, &TableView::fitToContents);
}

void TableView::fitToContents(int column) {
    const int wanted = std::max(sizeHintForColumn(column), header_->sectionSizeHint(column));
    header_->resizeSection(column, std::min(wanted, scaledPx(this, kMaxFitted)));
}

QVector<ColumnPlace> TableView::columnPlaces() const {
    QVector<ColumnPlace> places;
    for (int visual = 0; visual < header_->count(); ++visual) {
        const int column = header_->logicalIndex(visual);
        const bool hidden = isColumnHidden(column);
        const bool chosen = widthsByHand_ && !hidden;
        places.append(
            {column, hidden, chosen ? static_cast<int>(std::lround(columnWidth(column) / textScaleOf(this))) : 0});
    }
    return places;
}

void TableView::setColumnPlaces(const QVector<ColumnPlace>& places) {
    fitting_ = true;
    int visual = 0;
    bool byHand = false;
    for (const ColumnPlace& place : places) {
        if (place.column < 0 || place.column >= header_->count()) {
            continue;
        }
        header_->moveSection(header_->visualIndex(place.column), visual++);
        setColumnHidden(place.column, place.hidden);
        byHand = byHand || (place.width > 0 && !place.hidden);
    }
    for (const ColumnPlace& place : places) {
        if (byHand && !place.hidden && place.column >= 0 && place.column < header_->count()) {
            const int preferred = place.column < specs_.size() ? specs_.at(place.column).preferred : 96;
            const int width = std::min(place.width > 0 ? place.width : preferred, kMaxWidth);
            header_->resizeSection(place.column, scaledPx(this, width));
        }
    }
    fitting_ = false;
    widthsByHand_ = byHand;
    fitColumns();
}

void TableView::setColumnSpecs(const QVector<ColumnSpec>& specs) {
    specs_ = specs;
    widthsByHand_ = false;
    fitColumns();
}

void TableView::fitColumns() {
    if (model() == nullptr || fitting_ || widthsByHand_ || specs_.isEmpty()) {
        return;
    }
    const int columns = std::min(horizontalHeader()->count(), static_cast<int>(specs_.size()));
    QVector<int> widths(columns, 0);
    int preferred = 0;
    int slack = 0;  // how much narrower they may become
    int stretch = 0;
    for (int i = 0; i < columns; ++i) {
        if (isColumnHidden(i)) {
            continue;
        }
        const int minimum = scaledPx(this, specs_.at(i).minWidth);
        widths[i] = std::max(minimum, scaledPx(this, specs_.at(i).preferred));
        preferred += widths[i];
        slack += widths[i] - minimum;
        stretch += specs_.at(i).stretch;
    }
    const int room = viewport()->width();
    if (room > preferred && stretch > 0) {
        int spare = room - preferred;
        for (int i = 0; i < columns; ++i) {
            if (!isColumnHidden(i) && specs_.at(i).stretch > 0) {
                const int part = spare * specs_.at(i).stretch / stretch;
                widths[i] += part;
                spare -= part;
                stretch -= specs_.at(i).stretch;
            }
        }
    } else if (room < preferred && slack > 0) {
        int missing = std::min(preferred - room, slack);
        for (int i = 0; i < columns; ++i) {
            if (!isColumnHidden(i)) {
                const int own = widths[i] - scaledPx(this, specs_.at(i).minWidth);
                const int part = slack > 0 ? missing * own / slack : 0;
                widths[i] -= part;
                missing -= part;
                slack -= own;
            }
        }
    }
    fitting_ = true;
    for (int i = 0; i < columns; ++i) {
        if (!isColumnHidden(i)) {
            horizontalHeader()->resizeSection(i, widths[i]);
        }
    }
    fitting_ = false;
}

void TableView::refitColumns() {
    widthsByHand_ = false;
    fitColumns();
}

}  // namespace quarterdeck::widgets
