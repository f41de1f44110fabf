#pragma once

#include <QList>
#include <QTimer>
#include <QWidget>

#include "widgets/button.h"
#include "widgets/theme.h"

namespace quarterdeck::widgets {

class StateEmblem;
class TextLabel;

// Stands in the place of a list or a card while that has nothing to show, and says what to do. All words come from
// outside.
class StatePanel : public QWidget {
    Q_OBJECT
public:
    enum class State { None, Loading, Empty, Forbidden, Failed, Welcome };

    explicit StatePanel(QWidget* parent = nullptr);
    ~StatePanel() override;

    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

    State state() const { return state_; }

    // Skeleton bars at the places of the columns (their widths in px, from the left; empty: four even ones); after two
    // seconds the sentence says what is awaited. Calling it again while loading changes neither bars nor the two
    // seconds.
    void showLoading(const QList<int>& columnWidths, const QString& awaited);
    // One line why, and one button (empty: none).
    void showEmpty(const QString& why, const QString& action = {});
    // A lock, what is needed ("Needs list pods in bakery-ia"), why, and a button that copies a request for it. The
    // text to copy goes to the clipboard and is announced by the button's label for two seconds.
    void showForbidden(const QString& needs, const QString& why, const QString& copyLabel, const QString& copiedLabel,
                       const QString& textToCopy);
    // What failed, the cause in words; the details unfold below.
    void showFailed(const QString& sentence, const QString& cause, const QString& retryLabel,
                    const QString& detailsLabel = {}, const QString& details = {});
    // The first thing a new person sees: application icon, title, a sentence and up to two buttons.
    void showWelcome(const QString& title, const QString& text, const QString& action,
                     const QString& secondAction = {});

Q_SIGNALS:
    // Empty and welcome: the button; failed: Retry.
    void actionTriggered();
    // Welcome: the second button.
    void secondActionTriggered();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void begin(State state);
    void setWords(const QString& title, const QString& text);
    void setButtons(const QString& first, ButtonKind kind, const QString& icon, const QString& second);
    void fitLabels();
    void onFirst();
    void onSecond();

    State state_ = State::None;
    QList<int> columns_;
    QTimer awaitTimer_;
    QTimer copiedTimer_;
    QString copyText_;
    QString copyLabel_;
    QString copiedLabel_;
    StateEmblem* emblem_ = nullptr;
    TextLabel* title_ = nullptr;
    TextLabel* text_ = nullptr;
    TextLabel* details_ = nullptr;
    TextLabel* awaited_ = nullptr;
    Button* first_ = nullptr;
    Button* second_ = nullptr;
};

}  // namespace quarterdeck::widgets
