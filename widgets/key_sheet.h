#pragma once

#include <QKeySequence>
#include <QString>
#include <QVector>

#include "widgets/overlay.h"

namespace quarterdeck::widgets {

class ScrollPane;
class TextLabel;

struct KeyLine {
    QString text;
    QList<QKeySequence> keys;
};

struct KeyGroup {
    QString title;
    QVector<KeyLine> lines;
};

// All keys at a glance, in groups, over the window. Arrow keys scroll where it is longer than the window.
class KeySheet : public Overlay {
    Q_OBJECT
public:
    explicit KeySheet(QWidget* host);

    void openWith(const QString& title, const QVector<KeyGroup>& groups);

protected:
    QRect panelRect() const override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void fill(const QVector<KeyGroup>& groups);
    int columns() const;
    void refreshBar();

    TextLabel* title_;
    ScrollPane* scroll_;
};

}  // namespace quarterdeck::widgets
