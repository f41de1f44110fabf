#pragma once

#include <QPlainTextEdit>
#include <QSet>
#include <QTimer>
#include <optional>

#include "widgets/code_text.h"

namespace quarterdeck::widgets {

// The text part of a CodeView: lines of one height with numbers and fold signs at the left, colours for what is seen,
// marks for what was found. Copies have the true text. Left folds the line of the cursor, Right unfolds it.
class CodeEdit : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit CodeEdit(QWidget* parent);
    ~CodeEdit() override;

    // Changes only the lines that differ: place, cursor, selection and folds stay with theirs.
    void setCode(const QString& text);
    const CodeText& code() const { return code_; }

    bool isFolded(int line) const { return folded_.contains(line); }
    bool canFold(int line) const { return folds_.isHead(line); }
    void setFolded(int line, bool folded);
    // Folds what is deeper than so many levels, unfolds the rest; 0: unfolds all.
    void foldToLevel(int level);
    // Unfolds what hides the line.
    void reveal(int line);

    void setMatches(const QVector<CodeText::Match>& matches, int current);
    // Brings a place into view and puts the cursor there.
    void showPlace(int line, int column);

    void setWrapped(bool wrapped);
    bool isWrapped() const { return lineWrapMode() != NoWrap; }
    // The selection, or without one the whole text.
    void copySelectionOrAll();

    int gutterWidth() const;
    void paintGutter(QPainter& painter, const QRect& clip);
    void clickGutter(const QPoint& position);
    bool isFoldSign(const QPoint& position) const;

Q_SIGNALS:
    // Further entries for the menu may be appended.
    void menuRequested(QMenu* menu);

protected:
    QMimeData* createMimeDataFromSelection() const override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Change {
        int from;
        int oldEnd;
        int newEnd;
    };

    Change changeTo(const CodeText& next) const;
    void replaceLines(const Change& change, const CodeText& next);
    static int sliceEnd(const CodeText& code, int from);
    void appendSlice();
    void appendLines(int end);
    // Before anything that may concern a line that is not there yet.
    void appendRest();
    void applyFolds();
    void refreshLook();
    void colourSeen();
    void paintMarks(QPainter& painter);
    void paintRange(QPainter& painter, const QTextBlock& block, int from, int length, const QColor& fill,
                    const QColor& outline);
    void paintFoldNotes(QPainter& painter);
    bool foldByKey(const QKeyEvent& event);
    // Calls `what` with each block that is seen and its rectangle in the viewport.
    template <typename What>
    void forSeen(What&& what) const;

    CodeText code_;
    CodeFolds folds_;
    QSet<int> folded_;  // lines that are heads
    QVector<CodeText::Match> matches_;
    int currentMatch_ = -1;
    int loaded_ = 1;  // lines that the document has: a long text comes in slices
    QTimer slices_;
    int look_ = 0;  // counts changes of text or theme; a block of another count has old colours
    QWidget* gutter_ = nullptr;
};

}  // namespace quarterdeck::widgets
