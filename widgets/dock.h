#pragma once

#include <QVector>
#include <QWidget>

#include "widgets/badge.h"

class QHBoxLayout;
class QStackedWidget;

namespace quarterdeck::widgets {

class DockHandle;
class DockTab;
class IconButton;

// A strip of tabs at the bottom of a window, 32 px high, that opens upwards to show one pane: 228 px at first, dragged
// by its upper edge (or moved by the arrow keys on it) from 120 px to 60 % of the room it shares with the page. A tab
// opens its pane; the open pane's own tab closes the dock, as Escape inside the pane does.
class Dock : public QWidget {
    Q_OBJECT
public:
    explicit Dock(QWidget* parent = nullptr);

    // The dock takes the pane. Its tab's object name is "dock.tab." + id.
    void addPane(const QString& id, const QString& title, const QString& lucideName, QWidget* pane);
    void setBadge(const QString& id, const BadgeData& badge);
    void setCurrent(const QString& id);
    QString current() const;
    // At the right end of the strip, before the arrow; stretch as in a layout.
    void addToStrip(QWidget* widget, int stretch = 0);

    bool isOpen() const { return open_; }
    void setOpen(bool open);
    // Wished for; what there is room for may be less.
    int openHeight() const { return openHeight_; }
    void setOpenHeight(int px);
    // Height that dock and page have together.
    void setRoom(int px);

Q_SIGNALS:
    void openChanged(bool open);
    // By the person's hand.
    void openHeightChanged(int px);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    friend class DockHandle;
    void choose(int index);
    void dragTo(int height);
    int stripHeight() const;
    int fitting(int px) const;
    void refresh();

    struct Pane {
        QString id;
        DockTab* tab = nullptr;
    };
    QVector<Pane> panes_;
    QWidget* strip_ = nullptr;
    QHBoxLayout* stripLayout_ = nullptr;
    QHBoxLayout* tabs_ = nullptr;
    QStackedWidget* stack_ = nullptr;
    IconButton* toggle_ = nullptr;
    DockHandle* handle_ = nullptr;
    int openHeight_ = 228;
    int room_ = 0;
    bool open_ = false;
};

}  // namespace quarterdeck::widgets
