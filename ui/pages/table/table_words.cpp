#include "ui/pages/table/table_words.h"

#include <QCoreApplication>

namespace quarterdeck::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TableWords)
public:
    static TableWords of(const std::string& tableId);
};

TableWords Words::of(const std::string& tableId) {
    if (tableId == "nodes") {
        return {tr("Nodes"),
                tr("There are no nodes."),
                tr("No nodes match the filter."),
                tr("There are no nodes."),
                {},
                tr("Waiting for the nodes of %1 …"),
                tr("The nodes could not be loaded"),
                tr("Filter: text, label=value, !inverse, is:unhealthy, ctx:")};
    }
    if (tableId == "events") {
        return {tr("Events"),
                tr("There are no events. Nothing has happened here for an hour or so."),
                tr("No events match the filter."),
                tr("There are no events in the chosen namespaces."),
                tr("No events were seen in the chosen time."),
                tr("Waiting for the events of %1 …"),
                tr("The events could not be loaded"),
                tr("Filter: message, object or reason, !inverse, status:backoff, is:unhealthy, ns:, ctx:")};
    }
    return {tr("Pods"),
            tr("There are no pods."),
            tr("No pods match the filter."),
            tr("There are no pods in the chosen namespaces."),
            {},
            tr("Waiting for the pods of %1 …"),
            tr("The pods could not be loaded"),
            tr("Filter: text, label=value, !inverse, is:unhealthy, status:, ns:, ctx:")};
}

}  // namespace

TableWords tableWords(const std::string& tableId) {
    return Words::of(tableId);
}

}  // namespace quarterdeck::ui
