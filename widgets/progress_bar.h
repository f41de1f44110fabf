#pragma once

#include <QProgressBar>
#include <optional>

namespace quarterdeck::widgets {

// A thin bar, 6 px high. Unknown progress is a still, hatched track: nothing moves that tells nothing.
class ProgressBar : public QProgressBar {
    Q_OBJECT
public:
    explicit ProgressBar(QWidget* parent = nullptr);

    // 0 to 1; nothing: unknown.
    void setShare(std::optional<double> share);
    std::optional<double> share() const { return share_; }
    // "62 %"; empty where unknown.
    QString shareText() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::optional<double> share_;
};

}  // namespace quarterdeck::widgets
