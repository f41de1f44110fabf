#include "app/kube/table.h"

#include <fmt/format.h>

namespace quarterdeck::kube {

const TableCell* TableRow::cell(std::string_view column) const {
    for (std::size_t i = 0; i < columns->size() && i < cells.size(); ++i) {
        if ((*columns)[i].name == column) {
            return &cells[i];
        }
    }
    return nullptr;
}

std::string cellText(const TableCell& cell) {
    struct Writer {
        std::string operator()(std::monostate) const { return {}; }
        std::string operator()(bool truth) const { return truth ? "true" : "false"; }
        std::string operator()(std::int64_t number) const { return std::to_string(number); }
        std::string operator()(double number) const { return fmt::format("{}", number); }
        std::string operator()(const PooledString& text) const { return text.str(); }
    };
    return std::visit(Writer{}, cell);
}

}  // namespace quarterdeck::kube
