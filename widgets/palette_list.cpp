#include "widgets/palette_list.h"

#include <QPainter>
#include <QTextLayout>
#include <QtMath>

#include "widgets/icon_set.h"
#include "widgets/key_cap.h"
#include "widgets/paint.h"
#include "widgets/shown_text.h"
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

// One line of text, shaped once for its width and for the drawing: shaping is what a row costs.
class ShapedLine {
public:
    ShapedLine(const QString& text, const QFont& font, const QVector<QTextLayout::FormatRange>& formats = {})
        : layout_(text, font) {
        QTextOption option;
        option.setWrapMode(QTextOption::NoWrap);
        option.setTextDirection(Qt::LeftToRight);
        layout_.setTextOption(option);
        layout_.setFormats(formats);
        layout_.setCacheEnabled(true);  // else drawing shapes once more
        layout_.beginLayout();
        line_ = layout_.createLine();
        layout_.endLayout();
    }
    QString text() const { return layout_.text(); }
    QFont font() const { return layout_.font(); }
    int width() const { return line_.isValid() ? qCeil(line_.naturalTextWidth()) : 0; }
    void draw(QPainter& painter, const QRect& rect, const QColor& color) const {
        painter.setPen(color);
        layout_.draw(&painter, QPointF(rect.left(), rect.center().y() + 1 - line_.height() / 2));
    }

private:
    QTextLayout layout_;
    QTextLine line_;
};

QVector<QTextLayout::FormatRange> formatsOf(const QVector<int>& marks, const QColor& color) {
    QVector<QTextLayout::FormatRange> formats;
    for (const int mark : marks) {
        if (!formats.isEmpty() && formats.last().start + formats.last().length == mark) {
            ++formats.last().length;
            continue;
        }
        QTextLayout::FormatRange range;
        range.start = mark;
        range.length = 1;
        range.format.setFontWeight(QFont::Bold);
        range.format.setForeground(color);
        formats.append(range);
    }
    return formats;
}

// Shortens in the middle; marks go with their letters, those of the gap are dropped.
Elided elide(const QString& text, const QVector<int>& marks, const QFontMetrics& metrics, int width) {
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

namespace {

// Texts that hide, reorder or break nothing around them. Marks do not fit what was escaped.
PaletteItem shown(PaletteItem item) {
    const QString title = shownText(item.title, kShownLength);
    if (title != item.title) {
        item.title = title;
        item.marks.clear();
    }
    item.detail = shownText(item.detail, kShownLength);
    item.disabledReason = shownText(item.disabledReason, kShownLength);
    return item;
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
            caption.item.title = shownText(section.title, kShownLength);
            rows_.append(caption);
        }
        for (const PaletteItem& item : section.items) {
            rows_.append({false, shown(item)});
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
        const QString all = parts.join(QStringLiteral(", "));
        return role == Qt::ToolTipRole ? shownToolTip(all) : all;
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
    const int iconPx = scaledPx(view_, kIconPx);
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
        paintIcon(*painter, QRect(inner.left(), inner.top(), iconPx, inner.height()), icon,
                  theme.color(toned ? toneTextRole(item->tone) : Role::TextMuted), iconPx);
    }
    inner.setLeft(inner.left() + iconPx + kIconGap);
    if (!item->keys.isEmpty()) {
        const QSize cap = keyCapSize(view_, item->keys);
        const QRect place(inner.right() - cap.width() + 1, inner.center().y() - cap.height() / 2, cap.width(),
                          cap.height());
        paintKeyCap(*painter, place, view_, item->keys);
        inner.setRight(place.left() - kGap);
    }
    const ShapedLine detail(item->disabledReason.isEmpty() ? item->detail : item->disabledReason,
                            textFont(view_, TextSize::Secondary));
    const QFont font = textFont(view_, TextSize::Body);
    const QColor markColor = theme.color(Role::Accent);
    const ShapedLine title(item->title, font, formatsOf(item->marks, markColor));
    const int room = std::min(detail.width(), std::max(inner.width() - title.width() - kGap, inner.width() * 2 / 5));
    if (room > 0) {
        const QRect place(inner.right() - room + 1, inner.top(), room, inner.height());
        if (detail.width() <= room) {
            detail.draw(*painter, place, theme.color(Role::TextMuted));
        } else {
            paintText(*painter, place, detail.font(), theme.color(Role::TextMuted), detail.text());
        }
        inner.setRight(place.left() - kGap);
    }
    const QColor color = theme.color(item->disabledReason.isEmpty() ? Role::Text : Role::TextMuted);
    if (title.width() <= inner.width()) {
        title.draw(*painter, inner, color);
        return;
    }
    QFont widest = font;
    widest.setWeight(item->marks.isEmpty() ? QFont::Normal : QFont::Bold);
    const Elided shorter = elide(item->title, item->marks, QFontMetrics(widest), inner.width());
    ShapedLine(shorter.text, font, formatsOf(shorter.marks, markColor)).draw(*painter, inner, color);
}

}  // namespace quarterdeck::widgets
