#pragma once

#include <QWidget>

#include "widgets/property_list.h"

class QHBoxLayout;

namespace quarterdeck::widgets {

class Button;
class Card;
class IconLabel;
class TextLabel;

// What is wrong and its remedy, made for the width of a drawer: the button stands below the words.
class NoticePanel : public QWidget {
    Q_OBJECT
public:
    explicit NoticePanel(QWidget* parent);

    void setNotice(const PropertyNotice& notice);

Q_SIGNALS:
    void actionTriggered();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Tone tone_ = Tone::Info;
    IconLabel* icon_ = nullptr;
    TextLabel* sentence_ = nullptr;
    TextLabel* reason_ = nullptr;
    Button* action_ = nullptr;
};

// The widgets of one section, placed by hand on the canvas. Rows that stay are changed, not made anew.
class PropertySectionPart {
public:
    // Each new row is given to `adopt`.
    using Adopt = std::function<void(PropertyRow*)>;
    PropertySectionPart(QWidget* canvas, Adopt adopt);
    ~PropertySectionPart();
    PropertySectionPart(const PropertySectionPart&) = delete;
    PropertySectionPart& operator=(const PropertySectionPart&) = delete;

    void setData(const PropertySection& data);
    const QString& id() const { return data_.id; }

    // Places everything from y on; returns where it ends.
    int arrange(int x, int y, int width);

    struct Place {
        PropertyRow* row;
        QString card;
    };
    // From top to bottom, heads of cards included.
    QVector<Place> rows() const;

private:
    struct CardPart {
        Card* frame = nullptr;
        PropertyRow* head = nullptr;
        QVector<PropertyRow*> rows;
    };

    void setRows(QVector<PropertyRow*>& rows, const QVector<Property>& data, QWidget* parent);
    int arrangeRows(const QVector<PropertyRow*>& rows, int x, int y, int width);
    int arrangeChain(int x, int y, int width);
    int arrangeCard(const CardPart& card, int x, int y, int width);

    QWidget* canvas_;
    Adopt adopt_;
    PropertySection data_;
    TextLabel* title_;
    TextLabel* empty_;
    QVector<PropertyRow*> rows_;
    QVector<CardPart> cards_;
};

}  // namespace quarterdeck::widgets
