#pragma once

#include <QAbstractButton>
#include <QVector>
#include <QWidget>

#include "widgets/badge.h"

namespace quarterdeck::widgets {

class RailButton;

struct RailItem {
    QString id;
    QString title;
    QString icon;         // Lucide name; a child without one is indented
    QString parentId;     // empty: top level. A parent that has children only leads to its first child
    bool atFoot = false;  // Settings
};

// The main navigation: 184 px wide, 48 collapsed (icons only; a badge becomes a dot). One tab stop; arrow keys, Home
// and End move, Enter or Space opens. The Collapse entry at the foot is its own.
class NavigationRail : public QWidget {
    Q_OBJECT
public:
    explicit NavigationRail(QWidget* parent = nullptr);

    // Children stand right after their parent.
    void setItems(const QVector<RailItem>& items);
    // A parent's badge stands for those of its children: it is shown while they are not.
    void setBadge(const QString& id, const BadgeData& badge);

    void setCurrent(const QString& id);  // no signal
    QString current() const { return currentId_; }

    bool isCollapsed() const { return collapsed_; }

    // The button of an item, for tests and tours; its object name is "rail." + id. Null for an unknown id.
    QAbstractButton* button(const QString& id) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public Q_SLOTS:
    void setCollapsed(bool collapsed);

Q_SIGNALS:
    // The person chose an item.
    void activated(const QString& id);
    void collapsedChanged(bool collapsed);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void arrange();
    void refresh();
    void choose(int index);
    void showBadge(int index);
    int indexOf(const QString& id) const;
    QVector<int> childrenOf(const QString& id) const;

    QVector<RailItem> items_;
    QVector<RailButton*> buttons_;  // one per item
    QVector<BadgeData> badges_;     // one per item
    RailButton* collapse_ = nullptr;
    QString currentId_;
    int footTop_ = 0;
    bool collapsed_ = false;
};

}  // namespace quarterdeck::widgets
