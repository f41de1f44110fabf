#pragma once

#include <QAbstractButton>

#include "widgets/badge.h"

namespace quarterdeck::widgets {

// One entry of the navigation rail.
class RailButton : public QAbstractButton {
    Q_OBJECT
public:
    RailButton(const QString& title, const QString& lucideName, QWidget* parent);

    void setTitle(const QString& title);
    void setIconName(const QString& lucideName);
    void setBadge(const BadgeData& badge);
    const BadgeData& badge() const { return badge_; }
    void setChild(bool child);
    // Current: bar and fill. Leading: holds the current child and is only written stronger.
    void setCurrent(bool current, bool leading);
    void setCollapsed(bool collapsed);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    void describe();

    QString iconName_;
    BadgeData badge_;
    bool child_ = false;
    bool current_ = false;
    bool leading_ = false;
    bool collapsed_ = false;
    bool keyboard_ = false;
};

}  // namespace quarterdeck::widgets
