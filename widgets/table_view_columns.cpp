// Widths, order and hiding of TableView's columns.

#include <algorithm>
#include <cmath>
#include <utility>

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

// What a column wants before others fold for it.
int wishOf(const ColumnSpec& spec) {
    return spec.fold > 1 ? spec.minWidth : std::max(spec.minWidth, spec.preferred);
}

// Takes `missing` off the widths, hidden columns being 0 wide: what would fold first gives way first, in proportion.
void giveWay(QVector<int>& widths, const QVector<int>& least, const QVector<ColumnSpec>& specs, int missing) {
    int most = 0;
    for (const ColumnSpec& spec : specs) {
        most = std::max(most, spec.fold);
    }
    for (int fold = most; fold >= 0 && missing > 0; --fold) {
        int give = 0;
        for (int i = 0; i < widths.size(); ++i) {
            give += specs.at(i).fold == fold ? widths.at(i) - least.at(i) : 0;
        }
        int taken = std::min(missing, give);
        missing -= taken;
        for (int i = 0; i < widths.size() && give > 0; ++i) {
            if (specs.at(i).fold == fold) {
                const int own = widths.at(i) - least.at(i);
                const int part = taken * own / give;
                widths[i] -= part;
                taken -= part;
                give -= own;
            }
        }
    }
}

}  // namespace

void TableView::connectHeader() {
    header_->setResizeContentsPrecision(kFittedRows);
    // The header has turned its arrow by itself before it says that it was clicked.
    connect(header_, &QHeaderView::sectionClicked, this,
            [this](int column) { Q_EMIT sortRequested(column, sortOrder()); });
    connect(header_, &TableHeaderView::sortRequested, this, &TableView::requestSort);
    connect(header_, &QHeaderView::sortIndicatorChanged, this, &TableView::fitColumns);  // that one never folds
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
        const bool hidden = !isChosen(column);
        const bool chosen = widthsByHand_ && !hidden;
        const int width = folded_.value(column, columnWidth(column));
        places.append({column, hidden, chosen ? static_cast<int>(std::lround(width / textScaleOf(this))) : 0});
    }
    return places;
}

void TableView::setColumnPlaces(const QVector<ColumnPlace>& places) {
    unfoldColumns();
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
    Q_EMIT foldedColumnsChanged();
}

void TableView::setColumnSpecs(const QVector<ColumnSpec>& specs) {
    unfoldColumns();
    specs_ = specs;
    widthsByHand_ = false;
    fitColumns();
    Q_EMIT foldedColumnsChanged();
}

void TableView::fitColumns() {
    if (model() == nullptr || fitting_ || specs_.isEmpty()) {
        return;
    }
    foldColumns();
    if (widthsByHand_) {
        return;
    }
    const int columns = std::min(horizontalHeader()->count(), static_cast<int>(specs_.size()));
    QVector<int> widths(columns, 0);
    QVector<int> least(columns, 0);
    int preferred = 0;
    int slack = 0;  // how much narrower they may become
    int stretch = 0;
    for (int i = 0; i < columns; ++i) {
        if (isColumnHidden(i)) {
            continue;
        }
        least[i] = scaledPx(this, specs_.at(i).minWidth);
        widths[i] = std::max(least.at(i), scaledPx(this, specs_.at(i).preferred));
        preferred += widths[i];
        slack += widths[i] - least.at(i);
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
        giveWay(widths, least, specs_, std::min(preferred - room, slack));
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
    unfoldColumns();
    widthsByHand_ = false;
    fitColumns();
    Q_EMIT foldedColumnsChanged();
}

bool TableView::isChosen(int column) const {
    return !isColumnHidden(column) || folded_.contains(column);
}

QVector<int> TableView::foldedColumns() const {
    QVector<int> columns;
    for (int visual = 0; visual < header_->count(); ++visual) {
        if (const int column = header_->logicalIndex(visual); folded_.contains(column)) {
            columns.append(column);
        }
    }
    return columns;
}

// Without a signal: whoever calls it folds again, and tells.
void TableView::unfoldColumns() {
    const bool before = std::exchange(fitting_, true);
    for (auto column = folded_.cbegin(); column != folded_.cend(); ++column) {
        setColumnHidden(column.key(), false);
    }
    folded_.clear();
    fitting_ = before;
}

void TableView::foldColumns() {
    if (!isVisible()) {
        return;  // its room is not known yet
    }
    const int columns = std::min(header_->count(), static_cast<int>(specs_.size()));
    int needed = 0;
    QHash<int, int> widths;
    QVector<int> candidates;
    for (int visual = 0; visual < header_->count(); ++visual) {
        const int column = header_->logicalIndex(visual);
        if (column >= columns || !isChosen(column)) {
            continue;
        }
        const ColumnSpec& spec = specs_.at(column);
        const int wish = wishOf(spec);
        const int own = folded_.value(column, columnWidth(column));
        widths.insert(column, own);
        needed += widthsByHand_ ? own : scaledPx(this, wish);
        if (spec.fold > 0 && column != sortColumn()) {
            candidates.prepend(column);
        }
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [this](int a, int b) { return specs_.at(a).fold > specs_.at(b).fold; });
    QHash<int, int> folded;
    for (const int column : std::as_const(candidates)) {
        if (needed <= viewport()->width()) {
            break;
        }
        needed -= widthsByHand_ ? widths.value(column) : scaledPx(this, wishOf(specs_.at(column)));
        folded.insert(column, widths.value(column));
    }
    const auto isFolded = [this](int column) { return folded_.contains(column); };
    if (folded.size() == folded_.size() && std::all_of(folded.keyBegin(), folded.keyEnd(), isFolded)) {
        return;
    }
    unfoldColumns();
    fitting_ = true;
    for (auto column = folded.cbegin(); column != folded.cend(); ++column) {
        setColumnHidden(column.key(), true);
    }
    folded_ = folded;
    fitting_ = false;
    Q_EMIT foldedColumnsChanged();
}

}  // namespace quarterdeck::widgets
