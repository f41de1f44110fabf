#pragma once

#include <vector>

#include <QDialog>

#include "ui/palette/saved_views.h"

class QLineEdit;

namespace quarterdeck::widgets {
class Button;
class TextLabel;
}  // namespace quarterdeck::widgets

namespace quarterdeck::ui {

/// Asks under which name a place is to be kept. Accepted with a name that is not blank.
class SaveViewDialog : public QDialog {
    Q_OBJECT
public:
    SaveViewDialog(const Location& place, std::vector<SavedView> views, QWidget* parent = nullptr);

    [[nodiscard]] QString name() const;

private:
    void refresh();

    std::vector<SavedView> views_;
    QLineEdit* name_ = nullptr;
    widgets::TextLabel* remark_ = nullptr;
    widgets::Button* save_ = nullptr;
};

}  // namespace quarterdeck::ui
