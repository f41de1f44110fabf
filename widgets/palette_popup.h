#pragma once

#include <QString>
#include <QVector>

#include "widgets/overlay.h"
#include "widgets/theme.h"

class QLayout;
class QLineEdit;
class QListView;

namespace quarterdeck::widgets {

class PaletteModel;
class TextLabel;

// Something that can be chosen. Texts may be of any length and hold anything.
struct PaletteItem {
    QString id;  // handed back when it is chosen; unique
    QString title;
    QVector<int> marks;  // places in the title that match what was typed, upwards
    QString detail;      // muted, at the right
    QString icon;        // Lucide name; empty: the tone's
    Tone tone = Tone::None;
    QString keys;            // shortcut, as keyText() gives it
    QString disabledReason;  // cannot be chosen, and why
    bool removable = false;  // Delete asks to remove it
};

struct PaletteSection {
    QString title;
    QVector<PaletteItem> items;
};

// A line to type into and the things found below it, over the window. It only shows: whoever owns it answers
// queryEdited() with setSections(). Enter that comes before the answer waits for it.
class PalettePopup : public Overlay {
    Q_OBJECT
public:
    explicit PalettePopup(QWidget* host);
    ~PalettePopup() override;

    // Opens with an empty line.
    void openEmpty();
    QString query() const;
    void setPlaceholder(const QString& text);
    // What is shown, also as an answer to the last query. The current row stays with its id where the query is the
    // same; else the first that can be chosen becomes current.
    void setSections(const QVector<PaletteSection>& sections);
    // Stands in the place of the list when there are no items.
    void setEmptyText(const QString& text);
    // One line below the list.
    void setNote(const QString& text);

    // Whether what is shown belongs to what stands in the line.
    bool isAnswered() const { return !awaiting_; }
    QString currentId() const;
    QVector<PaletteItem> items() const;

Q_SIGNALS:
    void queryEdited(const QString& text);
    // `aside`: with Ctrl, as people ask for another window.
    void chosen(const QString& id, bool aside);
    void removeRequested(const QString& id);

protected:
    QRect panelRect() const override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    bool onKey(const QKeyEvent& event);
    void move(int by, bool wrap);
    void select(int row);
    void chooseCurrent(bool aside);
    void announce();
    void refresh();
    int pageRows() const;

    QLineEdit* input_;
    QListView* list_;
    PaletteModel* model_;
    TextLabel* empty_;
    QString emptyText_;
    QLayout* emptyMargins_ = nullptr;
    TextLabel* note_;
    QAction* lens_ = nullptr;
    bool awaiting_ = false;  // the sections do not belong to the query yet
    bool enterWaits_ = false;
    bool asideWaits_ = false;  // it was Ctrl+Enter
};

}  // namespace quarterdeck::widgets
