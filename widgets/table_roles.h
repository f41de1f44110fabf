#pragma once

#include <QtCore/qnamespace.h>

namespace quarterdeck::widgets {

// What a model tells TableView beyond Qt's own roles (DisplayRole, TextAlignmentRole, ToolTipRole, AccessibleTextRole).
// A role that is missing costs nothing.
enum TableRole : int {
    ToneRole = Qt::UserRole + 100,  // Tone: the icon's colour; Warning and Critical words keep `text`
    IconRole,                       // QString: Lucide name; without it the tone's own icon stands where ToneRole is set
    UidRole,                        // QString: identity of the row, the same in every column
    MutedRole,                      // bool: muted text
    EmphasisRole,                   // bool: semibold, and in the tone's colour where the cell has a tone
    CopyTextRole,                   // QString: what is copied (ISO 8601, plain numbers); else DisplayRole
    NoIconRole,                     // bool: the cell has a tone but shows no icon (a red number)
    SparklineRole,                  // Sparkline: stands before the text
    BarRole,                        // Bar: stands before the text
};

}  // namespace quarterdeck::widgets
