#pragma once

#include <QPixmap>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include "widgets/chart_cursor.h"
#include "widgets/chart_painter.h"

namespace quarterdeck::widgets {

// The picture of a chart with its cursor: follows the pointer, is moved by keys, chooses a range by dragging.
// Everything but the cursor is kept as a pixmap.
class ChartPlot : public QWidget {
    Q_OBJECT
public:
    explicit ChartPlot(QWidget* parent = nullptr);
    ~ChartPlot() override;

    // The content must be tidied. Loading: still bars; after two seconds what is awaited.
    void setContent(const ChartContent& content);
    void setZone(const QTimeZone& zone);
    void setGround(Role ground);
    void setSharedCursor(ChartCursor* cursor);
    ChartCursor* sharedCursor() const { return cursor_; }

    // As it is laid out now.
    const ChartPainter& painter();
    // How far a value may lie from the cursor and still be told.
    qint64 slackMs();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    // Dragged over, or chosen by Shift with arrow keys and Enter. from < to.
    void rangeChosen(qint64 from, qint64 to);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    enum class Move { Previous, Next, First, Last };

    void invalidate();
    void layOut();
    void renderPicture();
    void paintSelection(QPainter& painter);
    void paintCursor(QPainter& painter);
    void paintMarkWords(QPainter& painter, double x);
    void paintAwaited(QPainter& painter);
    void moveCursor(Move move, bool selecting);
    bool dropSelection();
    void chooseSelection();
    qint64 snapped(qint64 ms);
    std::optional<qint64> stepFrom(qint64 ms, Move move) const;

    ChartContent content_;
    QTimeZone zone_;
    Role ground_ = Role::Surface;
    ChartPainter painter_;
    QPixmap picture_;
    QTimer awaitTimer_;
    ChartCursor ownCursor_;
    QPointer<ChartCursor> cursor_;
    std::optional<QPoint> pressed_;
    std::optional<qint64> anchor_;  // a range is being chosen, from here …
    qint64 head_ = 0;               // … to here
    bool laidOut_ = false;
    bool hovering_ = false;
    bool awaiting_ = false;
    bool ring_ = false;
};

}  // namespace quarterdeck::widgets
