#include "ui/windows/time_range_button.h"

#include <array>

#include <QActionGroup>
#include <QMenu>

#include "ui/pages/view_scope.h"
#include "ui/text/error_text.h"
#include "ui/windows/time_range_dialog.h"

namespace quarterdeck::ui {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::array<minutes, 6> kPresets{minutes(15), hours(1), hours(3), hours(6), hours(24), hours(7 * 24)};

/// "Last 15 min", "Last 1 h", "Last 7 d".
QString backText(minutes back) {
    const QString text = fromUtf8(formatRange(back));
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
    const auto add = [&](const QString& text, const QString& name) {
        QAction* action = menu->addAction(text);
        action->setObjectName(QStringLiteral("range.") + name);
        action->setCheckable(true);
        group->addAction(action);
        return action;
    };
    any_ = add(tr("Any time"), QStringLiteral("any"));
    connect(any_, &QAction::triggered, this, [this] { emit chosen(std::nullopt); });
    connect(menu, &QMenu::aboutToShow, any_, [this] { any_->setChecked(!scope_.range()); });
    for (const minutes back : kPresets) {
        QAction* action = add(backText(back), fromUtf8(formatRange(back)));
        connect(action, &QAction::triggered, this, [this, back] { emit chosen(TimeRange(back)); });
        connect(menu, &QMenu::aboutToShow, action, [this, action, back] {
            const bool usual = !scope_.range() && use_ == RangeUse::Needs && back == kUsualRange;
            action->setChecked(usual || scope_.range() == TimeRange(back));
        });
    }
    menu->addSeparator();
    QAction* custom = add(tr("Custom…"), QStringLiteral("custom"));
    connect(custom, &QAction::triggered, this, &TimeRangeButton::askForSpan);
    connect(menu, &QMenu::aboutToShow, custom, [this, custom] {
        custom->setChecked(scope_.range() && std::holds_alternative<TimeSpan>(*scope_.range()));
    });
    setMenu(menu);
    connect(&scope_, &ViewScope::rangeChanged, this, &TimeRangeButton::refresh);
    connect(&scope_, &ViewScope::zoneChanged, this, &TimeRangeButton::refresh);
    refresh();
}

void TimeRangeButton::setUse(RangeUse use) {
    use_ = use;
    any_->setVisible(use == RangeUse::Narrows);
    refresh();
}

void TimeRangeButton::refresh() {
    const auto& range = scope_.range();
    QString text;
    QString tip = tr("The time that is shown");
    if (!range && use_ == RangeUse::Narrows) {
        text = tr("Any time");
    } else if (const auto* span = range ? std::get_if<TimeSpan>(&*range) : nullptr) {
        text = spanText(*span, scope_.zone());
        tip = tr("%1 to %2").arg(isoTime(span->from, scope_.zone()), isoTime(span->to, scope_.zone()));
    } else {
        text = backText(range ? std::get<minutes>(*range) : kUsualRange);
    }
    setText(text);
    setToolTip(tip);
    setAccessibleName(tr("Time range: %1").arg(text));
}

void TimeRangeButton::askForSpan() {
    const auto& range = scope_.range();
    const auto* span = range ? std::get_if<TimeSpan>(&*range) : nullptr;
    const minutes back = range && span == nullptr ? std::get<minutes>(*range) : kUsualRange;
    auto* dialog = new TimeRangeDialog(span != nullptr ? *span : TimeSpan{now_ - back, now_}, scope_.zone(), window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { emit chosen(TimeRange(*dialog->span())); });
    dialog->open();
}

}  // namespace quarterdeck::ui
