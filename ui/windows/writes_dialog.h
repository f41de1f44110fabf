#pragma once

#include <QDialog>

namespace quarterdeck::ui {

/// Asks before writes to a production context are allowed. Accepted: yes. Cancel is the default.
class WritesDialog : public QDialog {
    Q_OBJECT
public:
    explicit WritesDialog(const QString& context, QWidget* parent = nullptr);

protected:
    void showEvent(QShowEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace quarterdeck::ui
