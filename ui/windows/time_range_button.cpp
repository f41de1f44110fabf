#include "ui/windows/time_range_button.h"

#include <array>

#include <QActionGroup>
#include <QMenu>

#include "ui/location.h"
#include "ui/pages/view_scope.h"
#include "ui/text/error_text.h"

namespace quarterdeck::ui {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::array<minutes, 6> kPresets{minutes(15), hours(1), hours(3), hours(6), hours(24), hours(7 * 24)};

/// "Last 15 min", "Last 1 h", "Last 7 d".
QString rangeText(minutes range) {
    const QString text = fromUtf8(formatRange(range));
    const QString number = text.chopped(1);
    const QChar unit = text.back();
    return unit == QLatin1Char('m')   ? TimeRangeButton::tr("Last %1 min").arg(number)
           : unit == QLatin1Char('h') ? TimeRangeButton::tr("Last %1 h").arg(number)
                                      : TimeRangeButton::tr("Last %1 d").arg(number);
}

}  // namespace

TimeRangeButton::TimeRangeButton(ViewScope& scope, QWidget* parent)
    : Button({}, QStringLiteral("clock"), widgets::ButtonKind::Control, parent), scope_(scope) {
    setObjectName(QStringLiteral("topbar.range"));
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("menu.range"));
    auto* group = new QActionGroup(menu);
    group->setExclusionPolicy(QActionGroup::ExclusionPolicy::ExclusiveOptional);
    for (const minutes range : kPresets) {
        QAction* action = menu->addAction(rangeText(range));
        action->setObjectName(QStringLiteral("range.") + fromUtf8(formatRange(range)));
        action->setCheckable(true);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, range] { emit chosen(range); });
        connect(menu, &QMenu::aboutToShow, action,
                [this, action, range] { action->setChecked(scope_.range().value_or(kUsualRange) == range); });
    }
    setMenu(menu);
    connect(&scope_, &ViewScope::rangeChanged, this, &TimeRangeButton::refresh);
    refresh();
}

void TimeRangeButton::refresh() {
    const QString text = rangeText(scope_.range().value_or(kUsualRange));
    setText(text);
    setAccessibleName(tr("Time range: %1").arg(text));
}

}  // namespace quarterdeck::ui
