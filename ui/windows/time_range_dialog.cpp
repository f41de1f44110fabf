#include "ui/windows/time_range_dialog.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QTimeZone>
#include <QVBoxLayout>

#include "app/base/time_text.h"
#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/style.h"

namespace quarterdeck::ui {

using widgets::ButtonKind;
using widgets::Role;
using widgets::TextSize;

namespace {

constexpr int kMaxLength = 40;

}  // namespace

std::optional<Instant> parseMoment(const QString& text, ZoneChoice zone) {
    const QString plain = text.trimmed();
    if (const auto exact = parseRfc3339(plain.toStdString())) {
        return exact;
    }
    for (const char* format :
         {"yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd"}) {
        QDateTime moment = QDateTime::fromString(plain, QString::fromLatin1(format));
        if (moment.isValid()) {
            if (zone == ZoneChoice::Utc) {
                moment.setTimeZone(QTimeZone::utc());
            }
            return Instant(std::chrono::milliseconds(moment.toMSecsSinceEpoch()));
        }
    }
    return std::nullopt;
}

QString spanText(const TimeSpan& span, ZoneChoice zone) {
    const QDateTime from = inZone(span.from, zone);
    const QDateTime to = inZone(span.to, zone);
    const QLocale locale;
    const QString day = QStringLiteral("d MMM, HH:mm");
    const QString end = locale.toString(to, from.date() == to.date() ? QStringLiteral("HH:mm") : day);
    return TimeRangeDialog::tr("%1 – %2 %3").arg(locale.toString(from, day), end, zoneName(to, zone));
}

TimeRangeDialog::TimeRangeDialog(const TimeSpan& suggested, ZoneChoice zone, QWidget* parent)
    : QDialog(parent), zone_(zone) {
    setObjectName(QStringLiteral("time-range"));
    setWindowTitle(tr("Time range"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(8);
    const QString zoneShown = zone == ZoneChoice::Utc
                                  ? QStringLiteral("UTC")
                                  : tr("local time, %1").arg(zoneName(inZone(suggested.to, zone), zone));
    from_ = addLine(tr("From (%1)").arg(zoneShown), "time-range.from", suggested.from);
    to_ = addLine(tr("To (%1)").arg(zoneShown), "time-range.to", suggested.to);
    remark_ = new widgets::TextLabel({}, TextSize::Secondary, Role::TextMuted, QFont::Normal, this);
    remark_->setObjectName(QStringLiteral("time-range.remark"));
    remark_->setWordWrap(true);
    remark_->setMinimumWidth(widgets::scaledPx(this, 360));
    layout->addWidget(remark_);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    auto* cancel = widgets::makeButton(tr("Cancel"), {}, ButtonKind::Secondary, this);
    cancel->setObjectName(QStringLiteral("time-range.cancel"));
    show_ = widgets::makeButton(tr("Show"), {}, ButtonKind::Primary, this);
    show_->setObjectName(QStringLiteral("time-range.show"));
    show_->setDefault(true);
    buttons->addWidget(cancel);
    buttons->addWidget(show_);
    layout->addLayout(buttons);
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(show_, &QAbstractButton::clicked, this, &QDialog::accept);
    refresh();
    from_->selectAll();
    from_->setFocus(Qt::PopupFocusReason);
}

QLineEdit* TimeRangeDialog::addLine(const QString& label, const char* name, Instant suggested) {
    auto* line = new QLineEdit(this);
    auto* caption = new widgets::TextLabel(label, TextSize::Secondary, Role::TextMuted, QFont::DemiBold, this);
    layout()->addWidget(caption);
    line->setObjectName(QString::fromLatin1(name));
    line->setAccessibleName(label);
    line->setMaxLength(kMaxLength);
    line->setText(inZone(suggested, zone_).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")));
    line->setPlaceholderText(QStringLiteral("2026-03-14 03:12:40"));
    layout()->addWidget(line);
    connect(line, &QLineEdit::textChanged, this, &TimeRangeDialog::refresh);
    return line;
}

std::optional<TimeSpan> TimeRangeDialog::span() const {
    const auto from = parseMoment(from_->text(), zone_);
    const auto to = parseMoment(to_->text(), zone_);
    return from && to && *from <= *to ? std::optional(TimeSpan{*from, *to}) : std::nullopt;
}

void TimeRangeDialog::refresh() {
    if (show_ == nullptr) {
        return;  // not built yet
    }
    const auto from = parseMoment(from_->text(), zone_);
    const auto to = parseMoment(to_->text(), zone_);
    const QString example = QStringLiteral("2026-03-14 03:12:40");
    const QString fault = !from         ? tr("“From” is no time. Write it like %1.").arg(example)
                          : !to         ? tr("“To” is no time. Write it like %1.").arg(example)
                          : *from > *to ? tr("“From” is after “To”.")
                                        : QString();
    remark_->setRole(fault.isEmpty() ? Role::TextMuted : Role::Warning);
    remark_->setText(fault.isEmpty() ? tr("%1 to %2").arg(isoTime(*from, zone_), isoTime(*to, zone_)) : fault);
    for (QLineEdit* line : {from_, to_}) {
        line->setAccessibleDescription(remark_->text());
    }
    widgets::setDisabledReason(show_, fault);
}

}  // namespace quarterdeck::ui
