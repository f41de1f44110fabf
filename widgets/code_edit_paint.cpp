#include <QLocale>
#include <QPainter>
#include <QTextBlock>
#include <QTextLayout>

#include "widgets/code_colors.h"
#include "widgets/code_edit.h"
#include "widgets/code_layout.h"
#include "widgets/icon_set.h"
#include "widgets/paint.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kSign = 16;
constexpr int kGutterPadding = 8;

}  // namespace

template <typename What>
void CodeEdit::forSeen(What&& what) const {
    const QPointF offset = contentOffset();
    double y = offset.y();
    for (QTextBlock block = firstVisibleBlock(); block.isValid() && y < viewport()->height(); block = block.next()) {
        if (!block.isVisible()) {
            continue;
        }
        const QRectF rect = blockBoundingRect(block).translated(offset.x(), y);
        what(block, rect);
        y = rect.top() + rect.height();
    }
}

// Formats of the blocks that come into view; the rest of a large text is never looked at.
void CodeEdit::colourSeen() {
    const Theme& theme = themeOf(this);
    QVector<QTextBlock> old;
    forSeen([&](const QTextBlock& block, const QRectF&) {
        if (block.userState() != look_) {
            old.append(block);
        }
    });
    for (QTextBlock block : old) {
        QVector<QTextLayout::FormatRange> formats;
        const auto add = [&](qsizetype start, qsizetype length, Role role) {
            QTextLayout::FormatRange range;
            range.start = static_cast<int>(start);
            range.length = static_cast<int>(length);
            range.format.setForeground(theme.color(role));
            formats.append(range);
        };
        const int line = block.blockNumber();
        for (const CodeSpan& span : yamlSpans(code_.shown(line), folds_.isBlockText(line))) {
            add(span.start, span.length, span.role);
        }
        for (const CodeText::Mark& mark : code_.marks(line)) {
            add(mark.shownStart, mark.shownLength, Role::Warning);
        }
        block.setUserState(look_);
        if (formats != block.layout()->formats()) {
            block.layout()->setFormats(formats);
            document()->markContentsDirty(block.position(), block.length());
        }
    }
}

void CodeEdit::paintEvent(QPaintEvent* event) {
    colourSeen();
    {
        QPainter painter(viewport());
        paintMarks(painter);
    }
    QPlainTextEdit::paintEvent(event);
    QPainter painter(viewport());
    paintFoldNotes(painter);
}

// The line of the cursor, the selection at the full height of its lines, and what was found; the text comes above.
void CodeEdit::paintMarks(QPainter& painter) {
    const Theme& theme = themeOf(this);
    const QTextCursor cursor = textCursor();
    auto match = std::lower_bound(matches_.cbegin(), matches_.cend(), firstVisibleBlock().blockNumber(),
                                  [](const CodeText::Match& each, int line) { return each.line < line; });
    forSeen([&](const QTextBlock& block, const QRectF& rect) {
        const int line = block.blockNumber();
        if (hasFocus() && line == cursor.blockNumber()) {
            painter.fillRect(QRectF(0, rect.top(), viewport()->width(), rect.height()), theme.color(Role::Hover));
            painter.fillRect(QRectF(0, rect.top(), 2, rect.height()), theme.color(Role::Accent));
        }
        const int from = std::max(0, cursor.selectionStart() - block.position());
        const int to = std::min(block.length() - 1, cursor.selectionEnd() - block.position());
        if (cursor.hasSelection() && to > from) {
            paintRange(painter, block, from, to - from, theme.color(Role::Selection), {});
        }
        for (; match != matches_.cend() && match->line <= line; ++match) {
            const bool current = match - matches_.cbegin() == currentMatch_;
            if (match->line == line) {
                paintRange(painter, block, match->column, match->length,
                           theme.color(current ? Role::Selection : Role::WarningTint),
                           theme.color(current ? Role::Accent : Role::BorderStrong));
            }
        }
    });
}

