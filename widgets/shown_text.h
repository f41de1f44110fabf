#pragma once

#include <QString>

namespace quarterdeck::widgets {

// `raw` as it may stand in one line of a label or cell: every control, line-breaking, invisible or
// direction-changing character becomes a visible escape (\n, \t, \r, \u202E), so that no text from a cluster can hide,
// reorder or break what stands around it. Lone surrogates become U+FFFD. Letters of every script, combining marks and
// emoji (with their joiners) stay. At most about `maxLength` characters; what was cut ends in "…". Pure; any thread.
QString shownText(const QString& raw, int maxLength = 2000);

// Longest texts that a cell and a tooltip are given to lay out, in characters.
inline constexpr int kShownLength = 512;
inline constexpr int kToolTipLength = 2000;

enum class Lines { One, Several };  // Several: line breaks stay

QString shownText(const QString& raw, Lines lines, int maxLength = kShownLength);

// The same for a tooltip: it wraps, keeps its line breaks, ends after kToolTipLength characters, and is never read as
// HTML. Empty for an empty text.
QString shownToolTip(const QString& raw);

}  // namespace quarterdeck::widgets
