#include "widgets/column_chooser.h"

#include <QKeyEvent>
#include <QListWidget>
#include <QPainter>
#include <QScreen>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/paint.h"
#include "widgets/style.h"
#include "widgets/table_view.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kColumnRole = Qt::UserRole;
constexpr int kMaxRows = 16;

}  // namespace

ColumnChooser::ColumnChooser(TableView& table, QWidget* parent) : QFrame(parent, Qt::Popup), table_(table) {
    setObjectName(QStringLiteral("columns"));
    setAccessibleName(tr("Columns"));
    setAttribute(Qt::WA_TranslucentBackground, false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(makeSectionLabel(tr("Columns"), this));
    list_ = new QListWidget(this);
    list_->setObjectName(QStringLiteral("columns.list"));
    list_->setAccessibleName(tr("Columns to show"));
    list_->setAccessibleDescription(tr("Space shows or hides, Alt+Up and Alt+Down move"));
    list_->setDragDropMode(QAbstractItemView::InternalMove);
    list_->setDefaultDropAction(Qt::MoveAction);
    list_->setFrameShape(QFrame::NoFrame);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->installEventFilter(this);
    layout->addWidget(list_);
    auto* hint = new TextLabel(tr("Drag or Alt+↑ ↓ to move"), TextSize::Caption, Role::TextMuted, QFont::Normal, this);
    layout->addWidget(hint);
    reset_ = makeButton(tr("Reset"), QStringLiteral("undo-2"), ButtonKind::Secondary, this);
    reset_->setObjectName(QStringLiteral("columns.reset"));
    reset_->setAccessibleName(tr("Reset the columns"));
    layout->addWidget(reset_);
    connect(reset_, &QAbstractButton::clicked, this, [this] {
        Q_EMIT resetRequested();
        fill();
        list_->setFocus(Qt::OtherFocusReason);
    });
    connect(list_, &QListWidget::itemChanged, this, [this] { apply(); });
    // A drop moves an item by inserting a copy and removing the first: told when both are done.
    connect(
        list_->model(), &QAbstractItemModel::rowsRemoved, this, [this] { apply(); }, Qt::QueuedConnection);
    connect(
        list_->model(), &QAbstractItemModel::rowsMoved, this, [this] { apply(); }, Qt::QueuedConnection);
}

void ColumnChooser::fill() {
    filling_ = true;
    const int current = list_->currentRow();
    list_->clear();
    for (const ColumnPlace& place : table_.columnPlaces()) {
        const QString title = table_.model()->headerData(place.column, Qt::Horizontal).toString();
        auto* item = new QListWidgetItem(title, list_);
        item->setData(kColumnRole, place.column);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable | Qt::ItemIsDragEnabled);
        item->setCheckState(place.hidden ? Qt::Unchecked : Qt::Checked);
        item->setSizeHint({0, scaledPx(this, 26)});
    }
    list_->setCurrentRow(std::clamp(current, 0, std::max(0, list_->count() - 1)));
    filling_ = false;
}

void ColumnChooser::apply() {
    if (filling_ || list_->count() != table_.columnPlaces().size()) {
        return;  // in the midst of a drop
    }
    const QVector<ColumnPlace> before = table_.columnPlaces();
    QVector<ColumnPlace> places;
    bool any = false;
    for (int i = 0; i < list_->count(); ++i) {
        const int column = list_->item(i)->data(kColumnRole).toInt();
        const auto old = std::find_if(before.begin(), before.end(),
                                      [&](const ColumnPlace& place) { return place.column == column; });
        const bool hidden = list_->item(i)->checkState() != Qt::Checked;
        places.append({column, hidden, old->width});
        any = any || !hidden;
    }
    if (!any) {
        fill();  // one column stays
        return;
    }
    table_.setColumnPlaces(places);
    Q_EMIT table_.columnsChanged();
}

void ColumnChooser::move(int direction) {
    const int from = list_->currentRow();
    const int to = from + direction;
    if (from < 0 || to < 0 || to >= list_->count()) {
        return;
    }
    filling_ = true;
    QListWidgetItem* item = list_->takeItem(from);
    list_->insertItem(to, item);
    list_->setCurrentRow(to);
    filling_ = false;
    apply();
}

bool ColumnChooser::eventFilter(QObject* watched, QEvent* event) {
    if (watched == list_ && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool alt = key->modifiers().testFlag(Qt::AltModifier);
        if (alt && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down)) {
            move(key->key() == Qt::Key_Up ? -1 : 1);
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void ColumnChooser::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeOf(this).color(Role::Raised));
    paintRounded(painter, rect(), 0, {}, themeOf(this).color(Role::BorderStrong));
}

void ColumnChooser::refill() {
    fill();
    list_->setFixedHeight(std::min(list_->count(), kMaxRows) * scaledPx(this, 26) + 2);
    setFixedWidth(scaledPx(this, 220));
}

void ColumnChooser::openAt(const QPoint& globalTopRight) {
    refill();
    adjustSize();
    QPoint place = globalTopRight - QPoint(width(), 0);
    if (const QScreen* screen = table_.screen()) {
        const QRect room = screen->availableGeometry();
        place.setX(std::clamp(place.x(), room.left(), std::max(room.left(), room.right() - width())));
        place.setY(std::clamp(place.y(), room.top(), std::max(room.top(), room.bottom() - height())));
    }
    QFrame::move(place);
    show();
    list_->setFocus(Qt::PopupFocusReason);
}

}  // namespace quarterdeck::widgets
