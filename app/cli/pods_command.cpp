#include <algorithm>
#include <memory>
#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/base/time_text.h"
#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/text_table.h"
#include "app/http/transport.h"
#include "app/kinds/pod.h"
#include "app/kinds/pod_status.h"
#include "app/kube/list_call.h"
#include "app/kubeconfig/contexts.h"
#include "app/kubeconfig/credential_source.h"
#include "app/kubeconfig/loader.h"
#include "app/kubeconfig/resolve.h"

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

Result<std::vector<Row>> listPods(const kubeconfig::Kubeconfig& config, const std::string& context,
                                  const std::string& nameSpace, const kubeconfig::CredentialServices& services,
                                  StringPool& pool) {
    auto endpoint = kubeconfig::endpointFor(config, context);
    if (!endpoint) {
        return fail(endpoint.error());
    }
    auto credentials = kubeconfig::makeCredentialSource(config, context, services);
    if (!credentials) {
        return fail(credentials.error());
    }
    http::TransportOptions options;
    options.userAgent = "qdeck/" QUARTERDECK_VERSION;
    http::HttpTransport transport(std::move(*endpoint), std::move(*credentials), services.clock, options);
    kube::DecodeContext decoding{pool};
    kube::ListCall call;
    call.context = context;
    call.nameSpace = nameSpace;
    auto list = kube::listAll(transport, kinds::podKind(), call, decoding, {});
    if (!list) {
        return fail(list.error());
    }
    const Instant now = services.clock->now() + transport.clockOffset().value_or(std::chrono::milliseconds(0));
    std::vector<Row> rows;
    for (const kube::ObjectPtr& object : list->items) {
        rows.push_back({context, std::static_pointer_cast<const kinds::Pod>(object), now});
    }
    return rows;
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
    const auto config = kubeconfig::load(kubeconfig::LoadOptions::fromEnvironment(arguments->value("--kubeconfig")));
    for (const Error& error : config.fileErrors) {
        err << describe(error) << '\n';
    }
    std::vector<std::string> contexts = arguments->values("--context");
    if (contexts.empty() && !config.currentContext.empty()) {
        contexts = {config.currentContext};
    }
    if (contexts.empty()) {
        err << "qdeck: no context: the kubeconfig has no current-context; name one with --context (see qdeck "
               "contexts)\n";
        return kFailure;
    }
    const auto clock = std::make_shared<SystemClock>();
    const kubeconfig::CredentialServices services{
        clock, std::make_shared<kubeconfig::ExecPluginCache>(kubeconfig::ExecOptions::fromEnvironment(clock)), {}};
    StringPool pool;
    std::vector<Row> rows;
    bool sound = true;
    for (const std::string& context : contexts) {
        std::string nameSpace = arguments->value("--namespace");
        if (nameSpace.empty() && !arguments->has("--all-namespaces")) {
            const kubeconfig::Context* entry = config.context(context);
            nameSpace = entry != nullptr && !entry->nameSpace.empty() ? entry->nameSpace : "default";
        }
        auto listed = listPods(config, context, nameSpace, services, pool);
        if (!listed) {
            err << describe(listed.error()) << '\n';
            sound = false;
            continue;
        }
        std::move(listed->begin(), listed->end(), std::back_inserter(rows));
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
