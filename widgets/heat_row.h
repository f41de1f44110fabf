#pragma once

#include <QVector>
#include <QWidget>

#include "widgets/theme.h"

namespace quarterdeck::widgets {

struct HeatCell {
    QString id;       // given back when the cell is chosen
    QString toolTip;  // name and state in words
    Tone tone = Tone::None;
    friend bool operator==(const HeatCell&, const HeatCell&) = default;
};

// A label and a run of small cells, one per member, that wraps to as many lines as it needs. Faults come first and
// bear a sign, so that colour is not all. One tab stop: arrow keys move between cells, Enter chooses.
class HeatRow : public QWidget {
    Q_OBJECT
public:
    explicit HeatRow(const QString& label, QWidget* parent = nullptr);

    void setLabel(const QString& label);
    void setLabelWidth(int px);
    // Cells of 10 × 12 at a pitch of 12, for cards, instead of 19 × 18 at 22.
    void setSmall(bool small);
    // The cells are shown in this order.
    void setCells(const QVector<HeatCell>& cells);
    const QVector<HeatCell>& cells() const { return cells_; }
    // What a screen reader says, e.g. "Services: 21 healthy, 2 critical".
    void setSummary(const QString& summary);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

Q_SIGNALS:
    void cellActivated(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    void tellCurrent();
    int perLine(int width) const;
    QRect cellRect(int index) const;
    int cellAt(const QPoint& position) const;

    QString label_;
    QVector<HeatCell> cells_;
    int labelWidth_ = 76;
    int current_ = 0;
    bool keyboard_ = false;
    bool small_ = false;
};

}  // namespace quarterdeck::widgets
