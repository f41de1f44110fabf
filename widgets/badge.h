#pragma once

#include <QString>
#include <QWidget>

#include "widgets/theme.h"

class QPainter;

namespace quarterdeck::widgets {

// How many need attention, and how badly. No text: no badge.
struct BadgeData {
    QString text;
    Tone tone = Tone::None;  // Critical: filled; Warning: outlined; else a plain count
    QString words = {};      // for screen readers and tool tips, "3 need attention"; empty: the text
    friend bool operator==(const BadgeData&, const BadgeData&) = default;
};

// Size a badge takes, 16 px high and at least 20 wide; empty without text.
QSize badgeSize(const QWidget* widget, const BadgeData& badge);
void paintBadge(QPainter& painter, const QRect& rect, const QWidget* widget, const BadgeData& badge);
// The 8 px dot that stands for a badge where there is no room: critical filled, others a ring.
void paintBadgeDot(QPainter& painter, const QPointF& centre, const QWidget* widget, Tone tone);

class Badge : public QWidget {
    Q_OBJECT
public:
    explicit Badge(QWidget* parent = nullptr);

    void setData(const BadgeData& data);
    const BadgeData& data() const { return data_; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    BadgeData data_;
};

}  // namespace quarterdeck::widgets
