#include "widgets/chart_plot.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/paint.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kAwaitMs = 2000;
constexpr double kNearPx = 12;
constexpr double kCursorDot = 3;
constexpr float kSelectionAlpha = 0.25F;
constexpr int kMostMarkWords = 3;

}  // namespace

ChartPlot::ChartPlot(QWidget* parent) : QWidget(parent), zone_(QTimeZone::utc()) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    awaitTimer_.setSingleShot(true);
    awaitTimer_.setInterval(kAwaitMs);
    connect(&awaitTimer_, &QTimer::timeout, this, [this] {
        awaiting_ = true;
        update();
    });
    setSharedCursor(nullptr);
}

ChartPlot::~ChartPlot() {
    ownCursor_.disconnect(this);  // it dies after what its end would reset
}

void ChartPlot::setContent(const ChartContent& content) {
    const bool wasLoading = content_.state == ChartState::Loading;
    content_ = content;
    if (content.state != ChartState::Loading) {
        awaitTimer_.stop();
        awaiting_ = false;
    } else if (!wasLoading) {
        awaitTimer_.start();
    }
    invalidate();
}

void ChartPlot::setZone(const QTimeZone& zone) {
    zone_ = zone;
    invalidate();
}

void ChartPlot::setGround(Role ground) {
    ground_ = ground;
    invalidate();
}

void ChartPlot::setSharedCursor(ChartCursor* cursor) {
    if (cursor_ != nullptr) {
        cursor_->disconnect(this);
    }
    hovering_ = false;
    cursor_ = cursor != nullptr ? cursor : &ownCursor_;
    connect(cursor_, &ChartCursor::changed, this, qOverload<>(&QWidget::update));
    connect(cursor_, &QObject::destroyed, this, [this] { setSharedCursor(nullptr); });
    update();
}

const ChartPainter& ChartPlot::painter() {
    layOut();
    return painter_;
}

qint64 ChartPlot::slackMs() {
    return painter().frame().duration(1);
}

QSize ChartPlot::sizeHint() const {
    return {scaledPx(this, 480), scaledPx(this, 190)};
}

QSize ChartPlot::minimumSizeHint() const {
    return {scaledPx(this, 140), scaledPx(this, 80)};
}

void ChartPlot::invalidate() {
    laidOut_ = false;
    picture_ = {};
    update();
}

void ChartPlot::layOut() {
    if (!laidOut_) {
        laidOut_ = true;
        ChartLook look = chartLook(this, zone_, !content_.staleWords.isEmpty());
        look.ground = ground_;
        painter_.prepare(content_, look, size());
    }
}

void ChartPlot::renderPicture() {
    const double ratio = devicePixelRatioF();
    if (!picture_.isNull() && picture_.devicePixelRatio() == ratio) {
        return;
    }
    layOut();
    picture_ = QPixmap((QSizeF(size()) * ratio).toSize());
    picture_.setDevicePixelRatio(ratio);
    picture_.fill(Qt::transparent);
    QPainter painter(&picture_);
    painter.setRenderHint(QPainter::TextAntialiasing);
    if (content_.state == ChartState::Loading) {
        painter_.paintSkeleton(painter);
    } else {
        painter_.paint(painter);
    }
}

void ChartPlot::paintEvent(QPaintEvent*) {
    if (size().isEmpty()) {
        return;
    }
    renderPicture();
    QPainter painter(this);
    painter.drawPixmap(0, 0, picture_);
    if (content_.state == ChartState::Loading) {
        paintAwaited(painter);
    } else {
        paintSelection(painter);
        paintCursor(painter);
    }
    if (ring_ && hasFocus()) {
        paintFocusRing(painter, rect(), kControlRadius, themeOf(this).color(Role::Accent));
    }
}

void ChartPlot::paintAwaited(QPainter& painter) {
    if (!awaiting_ || content_.message.isEmpty()) {
        return;
    }
    const Theme& theme = themeOf(this);
    const QFont font = textFont(this, TextSize::Body);
    const int wide = std::min(width() - 16, QFontMetrics(font).horizontalAdvance(content_.message) + 32);
    QRect patch(0, 0, wide, scaledPx(this, 32));
    patch.moveCenter(painter_.frame().plot().center().toPoint());
    paintRounded(painter, patch, kControlRadius, theme.color(Role::Raised), theme.color(Role::Border));
    paintText(painter, patch.adjusted(8, 0, -8, 0), font, theme.color(Role::TextMuted), content_.message,
              Qt::AlignCenter);
}

