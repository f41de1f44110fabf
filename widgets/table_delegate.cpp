#include "widgets/table_delegate.h"

#include <QHeaderView>
#include <QPainter>

#include "widgets/icon_set.h"
#include "widgets/paint.h"
#include "widgets/shown_text.h"
#include "widgets/sparkline.h"
#include "widgets/style.h"
#include "widgets/table_view.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kPadding = 8;
constexpr int kIconPx = 16;
constexpr int kIconGap = 6;
constexpr int kCellLength = 300;  // a name of 253 characters and its ending
constexpr int kSparkWidth = 40;
constexpr int kSparkHeight = 20;
constexpr int kBarWidth = 56;
constexpr int kPictureGap = 6;

struct Cell {
    QString text;
    QString icon;
    Tone tone = Tone::None;
    bool muted = false;
    bool emphasis = false;
    Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter;
};

Cell read(const QModelIndex& index) {
    Cell cell;
    cell.text = shownText(index.data(Qt::DisplayRole).toString(), Lines::One, kCellLength);
    const QVariant tone = index.data(ToneRole);
    cell.tone = tone.value<Tone>();
    cell.muted = index.data(MutedRole).toBool();
    cell.emphasis = index.data(EmphasisRole).toBool();
    cell.icon = index.data(IconRole).toString();
    if (cell.icon.isEmpty() && tone.isValid()) {
        cell.icon = toneIconName(cell.tone);
    }
    if (!cell.icon.isEmpty() && index.data(NoIconRole).toBool()) {
        cell.icon.clear();
    }
    const QVariant alignment = index.data(Qt::TextAlignmentRole);
    if (alignment.isValid()) {
        cell.alignment = static_cast<Qt::Alignment>(alignment.toInt()) & Qt::AlignHorizontal_Mask;
        cell.alignment |= Qt::AlignVCenter;
    }
    return cell;
}

bool isFault(Tone tone) {
    return tone == Tone::Warning || tone == Tone::Critical;
}

Role textRole(const Cell& cell, bool stale) {
    if (stale || cell.muted || cell.tone == Tone::Good || cell.tone == Tone::Muted) {
        return Role::TextMuted;
    }
    return cell.emphasis && isFault(cell.tone) ? toneTextRole(cell.tone) : Role::Text;
}

// Paints the cell's picture at the left and gives back how wide it was; without a painter it only measures.
int paintPicture(QPainter* painter, const QRect& inner, const QModelIndex& index, const QWidget* view, bool muted) {
    const auto paint = [&](const auto& value, int width, int height) {
        if (painter != nullptr) {
            const int top = inner.top() + (inner.height() - height) / 2;
            paintCached(*painter, QRect(inner.left(), top, std::min(width, inner.width()), height), value,
                        themeOf(view), muted);
        }
        return width + kPictureGap;
    };
    if (const QVariant line = index.data(SparklineRole); line.isValid()) {
        return paint(line.value<Sparkline>(), scaledPx(view, kSparkWidth), scaledPx(view, kSparkHeight));
    }
    if (const QVariant bar = index.data(BarRole); bar.isValid()) {
        return paint(bar.value<Bar>(), scaledPx(view, kBarWidth), scaledPx(view, kSparkHeight));
    }
    return 0;
}

}  // namespace

TableDelegate::TableDelegate(TableView& view) : QStyledItemDelegate(&view), view_(view) {
    refresh();
}

void TableDelegate::refresh() {
    body_ = textFont(&view_, TextSize::Body);
    bold_ = textFont(&view_, TextSize::Body, QFont::DemiBold);
    secondary_ = textFont(&view_, TextSize::Secondary);
    secondaryBold_ = textFont(&view_, TextSize::Secondary, QFont::DemiBold);
}

void TableDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const int iconPx = scaledPx(&view_, kIconPx);
    const Theme& theme = themeOf(&view_);
    const QRect& rect = option.rect;
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->fillRect(rect, theme.color(Role::Selection));
    } else if (index.row() == view_.hoveredRow()) {
        painter->fillRect(rect, theme.color(Role::Hover));
    }
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color(Role::Border));

    const Cell cell = read(index);
    QRect inner = rect.adjusted(kPadding, 0, -kPadding, -1);
    if (!cell.icon.isEmpty()) {
        const Role plain =
            cell.tone == Tone::None || cell.tone == Tone::Muted ? Role::TextMuted : toneTextRole(cell.tone);
        const QRect iconRect(inner.left(), inner.top(), iconPx, inner.height());
        paintIcon(*painter, iconRect, cell.icon, theme.color(view_.isStale() ? Role::Unknown : plain), iconPx);
        inner.setLeft(inner.left() + iconPx + kIconGap);
    }
    inner.setLeft(inner.left() + paintPicture(painter, inner, index, &view_, view_.isStale()));
    const bool small = !cell.icon.isEmpty() || cell.muted;
    const QFont& font = cell.emphasis ? (small ? secondaryBold_ : bold_) : (small ? secondary_ : body_);
    const auto& specs = view_.columnSpecs();
    const bool middle = index.column() < specs.size() && specs.at(index.column()).elide == ColumnSpec::Elide::Middle;
    paintText(*painter, inner, font, theme.color(textRole(cell, view_.isStale())), cell.text, cell.alignment,
              middle ? Qt::ElideMiddle : Qt::ElideRight);
}

QSize TableDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    const Cell cell = read(index);
    int width = kPadding * 2 + QFontMetrics(cell.emphasis ? bold_ : body_).horizontalAdvance(cell.text);
    if (!cell.icon.isEmpty()) {
        width += scaledPx(&view_, kIconPx) + kIconGap;
    }
    width += paintPicture(nullptr, {}, index, &view_, false);
    return {width, view_.verticalHeader()->defaultSectionSize()};
}

}  // namespace quarterdeck::widgets
