#pragma once

#include <QVector>
#include <QWidget>

#include "widgets/theme.h"

namespace quarterdeck::ui {

/// What is wrong, a line each: icon, words, age. What does not fit is counted in a last line. One tab stop: arrow keys
/// move between lines, Enter or a click chooses.
class ProblemList : public QWidget {
    Q_OBJECT
public:
    struct Line {
        widgets::Tone tone = widgets::Tone::Warning;
        QString text;
        QString age;
        QString toolTip;
        friend bool operator==(const Line&, const Line&) = default;
    };
    static constexpr int kMaxLines = 5;

    explicit ProblemList(QWidget* parent = nullptr);

    /// `calm` stands there when there are no lines; empty: nothing.
    void setLines(const QVector<Line>& lines, const QString& calm);
    const QVector<Line>& lines() const { return lines_; }
    /// Lines that it needs, with the one that counts the rest; at least 1.
    [[nodiscard]] int neededRows() const;
    /// Keeps room for so many, so that lists side by side are of one height.
    void setRows(int rows);
    /// "3 more"; empty where all are shown.
    [[nodiscard]] QString moreText() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void chosen(int line);
    void moreChosen();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] int choices() const;
    [[nodiscard]] int shown() const;
    [[nodiscard]] QRect rowRect(int row) const;
    [[nodiscard]] int rowAt(const QPoint& position) const;
    void choose(int row);
    void tellCurrent();

    QVector<Line> lines_;
    QString calm_;
    int rows_ = 1;
    int current_ = 0;
    int hovered_ = -1;
    bool keyboard_ = false;
};

}  // namespace quarterdeck::ui
