#include "widgets/palette_list.h"

#include <QPainter>
#include <QTextLayout>

#include "widgets/icon_set.h"
#include "widgets/key_cap.h"
#include "widgets/paint.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kRowHeight = 30;
constexpr int kCaptionHeight = 26;
constexpr int kPadding = 12;
constexpr int kIconPx = 16;
constexpr int kIconGap = 8;
constexpr int kGap = 12;
constexpr int kBarWidth = 3;

struct Elided {
    QString text;
    QVector<int> marks;
};

// Shortens in the middle; marks go with their letters, those of the gap are dropped.
Elided elide(const QString& text, const QVector<int>& marks, const QFontMetrics& metrics, int width) {
    if (metrics.horizontalAdvance(text) <= width) {
        return {text, marks};
    }
    Elided elided{metrics.elidedText(text, Qt::ElideMiddle, width), {}};
    const auto same = std::mismatch(elided.text.begin(), elided.text.end(), text.begin(), text.end());
    const auto head = same.first - elided.text.begin();
    const auto tail = elided.text.size() - head - 1;
    for (const int mark : marks) {
        if (mark < head) {
            elided.marks.append(mark);
        } else if (mark >= text.size() - tail) {
            elided.marks.append(static_cast<int>(mark - text.size() + elided.text.size()));
        }
    }
    return elided;
}

}  // namespace

void PaletteModel::setSections(const QVector<PaletteSection>& sections) {
    beginResetModel();
    rows_.clear();
    for (const PaletteSection& section : sections) {
        if (section.items.isEmpty()) {
            continue;
        }
        if (!section.title.isEmpty()) {
            Row caption;
            caption.caption = true;
            caption.item.title = section.title;
            rows_.append(caption);
        }
        for (const PaletteItem& item : section.items) {
            rows_.append({false, item});
        }
    }
    endResetModel();
}

const PaletteItem* PaletteModel::itemAt(int row) const {
    return row < 0 || row >= rows_.size() || rows_.at(row).caption ? nullptr : &rows_.at(row).item;
}

int PaletteModel::rowOf(const QString& id) const {
    for (int row = 0; row < rows_.size(); ++row) {
        if (!rows_.at(row).caption && rows_.at(row).item.id == id) {
            return row;
        }
    }
    return -1;
}

int PaletteModel::itemCount() const {
    return static_cast<int>(std::count_if(rows_.begin(), rows_.end(), [](const Row& row) { return !row.caption; }));
}

bool PaletteModel::canBeChosen(int row) const {
    const PaletteItem* item = itemAt(row);
    return item != nullptr && item->disabledReason.isEmpty();
}

int PaletteModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const {
    const Row& row = rows_.at(index.row());
    if (role == Qt::DisplayRole) {
        return row.item.title;
    }
    if (role == Qt::AccessibleTextRole || (role == Qt::ToolTipRole && !row.caption)) {
        QStringList parts{row.item.title};
        for (const QString& part : {row.item.detail, row.item.keys, row.item.disabledReason}) {
            if (!part.isEmpty()) {
                parts += part;
            }
        }
        return parts.join(QStringLiteral(", "));
    }
    return {};
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex& index) const {
    // Disabled items too: only so can the keys reach them and their reason be read.
    return itemAt(index.row()) == nullptr ? Qt::NoItemFlags : Qt::ItemIsSelectable | Qt::ItemIsEnabled;
}

PaletteDelegate::PaletteDelegate(const PaletteModel& model, QWidget* view)
    : QStyledItemDelegate(view), model_(model), view_(view) {}

int PaletteDelegate::heightOf(int row) const {
    return scaledPx(view_, model_.itemAt(row) == nullptr ? kCaptionHeight : kRowHeight);
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    return {0, heightOf(index.row())};
}

void PaletteDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Theme& theme = themeOf(view_);
    QRect inner = option.rect.adjusted(kPadding, 0, -kPadding, 0);
    const PaletteItem* item = model_.itemAt(index.row());
    if (item == nullptr) {
        inner.setTop(inner.top() + scaledPx(view_, 6));
        paintText(*painter, inner, textFont(view_, TextSize::Caption, QFont::DemiBold), theme.color(Role::TextMuted),
                  index.data().toString());
        return;
    }
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->fillRect(option.rect, theme.color(Role::Selection));
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), kBarWidth, option.rect.height()),
                          theme.color(Role::Accent));
    } else if (option.state.testFlag(QStyle::State_MouseOver)) {
        painter->fillRect(option.rect, theme.color(Role::Hover));
    }
    const QString icon = item->icon.isEmpty() ? toneIconName(item->tone) : item->icon;
    const bool toned = item->tone != Tone::None && item->tone != Tone::Muted;
    if (!icon.isEmpty()) {
        paintIcon(*painter, QRect(inner.left(), inner.top(), kIconPx, inner.height()), icon,
                  theme.color(toned ? toneTextRole(item->tone) : Role::TextMuted), kIconPx);
    }
    inner.setLeft(inner.left() + kIconPx + kIconGap);
    if (!item->keys.isEmpty()) {
        const QSize cap = keyCapSize(view_, item->keys);
        const QRect place(inner.right() - cap.width() + 1, inner.center().y() - cap.height() / 2, cap.width(),
                          cap.height());
        paintKeyCap(*painter, place, view_, item->keys);
        inner.setRight(place.left() - kGap);
    }
    const QString detail = item->disabledReason.isEmpty() ? item->detail : item->disabledReason;
    const QFont small = textFont(view_, TextSize::Secondary);
    const QFontMetrics metrics(small);
    const QFontMetrics titleMetrics(textFont(view_, TextSize::Body, QFont::DemiBold));
    const int wish = metrics.horizontalAdvance(detail);
    const int spare = inner.width() - titleMetrics.horizontalAdvance(item->title) - kGap;
    const int room = std::min(wish, std::max(spare, inner.width() * 2 / 5));
    if (room > 0) {
        const QRect place(inner.right() - room + 1, inner.top(), room, inner.height());
        paintText(*painter, place, small, theme.color(Role::TextMuted), detail, Qt::AlignRight | Qt::AlignVCenter);
        inner.setRight(place.left() - kGap);
    }
    paintTitle(*painter, inner, *item);
}

void PaletteDelegate::paintTitle(QPainter& painter, const QRect& rect, const PaletteItem& item) const {
    const Theme& theme = themeOf(view_);
    const QFont font = textFont(view_, TextSize::Body);
    const QFont strong = textFont(view_, TextSize::Body, QFont::Bold);
    const Elided title =
        elide(item.title, item.marks, QFontMetrics(item.marks.isEmpty() ? font : strong), rect.width());
    QVector<QTextLayout::FormatRange> formats;
    for (const int mark : title.marks) {
        if (!formats.isEmpty() && formats.last().start + formats.last().length == mark) {
            ++formats.last().length;
            continue;
        }
        QTextLayout::FormatRange range;
        range.start = mark;
        range.length = 1;
        range.format.setFontWeight(QFont::Bold);
        range.format.setForeground(theme.color(Role::Accent));
        formats.append(range);
    }
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    option.setTextDirection(Qt::LeftToRight);
    QTextLayout layout(title.text, font);
    layout.setTextOption(option);
    layout.setFormats(formats);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(rect.width());
    layout.endLayout();
    painter.setPen(theme.color(item.disabledReason.isEmpty() ? Role::Text : Role::TextMuted));
    painter.save();
    painter.setClipRect(rect, Qt::IntersectClip);
    layout.draw(&painter, QPointF(rect.left(), rect.center().y() + 1 - line.height() / 2));
    painter.restore();
}

}  // namespace quarterdeck::widgets
