#pragma once

#include <QAbstractButton>

class QAction;

namespace quarterdeck::ui {

/// The field in the top bar that opens the palette. It takes the width there is, and shows only its lens where that is
/// little.
class SearchBox : public QAbstractButton {
    Q_OBJECT
public:
    /// `open` outlives it; its text and shortcut are shown.
    explicit SearchBox(QAction* open, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }
    /// Whether there is room for no more than the lens.
    [[nodiscard]] bool isNarrow() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QString keys_;
};

}  // namespace quarterdeck::ui
