#pragma once

#include <QKeySequence>
#include <QList>
#include <QPointer>
#include <QWidget>

namespace quarterdeck::widgets {

// A surface that lies over a whole window with a raised panel on it, like a dialog but without a window of its own:
// palette, key help. While it is open the keys of the window below are silent. It closes by Escape, by a click
// beside the panel and when the focus goes elsewhere in the window.
class Overlay : public QWidget {
    Q_OBJECT
public:
    // Hidden at first. Follows the host's size.
    explicit Overlay(QWidget* host);
    ~Overlay() override;

    void open();
    // Opens it for good, as a sample of itself: it takes no focus and does not close.
    void exhibit();
    // Gives the focus back to where it was.
    void close();
    bool isOpen() const { return open_; }
    // Shortcuts of the window that work while it is open (the one that opened it, to close it again).
    void letThrough(const QList<QKeySequence>& keys) { passing_ = keys; }

Q_SIGNALS:
    void closed();

protected:
    QWidget* panel() const { return panel_; }
    // What gets the focus when it opens.
    void setFirstFocus(QWidget* widget) { firstFocus_ = widget; }
    // Where the panel lies; called at every change of size.
    virtual QRect panelRect() const = 0;
    // Lays the panel out anew.
    void arrange();

    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    // The focus stays inside.
    bool focusNextPrevChild(bool next) override;

private:
    void onFocusChanged(const QWidget* now);
    void leave();

    QWidget* panel_;
    QPointer<QWidget> firstFocus_;
    QPointer<QWidget> before_;
    QList<QKeySequence> passing_;
    bool open_ = false;
    bool exhibited_ = false;
};

}  // namespace quarterdeck::widgets
