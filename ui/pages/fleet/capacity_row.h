#pragma once

#include <optional>

#include <QWidget>

namespace quarterdeck::ui {

/// "Memory ▬▬▬▬▬|▬▬ 71 % of 20 Gi": how much of what there is has been asked for, as a bar with a mark at its end.
class CapacityRow : public QWidget {
    Q_OBJECT
public:
    explicit CapacityRow(const QString& label, QWidget* parent = nullptr);

    /// `share` may be more than 1; `whole` names what there is, in words. No share: not known, `whole` says why.
    void setRequested(std::optional<double> share, const QString& whole, const QString& toolTip);
    /// Old values are grey.
    void setMuted(bool muted);
    [[nodiscard]] QString text() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString label_;
    std::optional<double> share_;
    QString whole_;
    bool muted_ = false;
};

}  // namespace quarterdeck::ui
