#pragma once

#include <QVector>
#include <QWidget>

#include "widgets/code_text.h"

class QStackedLayout;

namespace quarterdeck::widgets {

class CodeEdit;
class CodeSearch;
class IconButton;
class StatePanel;
class TextLabel;

// Text to read, YAML above all: numbered, coloured, foldable by its indentation, with a search (Ctrl+F, F3, Shift+F3),
// a copy of the whole and a switch for long lines. Whatever the text holds is shown and never interpreted; megabytes
// and lines of a megabyte are fine. The same view again keeps place, folds and search when the text changes.
class CodeView : public QWidget {
    Q_OBJECT
public:
    explicit CodeView(QWidget* parent = nullptr);
    ~CodeView() override;

    void setText(const QString& text);
    QString text() const;
    // What is read out for the text, e.g. "YAML of orders-service".
    void setTextName(const QString& name);

    // In place of the text; setText brings it back, with its place and folds.
    void showLoading(const QString& awaited);
    void showFailed(const QString& sentence, const QString& cause, const QString& retryLabel);

    void openSearch();
    void closeSearch();
    bool isWrapped() const;
    void setWrapped(bool wrapped);

    CodeEdit* edit() const { return edit_; }

Q_SIGNALS:
    void retryRequested();
    void wrappedChanged(bool wrapped);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeBar();
    void fillMenu(QMenu* menu);
    void search(bool fromCursor);
    void step(int by);
    void tellMatches();
    void tellLines();

    QString text_;
    QStackedLayout* stack_ = nullptr;
    QWidget* page_ = nullptr;
    CodeEdit* edit_ = nullptr;
    CodeSearch* search_ = nullptr;
    StatePanel* panel_ = nullptr;
    TextLabel* lines_ = nullptr;
    IconButton* wrap_ = nullptr;
    QVector<CodeText::Match> matches_;
    int current_ = -1;
    bool more_ = false;  // matches beyond those that are kept
};

}  // namespace quarterdeck::widgets
