#pragma once

#include <QVector>
#include <QWidget>

namespace quarterdeck::widgets {

class IconButton;
class TabButton;

// Words side by side, one of them current (a 2 px accent line below it). The Tab key comes to the current one; Left,
// Right (or Up, Down), Home and End move from there. What has no room is in the menu of a button at the right end.
class TabStrip : public QWidget {
    Q_OBJECT
public:
    explicit TabStrip(QWidget* parent = nullptr);
    ~TabStrip() override;

    // Ids are unique. The first tab becomes current.
    void addTab(const QString& id, const QString& title);
    void setTabTitle(const QString& id, const QString& title);
    // When the current tab is hidden, its nearest neighbour becomes current.
    void setTabVisible(const QString& id, bool visible);
    // An unknown or hidden one changes nothing.
    void setCurrent(const QString& id);
    QString current() const;
    // The ids of those that are not hidden, also if they are in the menu only.
    QStringList shownIds() const;
    // The next one (+1) or the one before (-1), round and round.
    void cycle(int step);
    void focusCurrent();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void currentChanged(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Tab {
        QString id;
        TabButton* button = nullptr;
        bool shown = true;
    };

    int indexOf(const QString& id) const;
    int nextShown(int from, int step, bool round) const;
    void setCurrentIndex(int index, bool takeFocus);
    void arrange();
    void openMenu();

    QVector<Tab> tabs_;
    int current_ = -1;
    IconButton* more_ = nullptr;
};

}  // namespace quarterdeck::widgets
