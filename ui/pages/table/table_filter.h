#pragma once

namespace quarterdeck::widgets {
class FilterLine;
}

namespace quarterdeck::ui {

class ResourceTableModel;

/// Teaches a filter line the grammar of FilterExpression and what the rows of the model offer to complete. The model
/// outlives the line.
void teachFilter(widgets::FilterLine& line, ResourceTableModel& model);

}  // namespace quarterdeck::ui
