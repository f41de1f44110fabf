#pragma once

#include <string>
#include <vector>

#include "ui/pages/page_freshness.h"
#include "ui/windows/demo_menu.h"
#include "widgets/card.h"

namespace quarterdeck::widgets {
class Button;
class IconButton;
class Pill;
class TextLabel;
}  // namespace quarterdeck::widgets

namespace quarterdeck::ui {

class ActionRegistry;
class ClusterAccess;
class ContextChips;
class NamespacePicker;
class ViewScope;

/// Back, forward, contexts, namespaces, freshness, theme, demo. 48 px. Says what the person wants; changes nothing.
class TopBar : public widgets::Surface {
    Q_OBJECT
public:
    TopBar(ClusterAccess& access, ViewScope& scope, ActionRegistry& actions, const DemoControl& demo,
           QWidget* parent = nullptr);

    [[nodiscard]] ContextChips& chips() { return *chips_; }
    void setFreshness(const std::vector<ContextFreshness>& parts, Instant now, ZoneChoice zone);
    /// As wide as the rail beneath.
    void setBrandWidth(int px, bool nameShown);

signals:
    void contextsChosen(const std::vector<std::string>& contexts);
    void namespacesChosen(const std::vector<std::string>& namespaces);

private:
    void refreshNamespaces();

    ViewScope& scope_;
    QWidget* brand_ = nullptr;
    widgets::TextLabel* name_ = nullptr;
    ContextChips* chips_ = nullptr;
    widgets::Button* namespaces_ = nullptr;
    NamespacePicker* picker_ = nullptr;
    widgets::Pill* freshness_ = nullptr;
};

}  // namespace quarterdeck::ui
