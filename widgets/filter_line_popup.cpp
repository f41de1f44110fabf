#include "widgets/filter_line_popup.h"

#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <algorithm>

#include "widgets/paint.h"
#include "widgets/shown_text.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kRow = 24;
constexpr int kMaxRows = 8;
constexpr int kPadding = 8;
constexpr int kGap = 16;
constexpr int kMinWidth = 240;
constexpr int kMaxWidth = 560;
constexpr int kDetailRole = Qt::UserRole;

class CompletionDelegate : public QStyledItemDelegate {
public:
    explicit CompletionDelegate(QWidget* list) : QStyledItemDelegate(list), list_(list) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Theme& theme = themeOf(list_);
        const bool on = option.state.testFlag(QStyle::State_Selected);
        if (on) {
            painter->fillRect(option.rect, theme.color(Role::Selection));
            painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), theme.color(Role::Accent));
        } else if (option.state.testFlag(QStyle::State_MouseOver)) {
            painter->fillRect(option.rect, theme.color(Role::Hover));
        }
        const QFont font = textFont(list_, TextSize::Secondary);
        QRect rect = option.rect.adjusted(kPadding, 0, -kPadding, 0);
        const QString text = index.data().toString();
        paintText(*painter, rect, font, theme.color(Role::Text), text, Qt::AlignLeft | Qt::AlignVCenter,
                  Qt::ElideMiddle);
        rect.setLeft(rect.left() + QFontMetrics(font).horizontalAdvance(text) + kGap);
        paintText(*painter, rect, font, theme.color(Role::TextMuted), index.data(kDetailRole).toString(),
                  Qt::AlignRight | Qt::AlignVCenter);
    }
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {kMinWidth, scaledPx(list_, kRow)};
    }

private:
    QWidget* list_;
};

}  // namespace

CompletionPopup::CompletionPopup(QWidget* parent) : QListWidget(parent) {
    hide();
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Completions"));
    setFrameShape(QFrame::Box);
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setItemDelegate(new CompletionDelegate(this));
    setMouseTracking(true);
    connect(this, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) {
        const FilterCompletion completion = completions_.at(row(item));
        Q_EMIT chosen(completion);
    });
}

void CompletionPopup::fill(const QVector<FilterCompletion>& completions) {
    if (completions != completions_ || count() != completions.size()) {
        completions_ = completions;
        clear();
        for (const FilterCompletion& completion : completions_) {
            auto* item = new QListWidgetItem(shownText(completion.text), this);
            item->setData(kDetailRole, shownText(completion.detail));
            item->setData(Qt::AccessibleDescriptionRole, completion.detail);
        }
    }
    setCurrentItem(nullptr);
    scrollToTop();
}

int CompletionPopup::rowsHeight() const {
    return std::min(count(), kMaxRows) * scaledPx(this, kRow) + 2 * frameWidth();
}

void CompletionPopup::exhibit(const QVector<FilterCompletion>& completions) {
    fill(completions);
    setFixedHeight(rowsHeight());
    show();
}

void CompletionPopup::offer(const QVector<FilterCompletion>& completions, const QWidget* anchor, int x) {
    if (completions.isEmpty()) {
        hide();
        return;
    }
    fill(completions);
    QWidget* window = anchor->window();
    if (parentWidget() != window) {
        setParent(window);
    }
    const QFontMetrics metrics(textFont(this, TextSize::Secondary));
    int wide = scaledPx(this, kMinWidth);
    for (int i = 0; i < count(); ++i) {
        wide = std::max(wide, metrics.horizontalAdvance(item(i)->text()) +
                                  metrics.horizontalAdvance(item(i)->data(kDetailRole).toString()) + 2 * kPadding +
                                  kGap + verticalScrollBar()->sizeHint().width());
    }
    const int width = std::min({wide, scaledPx(this, kMaxWidth), window->width() - 8});
    const int height = rowsHeight();
    const QPoint below = anchor->mapTo(window, QPoint(x, anchor->height() + 4));
    const bool fits = below.y() + height <= window->height();
    const int top = fits ? below.y() : std::max(0, anchor->mapTo(window, QPoint(0, -4)).y() - height);
    setGeometry(std::clamp(below.x(), 0, std::max(0, window->width() - width - 4)), top, width, height);
    show();
    raise();
}

const FilterCompletion* CompletionPopup::highlighted() const {
    return isVisible() && currentRow() >= 0 ? &completions_.at(currentRow()) : nullptr;
}

void CompletionPopup::step(int direction) {
    const int next = std::min(currentRow() + direction, count() - 1);
    if (next < 0) {
        setCurrentItem(nullptr);
    } else {
        setCurrentRow(next);
    }
}

void CompletionPopup::changeEvent(QEvent* event) {
    QListWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        hide();
    }
}

}  // namespace quarterdeck::widgets
