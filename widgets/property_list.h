#pragma once

#include <QHash>
#include <QVector>
#include <memory>
#include <optional>

#include "widgets/scroll_pane.h"
#include "widgets/theme.h"

namespace quarterdeck::widgets {

class NoticePanel;
class PropertyRow;
class PropertySectionPart;

// One line of an overview. All texts are plain, of any length, and may hold anything.
struct Property {
    QString key;
    QString value;
    Tone tone = Tone::None;  // its icon stands before the key
    QString icon;            // Lucide name, instead of the tone's icon
    QString note;            // muted, at the right end, e.g. an age
    QString link;            // an opaque target; the value is shown as a link then
    QString tooltip;         // empty: what does not fit
    QString copyText;        // what Copy takes; empty: the value
    double fraction = -1;    // 0–1: a meter between key and value; negative: none
    double mark = -1;        // 0–1: a mark on that meter; negative: none
    bool mono = false;

    friend bool operator==(const Property&, const Property&) = default;
};

struct PropertyCard {
    QString title;
    QString note;  // at the right of the title
    Tone noteTone = Tone::None;
    QVector<Property> rows;

    friend bool operator==(const PropertyCard&, const PropertyCard&) = default;
};

struct PropertySection {
    QString id;  // unique in one content
    QString title;
    QVector<Property> rows;
    QVector<PropertyCard> cards;  // below the rows
    QString empty;                // said when there are neither rows nor cards
    bool chain = false;           // the rows side by side: icon value › icon value

    friend bool operator==(const PropertySection&, const PropertySection&) = default;
};

// Stands on top: what is wrong, why, and the one remedy.
struct PropertyNotice {
    Tone tone = Tone::Info;
    QString sentence;
    QString reason;
    QString action;  // text of the button; empty: none
    QString actionId;

    friend bool operator==(const PropertyNotice&, const PropertyNotice&) = default;
};

// The overview of one thing. Setting the content again, several times a second, keeps the place, the keyboard's focus
// (it stays with its row when rows come and go around it) and selected words of the notice. Rows with a link or a text
// to copy take the focus; Up and Down move between them, Enter follows the link, Ctrl+C copies; every row offers Copy
// in its menu.
class PropertyView : public ScrollPane {
    Q_OBJECT
public:
    explicit PropertyView(QWidget* parent = nullptr);
    ~PropertyView() override;

    void setContent(const std::optional<PropertyNotice>& notice, const QVector<PropertySection>& sections);

Q_SIGNALS:
    void linkActivated(const QString& target);
    void noticeAction(const QString& actionId);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    // What a row is known by when its place changes.
    struct RowName {
        QString section;
        QString card;
        QString key;
        QString link;
        int number = 0;  // among rows of the same name
        int index = 0;   // among all that take the focus
    };

    void showNotice(const std::optional<PropertyNotice>& notice);
    void showSections(const QVector<PropertySection>& sections);
    QVector<PropertyRow*> focusableRows() const;
    std::optional<RowName> focusedRow() const;
    void refocus(const RowName& name);
    void moveFocus(int step);
    void arrange();
    void orderTabs();

    std::optional<PropertyNotice> notice_;
    QVector<PropertySection> sections_;
    QWidget* canvas_ = nullptr;
    NoticePanel* panel_ = nullptr;
    std::vector<std::unique_ptr<PropertySectionPart>> parts_;
};

}  // namespace quarterdeck::widgets
