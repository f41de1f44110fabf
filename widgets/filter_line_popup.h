#pragma once

#include <QListWidget>
#include <QString>
#include <QVector>

namespace quarterdeck::widgets {

// One way to go on with the term that is being typed.
struct FilterCompletion {
    QString text;         // stands in the place of the whole term
    QString detail;       // a few muted words; may be empty
    bool goesOn = false;  // a beginning such as "ns:", after which a value follows

    friend bool operator==(const FilterCompletion&, const FilterCompletion&) = default;
};

// The list under a FilterLine. It never takes the focus; nothing is highlighted at first. Lies in the line's window.
class CompletionPopup : public QListWidget {
    Q_OBJECT
public:
    explicit CompletionPopup(QWidget* parent);

    // Below `anchor`, or above it where there is no room; hides itself where there is nothing to offer.
    void offer(const QVector<FilterCompletion>& completions, const QWidget* anchor, int x);
    // The same where the list stands by itself: as wide as it is made, as high as the rows.
    void exhibit(const QVector<FilterCompletion>& completions);
    // Null where nothing is highlighted.
    const FilterCompletion* highlighted() const;
    // Up from the first one highlights nothing.
    void step(int direction);

Q_SIGNALS:
    void chosen(const quarterdeck::widgets::FilterCompletion& completion);

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill(const QVector<FilterCompletion>& completions);
    int rowsHeight() const;

    QVector<FilterCompletion> completions_;
};

}  // namespace quarterdeck::widgets
