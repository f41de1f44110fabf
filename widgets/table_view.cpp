#include "widgets/table_view.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QFocusEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QHelpEvent>
#include <QHoverEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>

#include "widgets/paint.h"
#include "widgets/shown_text.h"
#include "widgets/style.h"
#include "widgets/table_delegate.h"
#include "widgets/table_header_view.h"
#include "widgets/table_roles.h"

namespace quarterdeck::widgets {

TableView::TableView(QWidget* parent)
    : QTableView(parent), delegate_(new TableDelegate(*this)), header_(new TableHeaderView(this)) {
    setItemDelegate(delegate_);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setAutoScroll(false);
    viewport()->setAttribute(Qt::WA_Hover);
    setUpHeaders();
    applyMeasures();
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &TableView::refreshHover);
    connect(this, &QAbstractItemView::doubleClicked, this,
            [this](const QModelIndex& index) { Q_EMIT rowActivated(uidOf(index.row())); });
}

TableView::~TableView() = default;

void TableView::setUpHeaders() {
    QHeaderView* vertical = verticalHeader();
    vertical->hide();
    vertical->setSectionResizeMode(QHeaderView::Fixed);
    vertical->setMinimumSectionSize(16);
    setHorizontalHeader(header_);
    header_->setFocusProxy(nullptr);       // it has keys of its own
    header_->setSortIndicatorShown(true);  // taken away by setHorizontalHeader
    QWidget::setTabOrder(header_, this);
    connectHeader();
}

void TableView::applyMeasures() {
    delegate_->refresh();
    const int row = scaledPx(this, density_ == RowDensity::Compact ? 28 : 36);
    verticalHeader()->setDefaultSectionSize(row);
    verticalScrollBar()->setSingleStep(row);
    horizontalHeader()->setFixedHeight(scaledPx(this, 28));
    fitColumns();
}

void TableView::setModel(QAbstractItemModel* newModel) {
    if (model() != nullptr) {
        disconnect(model(), nullptr, this, nullptr);
    }
    hoveredRow_ = -1;
    fitting_ = true;
    QTableView::setModel(newModel);
    fitting_ = false;
    fitColumns();
    if (newModel == nullptr) {
        return;
    }
    // A reset forgets rows, not what was selected: it is found again by uid.
    connect(newModel, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        keptUids_ = selectedUids();
        keptCurrent_ = currentUid();
        fitting_ = true;
    });
    connect(newModel, &QAbstractItemModel::modelReset, this, [this] {
        fitting_ = false;
        fitColumns();
        restoreSelection();
        refreshHover();
    });
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved}) {
        connect(newModel, signal, this, &TableView::refreshHover, Qt::QueuedConnection);
    }
    connect(newModel, &QAbstractItemModel::layoutChanged, this, &TableView::refreshHover, Qt::QueuedConnection);
}

void TableView::setSortIndicator(int column, Qt::SortOrder order) {
    horizontalHeader()->setSortIndicator(column, order);
}

int TableView::sortColumn() const {
    return horizontalHeader()->sortIndicatorSection();
}

Qt::SortOrder TableView::sortOrder() const {
    return horizontalHeader()->sortIndicatorOrder();
}

void TableView::requestSort(int visualColumn) {
    const int column = horizontalHeader()->logicalIndex(visualColumn);
    if (column < 0) {
        return;
    }
    const bool again = column == sortColumn() && sortOrder() == Qt::AscendingOrder;
    setSortIndicator(column, again ? Qt::DescendingOrder : Qt::AscendingOrder);
    Q_EMIT sortRequested(column, sortOrder());
}

void TableView::sortByShown(int number) {
    for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
        if (!isColumnHidden(horizontalHeader()->logicalIndex(visual)) && number-- == 0) {
            requestSort(visual);
            return;
        }
    }
}

void TableView::setDensity(RowDensity density) {
    density_ = density;
    applyMeasures();
}

void TableView::setStale(bool stale) {
    if (stale != stale_) {
        stale_ = stale;
        viewport()->update();
    }
}

QString TableView::uidOf(int row) const {
    return model() != nullptr && row >= 0 ? model()->index(row, 0, rootIndex()).data(UidRole).toString() : QString();
}

void TableView::updateRow(int row) {
    if (row >= 0) {
        viewport()->update(0, rowViewportPosition(row), viewport()->width(), rowHeight(row));
    }
}

void TableView::setHoveredRow(int row) {
    if (row == hoveredRow_) {
        return;
    }
    const int before = std::exchange(hoveredRow_, row);
    updateRow(before);
    updateRow(row);
    Q_EMIT hoveredUidChanged(uidOf(row));
}

void TableView::refreshHover() {
    if (!viewport()->underMouse()) {
        setHoveredRow(-1);
        return;
    }
    setHoveredRow(rowAt(viewport()->mapFromGlobal(QCursor::pos()).y()));
}

void TableView::paintEvent(QPaintEvent* event) {
    QTableView::paintEvent(event);
    if (model() == nullptr || selectionModel() == nullptr) {
        return;
    }
    // What belongs to a whole row and must not scroll sideways: the bar of selected rows and the focus ring.
    QPainter painter(viewport());
    const Theme& theme = themeOf(this);
    const int first = rowAt(event->rect().top());
    int last = rowAt(event->rect().bottom());
    if (last < 0) {
        last = model()->rowCount(rootIndex()) - 1;
    }
    for (int row = std::max(0, first); first >= 0 && row <= last; ++row) {
        if (selectionModel()->isSelected(model()->index(row, 0, rootIndex()))) {
            painter.fillRect(0, rowViewportPosition(row), 3, rowHeight(row) - 1, theme.color(Role::Accent));
        }
    }
    const QModelIndex current = currentIndex();
    if (keyboard_ && hasFocus() && current.isValid() && current.row() >= first && current.row() <= last) {
        const int width = std::min(viewport()->width(), horizontalHeader()->length());
        const QRect row(0, rowViewportPosition(current.row()), width, rowHeight(current.row()) - 1);
        paintFocusRing(painter, row, kTagRadius, theme.color(Role::Accent));
    }
}

void TableView::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    fitColumns();
}

void TableView::showEvent(QShowEvent* event) {
    QTableView::showEvent(event);
    fitColumns();
}

void TableView::changeEvent(QEvent* event) {
    QTableView::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        applyMeasures();
    }
}

bool TableView::viewportEvent(QEvent* event) {
    switch (event->type()) {
        case QEvent::HoverEnter:
        case QEvent::HoverMove:
            setHoveredRow(rowAt(static_cast<QHoverEvent*>(event)->position().toPoint().y()));
            break;
        case QEvent::HoverLeave:
        case QEvent::Leave:
            setHoveredRow(-1);
            break;
        case QEvent::ToolTip:
            return showToolTip(*static_cast<QHelpEvent*>(event));
        default:
            break;
    }
    return QTableView::viewportEvent(event);
}

bool TableView::showToolTip(const QHelpEvent& event) {
    const QModelIndex index = indexAt(event.pos());
    QString text = index.data(Qt::ToolTipRole).toString();
    // A cell that is cut off tells the rest.
    if (text.isEmpty() && index.isValid() && sizeHintForIndex(index).width() > columnWidth(index.column())) {
        text = index.data(Qt::DisplayRole).toString();
    }
    if (text.isEmpty()) {
        QToolTip::hideText();
    } else {
        QToolTip::showText(event.globalPos(), shownToolTip(text), viewport(), visualRect(index));
    }
    return true;
}

}  // namespace quarterdeck::widgets
