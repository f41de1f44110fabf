#pragma once

#include <QString>

namespace quarterdeck::widgets {

// `raw` as it may stand in one line of a label or cell: every control, line-breaking, invisible or
// direction-changing character becomes a visible escape (\n, \t, \r, \u202E), so that no text from a cluster can hide,
// reorder or break what stands around it. Lone surrogates become U+FFFD. Letters of every script, combining marks and
// emoji (with their joiners) stay. At most about `maxLength` characters; what was cut ends in "…". Pure; any thread.
QString shownText(const QString& raw, int maxLength = 2000);

}  // namespace quarterdeck::widgets
