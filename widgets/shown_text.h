#pragma once

#include <QString>

namespace quarterdeck::widgets {

// Longest text that a cell, a label or a tooltip is given to lay out, in characters.
inline constexpr qsizetype kShownLength = 512;
inline constexpr qsizetype kToolTipLength = 2000;

enum class Lines { One, Several };  // Several: line breaks stay

// Text of unknown origin as it may be shown: control characters, direction marks, invisible characters and lone
// surrogates as \n, \t or \u202e; what is longer than `longest` ends in an ellipsis. Costs no more than `longest`,
// however long the text is; harmless text is given back without a copy.
QString shownText(const QString& text, Lines lines = Lines::One, qsizetype longest = kShownLength);

// The same for a tooltip: it wraps, keeps its line breaks, ends after kToolTipLength characters, and is never read as
// HTML. Empty for an empty text.
QString shownToolTip(const QString& text);

}  // namespace quarterdeck::widgets
