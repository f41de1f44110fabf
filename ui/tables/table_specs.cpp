#include "ui/tables/table_specs.h"

namespace quarterdeck::ui {

const std::vector<const TableSpec*>& allTables() {
    static const std::vector<const TableSpec*> tables{
        &podTable(),
        &nodeTable(),
        &eventTable(),
    };
    return tables;
}

}  // namespace quarterdeck::ui
