#include "ui/pages/table/table_words.h"

#include <QCoreApplication>

namespace quarterdeck::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TableWords)
public:
    static TableWords of(const std::string& tableId);
    static TableWords plain(const QString& title);
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
    if (tableId == "kinds") {
        return {tr("Kinds"),
                tr("The server serves nothing that you may see."),
                tr("No kinds match the filter."),
                tr("There are no kinds."),
                {},
                tr("Asking %1 what it serves …"),
                tr("What is served could not be learnt"),
                tr("Filter: name, short name, group, !inverse, is:unhealthy, ctx:")};
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

TableWords Words::plain(const QString& title) {
    // %1 of `awaited` is the context, filled in later.
    return {title,
            tr("%1: there are none.").arg(title),
            tr("%1: none match the filter.").arg(title),
            tr("%1: there are none in the chosen namespaces.").arg(title),
            {},
            tr("Waiting for %2 of %1 …").arg(QStringLiteral("%1"), title),
            tr("%1 could not be loaded").arg(title),
            tr("Filter: text in any column, label=value, !inverse, ns:, ctx:, age<1h")};
}

}  // namespace

QString kindTitle(const std::string& plural) {
    [[maybe_unused]] static constexpr const char* kKnown[] = {
        QT_TRANSLATE_NOOP("KindTitle", "ConfigMaps"),   QT_TRANSLATE_NOOP("KindTitle", "CronJobs"),
        QT_TRANSLATE_NOOP("KindTitle", "DaemonSets"),   QT_TRANSLATE_NOOP("KindTitle", "Deployments"),
        QT_TRANSLATE_NOOP("KindTitle", "Ingresses"),    QT_TRANSLATE_NOOP("KindTitle", "Jobs"),
        QT_TRANSLATE_NOOP("KindTitle", "Namespaces"),   QT_TRANSLATE_NOOP("KindTitle", "ReplicaSets"),
        QT_TRANSLATE_NOOP("KindTitle", "Secrets"),      QT_TRANSLATE_NOOP("KindTitle", "Services"),
        QT_TRANSLATE_NOOP("KindTitle", "StatefulSets"),
    };
    return QCoreApplication::translate("KindTitle", plural.c_str());
}

TableWords plainTableWords(const QString& title) {
    return Words::plain(title);
}

TableWords tableWords(const std::string& tableId) {
    return Words::of(tableId);
}

}  // namespace quarterdeck::ui