void CodeEdit::paintRange(QPainter& painter, const QTextBlock& block, int from, int length, const QColor& fill,
                          const QColor& outline) {
    const QTextLayout* layout = block.layout();
    const QPointF place = blockBoundingGeometry(block).translated(contentOffset()).topLeft();
    const double height = static_cast<CodeLayout*>(document()->documentLayout())->lineHeight();
    for (int i = 0; i < layout->lineCount(); ++i) {
        const QTextLine line = layout->lineAt(i);
        const int start = std::max(from, line.textStart());
        const int end = std::min(from + length, line.textStart() + line.textLength());
        if (end <= start) {
            continue;
        }
        const double left = line.cursorToX(start);
        const double right = line.cursorToX(end);
        const QRectF rect(place.x() + std::min(left, right), place.y() + i * height, std::abs(right - left), height);
        paintRounded(painter, outline.isValid() ? rect.adjusted(0, 1, 0, -1) : rect,
                     outline.isValid() ? kCellRadius : 0, fill, outline);
    }
}

// Behind the head of what is folded: how many lines are hidden.
void CodeEdit::paintFoldNotes(QPainter& painter) {
    const Theme& theme = themeOf(this);
    const QFont small = textFont(this, TextSize::Caption);
    const int height = static_cast<CodeLayout*>(document()->documentLayout())->lineHeight();
    forSeen([&](const QTextBlock& block, const QRectF& rect) {
        const int line = block.blockNumber();
        if (!isFolded(line) || block.layout()->lineCount() == 0) {
            return;
        }
        const int hidden = folds_.end(line) - line;
        const QString words = hidden == 1 ? tr("… 1 line") : tr("… %1 lines").arg(QLocale().toString(hidden));
        const QTextLine last = block.layout()->lineAt(block.layout()->lineCount() - 1);
        const int width = QFontMetrics(small).horizontalAdvance(words) + 12;
        const QRect place(qRound(rect.left() + last.x() + last.naturalTextWidth()) + 8,
                          qRound(rect.top()) + (block.layout()->lineCount() - 1) * height + 1, width, height - 2);
        paintRounded(painter, place, kTagRadius, theme.color(Role::Sunken), theme.color(Role::BorderStrong));
        paintText(painter, place, small, theme.color(Role::TextMuted), words, Qt::AlignCenter);
    });
}

int CodeEdit::gutterWidth() const {
    int digits = 3;
    for (int count = code_.lineCount(); count >= 1000; count /= 10) {
        ++digits;
    }
    const int number = QFontMetrics(monoFont(this, TextSize::Caption)).horizontalAdvance(QLatin1Char('0')) * digits;
    return kGutterPadding + number + 4 + scaledPx(this, kSign);
}

void CodeEdit::paintGutter(QPainter& painter, const QRect& clip) {
    const Theme& theme = themeOf(this);
    painter.fillRect(clip, theme.color(Role::Sunken));
    const QFont font = monoFont(this, TextSize::Caption);
    const int sign = scaledPx(this, kSign);
    const int height = static_cast<CodeLayout*>(document()->documentLayout())->lineHeight();
    const int width = gutterWidth();
    forSeen([&](const QTextBlock& block, const QRectF& rect) {
        const int line = block.blockNumber();
        const int top = qRound(rect.top());
        const bool current = hasFocus() && line == textCursor().blockNumber();
        paintText(painter, QRect(0, top, width - sign - 4, height), font,
                  theme.color(current ? Role::Text : Role::TextMuted), QString::number(line + 1),
                  Qt::AlignRight | Qt::AlignVCenter);
        if (canFold(line)) {
            paintIcon(painter, QRect(width - sign, top, sign, height),
                      isFolded(line) ? QStringLiteral("chevron-right") : QStringLiteral("chevron-down"),
                      theme.color(isFolded(line) ? Role::Text : Role::TextMuted), 12);
        }
    });
}

bool CodeEdit::isFoldSign(const QPoint& position) const {
    bool over = false;
    forSeen([&](const QTextBlock& block, const QRectF& rect) {
        over = over || (position.y() >= rect.top() && position.y() < rect.bottom() && canFold(block.blockNumber()));
    });
    return over && position.x() >= gutterWidth() - scaledPx(this, kSign) - 4;
}

void CodeEdit::clickGutter(const QPoint& position) {
    if (!isFoldSign(position)) {
        return;
    }
    int line = -1;
    forSeen([&](const QTextBlock& block, const QRectF& rect) {
        if (position.y() >= rect.top() && position.y() < rect.bottom()) {
            line = block.blockNumber();
        }
    });
    setFolded(line, !isFolded(line));
}

}  // namespace quarterdeck::widgets
