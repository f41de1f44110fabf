#pragma once

#include <QPainter>
#include <QWidget>

#include "widgets/theme.h"

namespace quarterdeck::widgets {

// How full something is. Lengths are shares of the whole, 0–1; what lies outside is drawn at the end.
struct MeterData {
    double fraction = 0;
    double mark = -1;        // a 2 px line across the track, e.g. the request; negative: none
    Tone tone = Tone::None;  // None: the first colour of charts

    friend bool operator==(const MeterData&, const MeterData&) = default;
};

// A track 6 px high, in the middle of the rectangle and as wide as it is.
void paintMeter(QPainter& painter, const QRect& rect, const MeterData& data, const Theme& theme);

// The same by itself. Say in its accessible name what is measured and how much it is.
class Meter : public QWidget {
    Q_OBJECT
public:
    explicit Meter(QWidget* parent = nullptr);

    void setData(const MeterData& data);
    const MeterData& data() const { return data_; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    MeterData data_;
};

}  // namespace quarterdeck::widgets
