#pragma once

#include <QPointer>
#include <QVector>
#include <QWidget>
#include <functional>

#include "widgets/filter_line_popup.h"

class QAction;
class QLineEdit;

namespace quarterdeck::widgets {

class FilterChip;

// A term of a filter's text, as its grammar reads it.
struct FilterTerm {
    qsizetype start = 0;
    qsizetype length = 0;
    bool chip = false;  // stands by itself; plain words and what is not finished stay text
    QString error;      // what is wrong with it
};

// One line to narrow a list: funnel, chips for terms, an edit for what is typed, clear button. Its value is one text;
// chips are a way to show it. A term becomes a chip when a space, Enter or leaving the line ends it. `textEdited` comes
// with every change that a person makes, without a delay. Where chips need more room, the line takes more rows.
class FilterLine : public QWidget {
    Q_OBJECT
public:
    // Terms of a text from left to right. Without a grammar everything stays text.
    using Grammar = std::function<QVector<FilterTerm>(const QString& text)>;
    // Ways to go on with a term; best first. Called with every key: answer from what is at hand.
    using Completer = std::function<QVector<FilterCompletion>(const QString& term)>;

    explicit FilterLine(QWidget* parent = nullptr);
    ~FilterLine() override;

    void setGrammar(Grammar grammar);
    void setCompleter(Completer completer) { completer_ = std::move(completer); }
    // Asks the completer again, if the list is wanted: it knows more now.
    void refreshCompletions();

    // The whole text, chips and all; what setText was given, letter by letter, until a person edits it.
    QString text() const { return whole_; }
    void setText(const QString& text);
    void clear() { setText({}); }
    // What is typed next takes the place of everything.
    void selectAll();
    void setPlaceholderText(const QString& text);

    // What is wrong with the text, in words; empty: nothing. Shown as an outline, an icon, a tooltip and the
    // accessible description.
    void setError(const QString& message);
    QString error() const { return error_; }

    QLineEdit* edit() const { return edit_; }
    QVector<FilterChip*> chips() const { return chips_; }
    CompletionPopup* popup() const { return popup_; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void textEdited(const QString& text);
    // Down or Enter: the list takes over.
    void leaveDown();
    // Escape in an empty line.
    void leaveUp();
    void errorChanged(const QString& message);
    // The person begins to type: a good moment to find out what could be offered.
    void completionsWanted();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    bool editKey(QKeyEvent* event);
    bool popupKey(const QKeyEvent& event);
    void onTyped();
    void clearByPerson();
    void unselect();
    // Makes chips of finished terms that end before `end` in the edit.
    void absorb(qsizetype end);
    void addChip(const QString& term, const QString& error);
    void dropChips();
    void removeChip(FilterChip* chip);
    // Back into the edit, before what stands there.
    void editChip(FilterChip* chip);
    void stepFrom(const FilterChip* chip, int direction);
    // The text follows from chips and edit.
    void recompose(bool tell);
    QString termAtCursor() const;
    void complete(const FilterCompletion& completion);
    void relayout();
    void refresh();

    QLineEdit* edit_ = nullptr;
    QAction* clear_ = nullptr;
    QAction* problem_ = nullptr;
    QPointer<CompletionPopup> popup_;
    QVector<FilterChip*> chips_;
    Grammar grammar_;
    Completer completer_;
    QString whole_;
    QString error_;
    QString placeholder_;
    bool allSelected_ = false;
    bool completionsShown_ = false;
};

}  // namespace quarterdeck::widgets
