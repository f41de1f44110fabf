#pragma once

#include <functional>

#include <QMenu>

#include "ui/appearance.h"

class QActionGroup;

namespace quarterdeck::ui {

class ActionRegistry;

/// Theme, contrast, text size, zone of times, quiet hours. What is chosen is told, not applied: the application sets
/// it for all windows and shows it here by setAppearance().
class SettingsMenu : public QMenu {
    Q_OBJECT
public:
    explicit SettingsMenu(ActionRegistry& actions, QWidget* parent = nullptr);

    void setAppearance(const Appearance& appearance);
    [[nodiscard]] const Appearance& appearance() const { return appearance_; }

signals:
    void appearanceChosen(const quarterdeck::ui::Appearance& appearance);

private:
    QActionGroup* group(QMenu* menu);
    void bind(const char* id, QActionGroup* group, std::function<void(Appearance&)> change);
    void fillQuietHours(QMenu* menu);

    ActionRegistry& actions_;
    Appearance appearance_;
    std::vector<std::pair<std::optional<QuietHours>, QAction*>> quiet_;
    QAction* otherQuiet_ = nullptr;
};

}  // namespace quarterdeck::ui
