#pragma once

#include <QLabel>
#include <QWidget>

#include "widgets/style.h"
#include "widgets/theme.h"

namespace quarterdeck::widgets {

// Plain text in a size, weight and role of the theme. Never reads its text as HTML; control and direction characters
// are shown as escapes (line breaks only where the text does not wrap), and words too long for a line may break.
class TextLabel : public QLabel {
    Q_OBJECT
public:
    explicit TextLabel(const QString& text = {}, TextSize size = TextSize::Body, Role role = Role::Text,
                       QFont::Weight weight = QFont::Normal, QWidget* parent = nullptr);

    void setText(const QString& text);
    // As it was given; text() is what is shown.
    QString givenText() const { return given_; }
    void setWordWrap(bool on);
    // Where it wraps: lets words wider than this break. By itself the label does so for the width it has.
    void breakWordsFor(int width);
    void setRole(Role role);
    void setTextStyle(TextSize size, QFont::Weight weight);
    // Shortens the text to the room there is (one line); the whole text becomes the tooltip. ElideNone: not at all.
    void setElideMode(Qt::TextElideMode mode);
    Qt::TextElideMode elideMode() const { return elide_; }

    QSize minimumSizeHint() const override;
    // With long words broken as they will be at that width.
    int heightForWidth(int width) const override;

protected:
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void showGiven();
    QString shownGiven() const;
    QString brokenFor(int width) const;

    QString given_;
    TextSize size_;
    Role role_;
    QFont::Weight weight_;
    Qt::TextElideMode elide_ = Qt::ElideNone;
};

// Heading of a section: 12 px, 600, muted.
TextLabel* makeSectionLabel(const QString& text, QWidget* parent = nullptr);

// An icon by itself. Give it an accessible name where it says something that no text beside it says.
class IconLabel : public QWidget {
    Q_OBJECT
public:
    IconLabel(const QString& lucideName, Role role, int px, QWidget* parent = nullptr);

    void setIcon(const QString& lucideName, Role role);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QString name_;
    Role role_;
    int px_;
};

// One line of a card or drawer: icon (may be empty), muted key, value, and the tone's icon at the right end.
class KeyValueRow : public QWidget {
    Q_OBJECT
public:
    explicit KeyValueRow(const QString& key, const QString& value = {}, QWidget* parent = nullptr);

    void setKey(const QString& key);
    void setValue(const QString& value);
    void setIconName(const QString& lucideName);
    void setTone(Tone tone);
    // Muted values, for what is old.
    void setMuted(bool muted);
    void setKeyWidth(int px);
    // Draws a hairline above the row.
    void setLineAbove(bool line);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void changed();

    QString key_;
    QString value_;
    QString iconName_;
    Tone tone_ = Tone::None;
    int keyWidth_ = 88;
    bool muted_ = false;
    bool line_ = false;
};

}  // namespace quarterdeck::widgets
