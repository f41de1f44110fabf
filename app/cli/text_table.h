#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace quarterdeck::cli {

/// Columns padded with spaces, three between them, the last one ragged. Cells are shown with control characters
/// escaped, so that no object's text can steer the terminal.
void printTable(std::ostream& out, const std::vector<std::string>& titles,
                const std::vector<std::vector<std::string>>& rows);

}  // namespace quarterdeck::cli
