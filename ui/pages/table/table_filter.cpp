#include "ui/pages/table/table_filter.h"

#include "ui/tables/filter_expression.h"
#include "ui/tables/filter_vocabulary.h"
#include "ui/tables/resource_table_model.h"
#include "ui/text/error_text.h"
#include "widgets/filter_line.h"

namespace quarterdeck::ui {

using widgets::FilterCompletion;
using widgets::FilterLine;
using widgets::FilterTerm;

void teachFilter(FilterLine& line, ResourceTableModel& model) {
    const TableSpec& spec = model.spec();
    line.setGrammar([&spec](const QString& text) {
        const std::string bytes = text.toStdString();
        const auto lengthOf = [&](std::size_t from, std::size_t count) {
            return fromUtf8(std::string_view(bytes).substr(from, count)).size();
        };
        QVector<FilterTerm> terms;
        std::size_t at = 0;
        qsizetype position = 0;
        for (const TermSpan& span : FilterExpression::parseForgiving(bytes, spec.numbers).spans) {
            position += lengthOf(at, span.start - at);
            const qsizetype length = lengthOf(span.start, span.length);
            terms.append({position, length, !span.plain, span.error ? errorText(*span.error) : QString()});
            position += length;
            at = span.start + span.length;
        }
        return terms;
    });
    line.setCompleter([&model](const QString& term) {
        QVector<FilterCompletion> completions;
        for (const TermCompletion& one : completeTerm(term.toStdString(), model.vocabulary(), model.spec())) {
            completions.append({fromUtf8(one.text), fromUtf8(one.detail), one.goesOn});
        }
        return completions;
    });
    QObject::connect(&line, &FilterLine::completionsWanted, &model, &ResourceTableModel::askVocabulary);
    QObject::connect(&model, &ResourceTableModel::vocabularyChanged, &line, &FilterLine::refreshCompletions);
}

}  // namespace quarterdeck::ui