void ChartPlot::paintSelection(QPainter& painter) {
    if (!anchor_) {
        return;
    }
    const Theme& theme = themeOf(this);
    const ChartFrame& frame = painter_.frame();
    const double left = frame.x(std::min(*anchor_, head_));
    const double right = frame.x(std::max(*anchor_, head_));
    const QRectF area(left, frame.plot().top(), std::max(1.0, right - left), frame.plot().height());
    QColor fill = theme.color(Role::Accent);
    fill.setAlphaF(kSelectionAlpha);
    painter.fillRect(area, fill);
    painter.setPen(QPen(theme.color(Role::Accent), 1));
    painter.drawLine(QPointF(std::floor(left) + 0.5, area.top()), QPointF(std::floor(left) + 0.5, area.bottom()));
    painter.drawLine(QPointF(std::floor(right) + 0.5, area.top()), QPointF(std::floor(right) + 0.5, area.bottom()));
}

void ChartPlot::paintCursor(QPainter& painter) {
    const ChartFrame& frame = painter_.frame();
    const auto time = cursor_ != nullptr ? cursor_->time() : std::nullopt;
    if (!time || *time < frame.from() || *time > frame.to()) {
        return;
    }
    const Theme& theme = themeOf(this);
    const double x = std::floor(frame.x(*time)) + 0.5;
    painter.setPen(QPen(theme.color(Role::Text), 1));
    painter.drawLine(QPointF(x, frame.plot().top()), QPointF(x, frame.plot().bottom()));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const ChartLook look = chartLook(this, zone_, !content_.staleWords.isEmpty());
    const qsizetype shown = std::min<qsizetype>(content_.series.size(), kChartSeriesMax);
    for (qsizetype i = 0; i < shown; ++i) {
        if (const auto point = pointAt(content_.series[i], *time, slackMs())) {
            painter.setPen(QPen(theme.color(ground_), 1));
            painter.setBrush(seriesColor(look, slotOf(content_.series[i], i)));
            painter.drawEllipse(QPointF(frame.x(point->ms), frame.y(point->value)), kCursorDot, kCursorDot);
        }
    }
    painter.restore();
    paintMarkWords(painter, x);
}

// What happened where the cursor is, also where a flag found no room.
void ChartPlot::paintMarkWords(QPainter& painter, double x) {
    const ChartFrame& frame = painter_.frame();
    QStringList words;
    for (const ChartMark& mark : content_.marks) {
        if (std::abs(frame.x(mark.ms) - x) <= kNearPx && !mark.words.isEmpty() && words.size() < kMostMarkWords) {
            words << QStringLiteral("%1 %2").arg(cursorLabel(mark.ms, frame.to() - frame.from(), zone_, locale()),
                                                 mark.words);
        }
    }
    const Theme& theme = themeOf(this);
    const QFont font = textFont(this, TextSize::Caption);
    const QFontMetrics metrics(font);
    const int line = metrics.height() + 4;
    int y = static_cast<int>(frame.plot().top()) + 4;
    for (const QString& text : words) {
        const int wide = std::min(metrics.horizontalAdvance(text) + 12, width() - 8);
        int left = static_cast<int>(x) + 8;
        if (left + wide > width()) {
            left = std::max(4, static_cast<int>(x) - 8 - wide);
        }
        const QRect patch(left, y, wide, line);
        paintRounded(painter, patch, kTagRadius, theme.color(Role::Raised), theme.color(Role::BorderStrong));
        paintText(painter, patch.adjusted(6, 0, -6, 0), font, theme.color(Role::Text), text, Qt::AlignCenter);
        y += line + 2;
    }
}

void ChartPlot::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    invalidate();
}

void ChartPlot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::LocaleChange) {
        invalidate();
    }
}

}  // namespace quarterdeck::widgets
