#pragma once

#include <QString>

#include "app/base/clock.h"

class QDateTime;

namespace quarterdeck::ui {

/// In which zone moments are written. Ages do not depend on it; what is stored is UTC always.
enum class ZoneChoice { Local, Utc };

/// The moment as a date of that zone.
[[nodiscard]] QDateTime inZone(Instant time, ZoneChoice zone);
/// "UTC", "CET": the zone's name at that moment.
[[nodiscard]] QString zoneName(const QDateTime& moment, ZoneChoice zone);
/// ISO 8601 with the zone's offset: "2026-03-14T03:12:40Z", "2026-03-14T04:12:40+01:00". For tooltips, copies, CSV.
[[nodiscard]] QString isoTime(Instant time, ZoneChoice zone);
/// "03:12:40 UTC", "04:12:40 CET".
[[nodiscard]] QString clockTime(Instant time, ZoneChoice zone);
/// "14 Mar 2026, 04:12:40 CET", with months as the person's language has them.
[[nodiscard]] QString dateAndTime(Instant time, ZoneChoice zone);
/// kubectl's age ("5m", "4d3h").
[[nodiscard]] QString ageText(Instant since, Instant now);

}  // namespace quarterdeck::ui
