#pragma once

#include <QWidget>

#include "widgets/theme.h"

class QAction;
class QHBoxLayout;
class QStackedWidget;

namespace quarterdeck::widgets {

class IconButton;
class IconLabel;
class Pill;
class TabStrip;
class Tag;
class TextLabel;

// What is known of one thing, beside the list it was chosen from: title row, a row of status and tools, tabs, and the
// page of the current tab. All words come from outside and may be of any length and hold anything. Escape anywhere
// inside asks for closing; Ctrl+PageUp and Ctrl+PageDown turn the tabs; Alt+Shift+Left and Right change the width, as
// does dragging the left edge.
class DetailsDrawer : public QWidget {
    Q_OBJECT
public:
    explicit DetailsDrawer(QWidget* parent = nullptr);

    void setTitle(const QString& icon, const QString& title);
    // An empty word hides the status.
    void setStatus(const QString& word, Tone tone);
    // An empty name hides the tag.
    void setContextTag(const QString& name, bool production);

    // Takes the page. Ids are unique; the first tab becomes current.
    void addTab(const QString& id, const QString& title, QWidget* page);
    void setTabVisible(const QString& id, bool visible);
    void setCurrentTab(const QString& id);
    QString currentTab() const;
    // Puts the keyboard's focus on the current tab.
    void focusTabs();

    // Shows the action as an icon button at the right of the second row: its text is the name, its state and menu
    // are followed. With a Lucide name the icon follows the theme, else it is the action's own. The action stays
    // with its owner; the button goes when the action does.
    void addTool(QAction* action, const QString& lucideName = {});

    // What the person chose, within the bounds; where there is less room the drawer is narrower than that.
    int preferredWidth() const;
    void setPreferredWidth(int px);
    // 320 to 960 to begin with. A wish outside comes back when the bounds allow it again.
    void setWidthBounds(int min, int max);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void preferredWidthChanged(int px);
    void closeRequested();
    void currentTabChanged(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void buildHeader();
    void addShortcuts();
    void chooseWidth(int px);
    void showTab(const QString& id);

    double wishedWidth_ = 380;  // at text scale 1
    int minWidth_ = 320;
    int maxWidth_ = 960;
    IconLabel* icon_ = nullptr;
    TextLabel* title_ = nullptr;
    Pill* status_ = nullptr;
    Tag* context_ = nullptr;
    IconButton* close_ = nullptr;
    IconButton* lastTool_ = nullptr;  // in the order of the Tab key; close_ when there is none
    QHBoxLayout* tools_ = nullptr;
    TabStrip* tabs_ = nullptr;
    QStackedWidget* pages_ = nullptr;
    QWidget* handle_ = nullptr;
};

}  // namespace quarterdeck::widgets
