#pragma once

#include <vector>

#include "app/session/cluster_session.h"
#include "app/session/session_hub.h"
#include "ui/pages/fleet/fleet_summary.h"
#include "ui/text/time_display.h"
#include "widgets/card.h"

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

/// How an open context is, told by its session and its stores.
struct CardState {
    session::ConnectionStatus status;
    /// The worst of what the card counts.
    kube::Freshness freshness;
    FleetSummary summary;
    Instant now;
    ZoneChoice zone = ZoneChoice::Local;
};

/// One open context on the Fleet page: name, production mark, connection with its reason, version, nodes, pods by
/// health, warnings.
class ContextCard : public widgets::Card {
    Q_OBJECT
public:
    explicit ContextCard(const QString& context, QWidget* parent = nullptr);

    void setProduction(bool production);
    void setState(const CardState& state);
    /// The words of the connection, for tests and screen readers.
    [[nodiscard]] QString connectionText() const;

signals:
    void podsRequested();
    /// A cell of the heat map was chosen.
    void podChosen(const QString& name);
    void nodesRequested();
    void warningsRequested();
    void closeRequested();
    void retryRequested();
    void signInRequested();

private:
    void build();
    void showConnection(const CardState& state);
    void showPods(const CardState& state);

    QString context_;
    widgets::Tag* production_ = nullptr;
    widgets::Pill* health_ = nullptr;
    widgets::TextLabel* about_ = nullptr;
    widgets::Pill* connection_ = nullptr;
    widgets::TextLabel* reason_ = nullptr;
    widgets::Button* remedy_ = nullptr;
    widgets::TextLabel* pods_ = nullptr;
    QVBoxLayout* heat_ = nullptr;
    std::vector<widgets::HeatRow*> heatRows_;
    widgets::TextLabel* more_ = nullptr;
    widgets::KeyValueRow* nodes_ = nullptr;
    widgets::KeyValueRow* warnings_ = nullptr;
    bool signedOut_ = false;
};

}  // namespace quarterdeck::ui
