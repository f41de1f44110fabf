#include "app/cli/text_table.h"

#include <algorithm>
#include <ostream>

#include "app/base/error.h"

namespace quarterdeck::cli {

namespace {

/// Code points; good enough for names, which are ASCII in Kubernetes.
std::size_t width(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

void printTable(std::ostream& out, const std::vector<std::string>& titles,
                const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::vector<std::string>> shown{titles};
    for (const auto& row : rows) {
        auto& cells = shown.emplace_back();
        for (const std::string& cell : row) {
            cells.push_back(escapeForDisplay(cell, 300));
        }
    }
    std::vector<std::size_t> widths(titles.size(), 0);
    for (const auto& row : shown) {
        for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i) {
            widths[i] = std::max(widths[i], width(row[i]));
        }
    }
    for (const auto& row : shown) {
        for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i) {
            out << row[i];
            if (i + 1 < row.size()) {
                out << std::string(widths[i] - width(row[i]) + 3, ' ');
            }
        }
        out << '\n';
    }
}

}  // namespace quarterdeck::cli
