#include <algorithm>
#include <memory>
#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/base/time_text.h"
#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/connection.h"
#include "app/cli/text_table.h"
#include "app/kinds/pod.h"
#include "app/kinds/pod_status.h"
#include "app/kube/errors.h"
#include "app/kube/scoped_list.h"

namespace quarterdeck::cli {

namespace {

struct Row {
    std::string context;
    std::shared_ptr<const kinds::Pod> pod;
    Instant now;  ///< by the server's clock
};

const char* healthWord(kube::Health health) {
    switch (health) {
        case kube::Health::Good:
            return "good";
        case kube::Health::Finished:
            return "finished";
        case kube::Health::Progressing:
            return "progressing";
        case kube::Health::Warning:
            return "warning";
        case kube::Health::Critical:
            return "critical";
        case kube::Health::Unknown:
            break;
    }
    return "unknown";
}

std::string age(const Row& row) {
    return row.pod->meta.creation ? humanDuration(row.now - *row.pod->meta.creation) : "<unknown>";
}

struct Pods {
    std::vector<Row> rows;
    bool all = true;  ///< of what was asked for
};

/// `nameSpace` empty: everywhere, or where that is not permitted in each namespace that may be looked into, as the
/// console does; what may be missing is said on `err`.
Result<Pods> listPods(const Connection& connection, const std::string& nameSpace,
                      const std::shared_ptr<const Clock>& clock, StringPool& pool, std::ostream& err) {
    http::HttpTransport& transport = *connection.transport;
    kube::DecodeContext decoding{pool};
    kube::ListCall call;
    call.context = connection.context;
    call.nameSpace = nameSpace;
    std::vector<kube::ObjectPtr> items;
    Pods pods;
    if (nameSpace.empty()) {
        std::vector<std::string> named{connection.nameSpace};
        if (const auto decided = decisions(connection, err)) {
            named.insert(named.end(), decided->namespaces.begin(), decided->namespaces.end());
        }
        kube::NamespaceDirectory namespaces(connection.transport, connection.context, clock, std::move(named));
        auto list = kube::listWhereAllowed(transport, kinds::podKind(), call, decoding, namespaces, *clock, {});
        if (!list) {
            return fail(list.error());
        }
        if (list->narrowed) {
            err << describe(*list->narrowed) << '\n';
            pods.all = list->narrowed->is(kube::kScopeNarrowed);
        }
        items = std::move(list->items);
    } else {
        auto list = kube::listAll(transport, kinds::podKind(), call, decoding, {});
        if (!list) {
            return fail(list.error());
        }
        items = std::move(list->items);
    }
    const Instant now = clock->now() + transport.clockOffset().value_or(std::chrono::milliseconds(0));
    for (const kube::ObjectPtr& object : items) {
        pods.rows.push_back({connection.context, std::static_pointer_cast<const kinds::Pod>(object), now});
    }
    return pods;
}

void printJson(std::ostream& out, const std::vector<Row>& rows) {
    auto list = nlohmann::json::array();
    for (const Row& row : rows) {
        const kinds::PodSummary summary = kinds::summarise(*row.pod);
        list.push_back({{"context", row.context},
                        {"namespace", row.pod->meta.nameSpace.str()},
                        {"name", row.pod->meta.name},
                        {"ready", kinds::readyText(summary)},
                        {"status", summary.status},
                        {"plainStatus", kinds::plainStatus(*row.pod)},
                        {"health", healthWord(row.pod->health)},
                        {"restarts", summary.restarts},
                        {"created", row.pod->meta.creation ? formatRfc3339(*row.pod->meta.creation) : std::string()},
                        {"age", age(row)},
                        {"node", row.pod->node.str()}});
    }
    out << list.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
}

void printRows(std::ostream& out, const std::vector<Row>& rows, bool withContext) {
    std::vector<std::string> titles{"NAMESPACE", "NAME", "READY", "STATUS", "RESTARTS", "AGE", "NODE"};
    if (withContext) {
        titles.insert(titles.begin(), "CONTEXT");
    }
    std::vector<std::vector<std::string>> cells;
    for (const Row& row : rows) {
        const kinds::PodSummary summary = kinds::summarise(*row.pod);
        std::vector<std::string> line{row.pod->meta.nameSpace.str(),
                                      row.pod->meta.name,
                                      kinds::readyText(summary),
                                      summary.status,
                                      kinds::restartsText(summary, row.now),
                                      age(row),
                                      row.pod->node.empty() ? "<none>" : row.pod->node.str()};
        if (withContext) {
            line.insert(line.begin(), row.context);
        }
        cells.push_back(std::move(line));
    }
    printTable(out, titles, cells);
}

}  // namespace

int runPods(const std::vector<std::string>& words, std::ostream& out, std::ostream& err) {
    const auto arguments = Arguments::parse(
        words,
        {{"--kubeconfig"}, {"--format"}, {"--context"}, {"--namespace", true, "-n"}, {"--all-namespaces", false, "-A"}},
        err);
    if (!arguments) {
        return kUsage;
    }
    const std::string format = arguments->value("--format", "table");
    if (format != "table" && format != "json") {
        err << "qdeck: --format is table or json\n";
        return kUsage;
    }
    if (arguments->has("--namespace") && arguments->has("--all-namespaces")) {
        err << "qdeck: give either --namespace or --all-namespaces\n";
        return kUsage;
    }
    const auto config = loadConfig(*arguments, err);
    std::vector<std::string> contexts = arguments->values("--context");
    if (contexts.empty() && !config.currentContext.empty()) {
        contexts = {config.currentContext};
    }
    if (contexts.empty()) {
        err << kNoContext;
        return kFailure;
    }
    const auto services = credentialServices();
    StringPool pool;
    std::vector<Row> rows;
    bool sound = true;
    for (const std::string& context : contexts) {
        const auto connection = connectTo(config, context, services);
        if (!connection) {
            err << describe(connection.error()) << '\n';
            sound = false;
            continue;
        }
        const std::string nameSpace =
            arguments->has("--all-namespaces") ? std::string() : arguments->value("--namespace", connection->nameSpace);
        auto listed = listPods(*connection, nameSpace, services.clock, pool, err);
        if (!listed) {
            err << describe(listed.error()) << '\n';
            sound = false;
            continue;
        }
        sound = sound && listed->all;
        std::move(listed->rows.begin(), listed->rows.end(), std::back_inserter(rows));
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Row& left, const Row& right) {
        return std::make_tuple(kube::healthRank(left.pod->health), left.pod->path(), left.context) <
               std::make_tuple(kube::healthRank(right.pod->health), right.pod->path(), right.context);
    });
    if (format == "json") {
        printJson(out, rows);
    } else if (!rows.empty() || sound) {
        printRows(out, rows, contexts.size() > 1);
    }
    return sound ? kSuccess : kFailure;
}

}  // namespace quarterdeck::cli
