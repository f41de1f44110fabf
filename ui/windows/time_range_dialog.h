#pragma once

#include <optional>

#include <QDialog>

#include "ui/text/time_display.h"
#include "ui/time_range.h"

class QLineEdit;

namespace quarterdeck::widgets {
class Button;
class TextLabel;
}  // namespace quarterdeck::widgets

namespace quarterdeck::ui {

/// Asks from when to when, in the window's zone; times with an offset of their own are taken as they are, so that what
/// was copied elsewhere can be pasted. Accepted with a span.
class TimeRangeDialog : public QDialog {
    Q_OBJECT
public:
    TimeRangeDialog(const TimeSpan& suggested, ZoneChoice zone, QWidget* parent = nullptr);

    /// Nothing while what is written is no span.
    [[nodiscard]] std::optional<TimeSpan> span() const;

private:
    QLineEdit* addLine(const QString& label, const char* name, Instant suggested);
    void refresh();

    ZoneChoice zone_;
    QLineEdit* from_ = nullptr;
    QLineEdit* to_ = nullptr;
    widgets::TextLabel* remark_ = nullptr;
    widgets::Button* show_ = nullptr;
};

/// "2026-03-14 03:12:40", "2026-03-14 03:12", "2026-03-14" in the zone, or ISO 8601 with an offset.
[[nodiscard]] std::optional<Instant> parseMoment(const QString& text, ZoneChoice zone);
/// "14 Mar, 02:00 – 03:12 UTC"; both days where they differ.
[[nodiscard]] QString spanText(const TimeSpan& span, ZoneChoice zone);

}  // namespace quarterdeck::ui
