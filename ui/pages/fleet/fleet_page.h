#pragma once

#include <array>
#include <map>
#include <memory>
#include <vector>

#include <QTimer>

#include "ui/pages/fleet/context_tally.h"
#include "ui/pages/page.h"

class QGridLayout;
class QScrollArea;
class QStackedLayout;
class QVBoxLayout;

namespace quarterdeck::widgets {
class StatePanel;
class TextLabel;
}  // namespace quarterdeck::widgets

namespace quarterdeck::session {
class ClusterSession;
struct ContextEntry;
}  // namespace quarterdeck::session

namespace quarterdeck::ui {

class ContextCard;
class IdleCard;

/// Between cards, and around them.
inline constexpr int kFleetGap = 16;

/// Home: a card per connected context, then in short those that are not: closed, unreachable, signed out, not usable.
/// Without any context it says where it looked and what to do.
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
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    /// An open context, with the three stores that its card counts.
    struct Member {
        static constexpr std::size_t kParts = 3;
        ContextCard* card = nullptr;
        ContextTally tally;
        std::array<std::unique_ptr<kube::StoreSubscription>, kParts> subscriptions;
        bool connected = true;
        bool changed = true;  ///< since the card was told
    };
    void build();
    void rebuild();
    void addMember(const kube::ContextId& id);
    void closeContext(const kube::ContextId& id);
    void subscribe(const kube::ContextId& id, Member& member);
    void arrange();
    void alignCards();
    void moveFocus(const kube::ContextId& from, int key);
    void refreshSoon();
    void refreshCards();
    void refreshMembers(bool all);
    void refreshIdle();
    void showIdle(const session::ContextEntry& entry, const session::ClusterSession* session);
    void showCounts();
    void showWelcome();
    [[nodiscard]] int cardWidth() const;

    PageServices services_;
    std::map<kube::ContextId, std::unique_ptr<Member>> members_;
    std::map<kube::ContextId, IdleCard*> idle_;
    /// As the cards stand, row by row.
    std::vector<kube::ContextId> placed_;
    std::vector<kube::ContextId> idlePlaced_;
    QStackedLayout* stack_ = nullptr;
    QScrollArea* scroll_ = nullptr;
    widgets::StatePanel* welcome_ = nullptr;
    QWidget* content_ = nullptr;
    widgets::TextLabel* heading_ = nullptr;
    widgets::TextLabel* counts_ = nullptr;
    QVBoxLayout* faults_ = nullptr;
    QGridLayout* grid_ = nullptr;
    widgets::TextLabel* idleTitle_ = nullptr;
    QGridLayout* idleGrid_ = nullptr;
    QTimer refresh_;
    QTimer ticker_;
    bool ticked_ = true;
    int columns_ = 0;
    int idleColumns_ = 0;
};

}  // namespace quarterdeck::ui
