#pragma once

#include <QWidget>

#include "widgets/property_list.h"

namespace quarterdeck::widgets {

enum class RowStyle {
    Line,  // icon, key, meter, value, note
    Link,  // one of a chain: icon and value, and a chevron if another one follows
    Head,  // of a card: key in bold, note in the colour of the tone
};

// One property, painted. Its height follows from its width: long values take up to three lines.
class PropertyRow : public QWidget {
    Q_OBJECT
public:
    PropertyRow(RowStyle style, QWidget* parent);

    void setData(const Property& data);
    const Property& data() const { return data_; }

    // What rows of one section share, in px: whether there is room for icons, and how wide the keys are.
    void setColumns(bool icons, int keyWidth);
    // Link style: whether another one follows.
    void setFollowed(bool followed);

    bool hasIcon() const { return !iconName().isEmpty(); }
    bool isFocusable() const { return focusPolicy() != Qt::NoFocus; }
    int keyTextWidth() const;
    int lineHeight() const;
    // Measures for this width and keeps what was measured.
    int heightForWidth(int width) const override;
    bool hasHeightForWidth() const override { return true; }
    QSize sizeHint() const override;

    void copy() const;
    void follow();

Q_SIGNALS:
    void linkActivated(const QString& target);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    // Where the parts are, for one width.
    struct Places {
        int width = -1;
        int height = 0;
        int firstLine = 0;  // height of the value's first line
        QRect icon;
        QRect key;
        QRect meter;
        QRect value;
        QRect note;
        QStringList lines;  // of the value, shortened
        bool whole = true;  // nothing was shortened
    };

    QString iconName() const;
    QFont valueFont() const;
    const Places& placesFor(int width) const;
    void placeMeter(Places& places, QRect rest) const;
    void placeWords(Places& places, const QRect& rest) const;
    void forget();
    void name();
    void paintValue(QPainter& painter, const Places& places, const Theme& theme) const;

    RowStyle style_;
    Property data_;
    QString key_;    // as shown
    QString value_;  // as shown
    QString note_;   // as shown
    bool icons_ = false;
    bool followed_ = false;
    bool byKeys_ = false;
    bool hovered_ = false;  // the link
    int keyWidth_ = 0;
    mutable Places places_;
};

}  // namespace quarterdeck::widgets
