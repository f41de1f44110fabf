#pragma once

#include <array>
#include <map>
#include <memory>
#include <vector>

#include <QTimer>

#include "ui/pages/fleet/fleet_summary.h"
#include "ui/pages/page.h"

class QGridLayout;
class QStackedLayout;
class QVBoxLayout;

namespace quarterdeck::widgets {
class StatePanel;
class TextLabel;
}  // namespace quarterdeck::widgets

namespace quarterdeck::ui {

class ContextCard;

/// Home: a card per open context, then the contexts that are not open, with the reason where they cannot be. Without
/// any context it says where it looked and what to do.
class FleetPage : public Page {
    Q_OBJECT
public:
    explicit FleetPage(PageServices services, QWidget* parent = nullptr);
    ~FleetPage() override;

    [[nodiscard]] std::string id() const override { return "fleet"; }
    [[nodiscard]] QString title() const override { return tr("Fleet"); }
    [[nodiscard]] std::vector<ContextFreshness> freshness() const override;
    [[nodiscard]] int rows() const override;
    [[nodiscard]] bool isSettled() const override { return !refresh_.isActive(); }
    void visit(const Location& location) override;
    void describe(Location& location) const override;
    void retry() override;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    /// The three stores that one card counts.
    struct Member {
        enum Part { Pods, Nodes, Events, kParts };
        ContextCard* card = nullptr;
        std::array<ObjectSet, kParts> sets;
        std::array<std::unique_ptr<kube::StoreSubscription>, kParts> subscriptions;
        /// The worst freshness of the three.
        [[nodiscard]] const kube::Freshness& freshness() const;
    };
    void build();
    void rebuild();
    void rebuildClosed();
    void addMember(const kube::ContextId& id);
    void closeContext(const kube::ContextId& id);
    void subscribe(const kube::ContextId& id, Member& member);
    void arrange();
    void refreshSoon();
    void refreshCards();
    void showWelcome();

    PageServices services_;
    std::map<kube::ContextId, std::unique_ptr<Member>> members_;
    QStackedLayout* stack_ = nullptr;
    widgets::StatePanel* welcome_ = nullptr;
    QWidget* content_ = nullptr;
    widgets::TextLabel* counts_ = nullptr;
    QVBoxLayout* faults_ = nullptr;
    QGridLayout* grid_ = nullptr;
    widgets::TextLabel* closedTitle_ = nullptr;
    QVBoxLayout* closed_ = nullptr;
    QTimer refresh_;
    QTimer ticker_;
    int columns_ = 0;
};

}  // namespace quarterdeck::ui
