#pragma once

#include <QString>
#include <QVector>

#include "widgets/theme.h"

namespace quarterdeck::widgets {

struct CodeSpan {
    int start;
    int length;
    Role role;

    friend bool operator==(const CodeSpan&, const CodeSpan&) = default;
};

// The parts of one line of YAML that are not in the plain text colour, from left to right. A line of a block of text
// is text as a whole.
QVector<CodeSpan> yamlSpans(const QString& line, bool blockText);

}  // namespace quarterdeck::widgets
