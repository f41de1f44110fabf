#pragma once

#include "widgets/card.h"

namespace quarterdeck::widgets {
class TextLabel;
}

namespace quarterdeck::ui {

/// The line below a table: how many rows are shown, and how many of them are selected.
class TableFoot : public widgets::Surface {
    Q_OBJECT
public:
    /// `prefix`: of the labels' object names.
    TableFoot(const QString& prefix, QWidget* parent);

    void setWords(const QString& words);
    void setSelected(const QString& words);
    [[nodiscard]] QString words() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    widgets::TextLabel* words_ = nullptr;
    widgets::TextLabel* selected_ = nullptr;
};

}  // namespace quarterdeck::ui
