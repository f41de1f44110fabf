#include "ui/pages/fleet/capacity_row.h"

#include <algorithm>

#include <QLocale>
#include <QPainter>

#include "widgets/paint.h"
#include "widgets/style.h"

namespace quarterdeck::ui {

using widgets::Role;
using widgets::scaledPx;
using widgets::TextSize;

namespace {

constexpr int kHeight = 22;
constexpr int kLabelWidth = 84;
constexpr int kTextWidth = 128;
constexpr int kBarHeight = 6;
constexpr int kMarkHeight = 12;
constexpr double kNearlyFull = 0.9;

}  // namespace

CapacityRow::CapacityRow(const QString& label, QWidget* parent) : QWidget(parent), label_(label) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(label);
}

void CapacityRow::setRequested(std::optional<double> share, const QString& whole, const QString& toolTip) {
    share_ = share;
    whole_ = whole;
    setToolTip(toolTip);
    setAccessibleName(label_ + QStringLiteral(": ") + text());
    update();
}

void CapacityRow::setMuted(bool muted) {
    muted_ = muted;
    update();
}

QString CapacityRow::text() const {
    return share_ ? tr("%1 % of %2").arg(QLocale().toString(qRound(*share_ * 100)), whole_) : QString();
}

QSize CapacityRow::sizeHint() const {
    return {scaledPx(this, kLabelWidth + kTextWidth + 96), scaledPx(this, kHeight)};
}

QSize CapacityRow::minimumSizeHint() const {
    return {scaledPx(this, kLabelWidth + kTextWidth + 40), scaledPx(this, kHeight)};
}

void CapacityRow::paintEvent(QPaintEvent*) {
    const widgets::Theme& theme = widgets::themeOf(this);
    QPainter painter(this);
    const QFont font = widgets::textFont(this, TextSize::Secondary);
    const int label = scaledPx(this, kLabelWidth);
    const int words = scaledPx(this, kTextWidth);
    widgets::paintText(painter, QRect(0, 0, label - 4, height()), font, theme.color(Role::TextMuted), label_);
    const QRectF track(label, (height() - kBarHeight) / 2.0, std::max(0, width() - label - words - 10), kBarHeight);
    const double radius = kBarHeight / 2.0;
    widgets::paintRounded(painter, track, radius, theme.color(Role::ChartGrid));
    if (!share_) {
        widgets::paintText(painter, QRect(width() - words, 0, words, height()), font, theme.color(Role::TextMuted),
                           whole_);
        return;
    }
    const bool full = *share_ >= kNearlyFull;
    QRectF bar = track;
    bar.setWidth(track.width() * std::clamp(*share_, 0.0, 1.0));
    const Role fill = muted_ ? Role::Unknown : full ? Role::Warning : Role::Series1;
    if (bar.width() >= 1) {
        widgets::paintRounded(painter, bar, std::min(radius, bar.width() / 2), theme.color(fill));
    }
    painter.fillRect(QRectF(qRound(bar.right()) - 1, (height() - kMarkHeight) / 2.0, 2, kMarkHeight),
                     theme.color(muted_ ? Role::Unknown : Role::Text));
    QFont strong = font;
    strong.setWeight(QFont::DemiBold);
    QRect place(width() - words, 0, words, height());
    const QString percent = tr("%1 %").arg(QLocale().toString(qRound(*share_ * 100)));
    widgets::paintText(painter, place, strong,
                       theme.color(muted_ ? Role::TextMuted
                                   : full ? Role::Warning
                                          : Role::Text),
                       percent);
    place.setLeft(place.left() + QFontMetrics(strong).horizontalAdvance(percent) + 4);
    widgets::paintText(painter, place, font, theme.color(Role::TextMuted), tr("of %1").arg(whole_));
}

}  // namespace quarterdeck::ui
