#include "ui/windows/settings_menu.h"

#include <cmath>

#include <QActionGroup>
#include <QLocale>
#include <QTime>

#include "ui/actions/action_registry.h"

namespace quarterdeck::ui {

using settings::Contrast;
using settings::Theme;

namespace {

constexpr int kHour = 60;

std::string textSizeId(int percent) {
    return "text." + std::to_string(percent);
}

QString hoursText(const QuietHours& hours) {
    const auto clock = [](int minutes) {
        return QTime(minutes / kHour, minutes % kHour).toString(QStringLiteral("HH:mm"));
    };
    return SettingsMenu::tr("%1 to %2").arg(clock(hours.from), clock(hours.to));
}

const char* themeId(Theme theme) {
    return theme == Theme::Light ? "theme.light" : theme == Theme::Dark ? "theme.dark" : "theme.system";
}

const char* contrastId(Contrast contrast) {
    return contrast == Contrast::Normal ? "contrast.normal"
           : contrast == Contrast::High ? "contrast.high"
                                        : "contrast.system";
}

}  // namespace

SettingsMenu::SettingsMenu(ActionRegistry& actions, QWidget* parent) : QMenu(parent), actions_(actions) {
    setObjectName(QStringLiteral("menu.settings"));
    setAccessibleName(tr("Settings"));
    QActionGroup* themes = group(addMenu(tr("Theme")));
    for (const Theme theme : {Theme::System, Theme::Light, Theme::Dark}) {
        bind(themeId(theme), themes, [theme](Appearance& wanted) { wanted.theme = theme; });
    }
    QActionGroup* contrasts = group(addMenu(tr("Contrast")));
    for (const Contrast contrast : {Contrast::System, Contrast::Normal, Contrast::High}) {
        bind(contrastId(contrast), contrasts, [contrast](Appearance& wanted) { wanted.contrast = contrast; });
    }
    QActionGroup* sizes = group(addMenu(tr("Text size")));
    for (const int percent : kTextSizes) {
        bind(textSizeId(percent).c_str(), sizes, [percent](Appearance& wanted) { wanted.textScale = percent / 100.0; });
    }
    addSeparator();
    addAction(actions_.action("view.utc"));
    fillQuietHours(addMenu(tr("Quiet hours")));
}

QActionGroup* SettingsMenu::group(QMenu* menu) {
    auto* made = new QActionGroup(menu);
    // A text scale from the settings file may be none of ours.
    made->setExclusionPolicy(QActionGroup::ExclusionPolicy::ExclusiveOptional);
    return made;
}

void SettingsMenu::bind(const char* id, QActionGroup* group, std::function<void(Appearance&)> change) {
    QAction* action = actions_.action(id);
    group->addAction(action);
    static_cast<QMenu*>(group->parent())->addAction(action);
    actions_.bind(id, this, [this, change = std::move(change)] {
        Appearance wanted = appearance_;
        change(wanted);
        setAppearance(appearance_);  // the choice is shown when it was applied
        emit appearanceChosen(wanted);
    });
}

void SettingsMenu::fillQuietHours(QMenu* menu) {
    menu->setToolTipsVisible(true);
    auto* all = new QActionGroup(menu);
    const auto add = [&](const std::optional<QuietHours>& hours, const char* name) {
        QAction* action = menu->addAction(hours ? hoursText(*hours) : tr("Off"));
        action->setObjectName(QString::fromUtf8(name));
        action->setToolTip(tr("No notices on the desktop in this time; they stay in the dock."));
        action->setCheckable(true);
        all->addAction(action);
        connect(action, &QAction::triggered, this, [this, hours] {
            Appearance wanted = appearance_;
            wanted.quiet = hours;
            emit appearanceChosen(wanted);
        });
        quiet_.emplace_back(hours, action);
    };
    add(std::nullopt, "quiet.off");
    add(QuietHours{20 * kHour, 8 * kHour}, "quiet.evening");
    add(QuietHours{22 * kHour, 7 * kHour}, "quiet.night");
    add(QuietHours{0, 6 * kHour}, "quiet.late");
    otherQuiet_ = menu->addAction(tr("Other hours"));  // what the settings file says
    otherQuiet_->setCheckable(true);
    otherQuiet_->setVisible(false);
    all->addAction(otherQuiet_);
}

void SettingsMenu::setAppearance(const Appearance& appearance) {
    appearance_ = appearance;
    actions_.action(themeId(appearance.theme))->setChecked(true);
    actions_.action(contrastId(appearance.contrast))->setChecked(true);
    for (const int percent : kTextSizes) {
        actions_.action(textSizeId(percent))->setChecked(std::lround(appearance.textScale * 100) == percent);
    }
    bool known = false;
    for (const auto& [hours, action] : quiet_) {
        if (hours == appearance.quiet) {
            action->setChecked(true);
            known = true;
        }
    }
    otherQuiet_->setVisible(!known);
    if (!known) {
        otherQuiet_->setText(hoursText(*appearance.quiet));
        otherQuiet_->setChecked(true);
    }
}

}  // namespace quarterdeck::ui
