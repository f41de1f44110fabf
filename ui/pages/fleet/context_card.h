#pragma once

#include <vector>

#include "app/session/cluster_session.h"
#include "ui/location.h"
#include "ui/pages/fleet/fleet_summary.h"
#include "ui/text/time_display.h"
#include "widgets/card.h"

class QMenu;
class QVBoxLayout;

namespace quarterdeck::widgets {
class Button;
class HeatRow;
class IconButton;
class KeyValueRow;
class Pill;
class Tag;
class TextLabel;
}  // namespace quarterdeck::widgets

namespace quarterdeck::ui {

class CapacityRow;
class ProblemList;

/// How an open context is, told by its session and its stores.
struct CardState {
    session::ConnectionStatus status;
    /// The worst of what the card counts.
    kube::Freshness freshness;
    FleetSummary summary;
    Instant now;
    ZoneChoice zone = ZoneChoice::Local;
};

/// One connected context on the Fleet page: name, production mark, connection, what is wrong, pods by health, capacity,
/// nodes, warnings, restarts. The card itself is a tab stop: Enter opens its pods, the menu key its menu.
class ContextCard : public widgets::Card {
    Q_OBJECT
public:
    /// Room inside its edges, for whoever computes heights.
    static constexpr int kPadding = 16;

    explicit ContextCard(const QString& context, QWidget* parent = nullptr);

    void setProduction(bool production);
    /// Address and namespace of its kubeconfig entry.
    void setPlace(const QString& server, const QString& nameSpace);
    void setState(const CardState& state);
    /// The words of the connection, for tests and screen readers.
    [[nodiscard]] QString connectionText() const;
    /// The last of its parts that the Tab key reaches.
    [[nodiscard]] QWidget* lastInTabOrder() const;

    /// \name For cards side by side, whose parts stand in the same places.
    /// @{
    [[nodiscard]] int problemRows() const;
    void setProblemRows(int rows);
    /// Height of the pods at this width of the card.
    [[nodiscard]] int heatHeight(int cardWidth) const;
    void setHeatHeight(int height);
    /// @}

signals:
    /// The person wants to be elsewhere; contexts are filled in.
    void goRequested(const quarterdeck::ui::Location& location);
    void closeRequested();
    void retryRequested();
    /// An arrow key was pressed on the card.
    void moveRequested(int key);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void buildHead(QVBoxLayout* layout);
    void buildBody(QVBoxLayout* layout);
    void buildMenu();
    void go(const char* page, const std::string& filter = {}, const std::vector<std::string>& namespaces = {});
    void goToProblem(int line);
    void goToPod(const QString& uid);
    void showConnection(const CardState& state);
    void showProblems(const CardState& state, bool known, bool old);
    /// In place of a number that is not known.
    [[nodiscard]] static QString unknownWord(const CardState& state);
    void showPods(const CardState& state, bool known, bool old);
    void showRows(const CardState& state, bool known, bool old);
    void tellSummary(const CardState& state, bool known);

    QString context_;
    QString server_;
    QString nameSpace_;
    std::vector<FleetProblem> problems_;
    std::vector<kube::ObjectPtr> cells_;
    std::uint64_t podsVersion_ = 0;
    bool cellsOld_ = false;
    bool keyboard_ = false;

    widgets::Tag* production_ = nullptr;
    widgets::Pill* health_ = nullptr;
    widgets::IconButton* menuButton_ = nullptr;
    QMenu* menu_ = nullptr;
    widgets::TextLabel* about_ = nullptr;
    widgets::Pill* connection_ = nullptr;
    widgets::TextLabel* reason_ = nullptr;
    widgets::Button* remedy_ = nullptr;
    ProblemList* list_ = nullptr;
    widgets::TextLabel* pods_ = nullptr;
    QWidget* heat_ = nullptr;
    QVBoxLayout* heatLayout_ = nullptr;
    std::vector<widgets::HeatRow*> heatRows_;
    widgets::TextLabel* more_ = nullptr;
    CapacityRow* cpu_ = nullptr;
    CapacityRow* memory_ = nullptr;
    widgets::KeyValueRow* nodes_ = nullptr;
    widgets::KeyValueRow* warnings_ = nullptr;
    widgets::KeyValueRow* restarts_ = nullptr;
};

}  // namespace quarterdeck::ui
