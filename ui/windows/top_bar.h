#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/pages/page.h"
#include "ui/pages/page_freshness.h"
#include "ui/windows/demo_menu.h"
#include "widgets/card.h"

class QHBoxLayout;

namespace quarterdeck::widgets {
class Button;
class IconButton;
class PillButton;
class TextLabel;
}  // namespace quarterdeck::widgets

namespace quarterdeck::ui {

class ActionRegistry;
class ClusterAccess;
class ContextChips;
class NamespacePicker;
class TimeRangeButton;
class ViewScope;

/// Back, forward, contexts, namespaces, freshness, tools, demo. 48 px. Says what the person wants; changes nothing.
class TopBar : public widgets::Surface {
    Q_OBJECT
public:
    TopBar(ClusterAccess& access, ViewScope& scope, ActionRegistry& actions, const DemoControl& demo,
           QWidget* parent = nullptr);

    [[nodiscard]] ContextChips& chips() { return *chips_; }
    void setFreshness(const std::vector<ContextFreshness>& parts, Instant now, ZoneChoice zone);
    /// What the page in front does with the time range; hidden where it has no use for one.
    void setRangeUse(RangeUse use);
    /// Where the connections are told.
    [[nodiscard]] QWidget* freshnessAnchor() const;
    /// At the right, after the freshness.
    void addTool(QWidget* tool);
    /// As wide as the rail beneath, at text scale 1.
    void setBrandWidth(int px, bool nameShown);

signals:
    /// There is little room: tools show their icons only.
    void compactChanged(bool compact);
    void contextsChosen(const std::vector<std::string>& contexts);
    void namespacesChosen(const std::vector<std::string>& namespaces);
    void rangeChosen(const std::optional<quarterdeck::ui::TimeRange>& range);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refreshNamespaces();

    ViewScope& scope_;
    QWidget* brand_ = nullptr;
    widgets::TextLabel* name_ = nullptr;
    ContextChips* chips_ = nullptr;
    widgets::Button* namespaces_ = nullptr;
    NamespacePicker* picker_ = nullptr;
    TimeRangeButton* range_ = nullptr;
    int brandWidth_ = 0;
    bool compact_ = false;
    widgets::Button* demo_ = nullptr;
    widgets::PillButton* freshness_ = nullptr;
    QHBoxLayout* tools_ = nullptr;
};

}  // namespace quarterdeck::ui
