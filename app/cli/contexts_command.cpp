#include <ostream>

#include <nlohmann/json.hpp>

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/text_table.h"
#include "app/kubeconfig/contexts.h"
#include "app/kubeconfig/loader.h"

namespace quarterdeck::cli {

namespace {

nlohmann::json errorsJson(const std::vector<Error>& errors) {
    auto list = nlohmann::json::array();
    for (const Error& error : errors) {
        list.push_back({{"code", error.code->id}, {"text", describe(error)}});
    }
    return list;
}

std::string dump(const nlohmann::json& json) {
    return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

int runContexts(const std::vector<std::string>& words, std::ostream& out, std::ostream& err) {
    const auto arguments = Arguments::parse(words, {{"--kubeconfig"}, {"--format"}}, err);
    if (!arguments) {
        return kUsage;
    }
    const std::string format = arguments->value("--format", "table");
    if (format != "table" && format != "json") {
        err << "qdeck: --format is table or json\n";
        return kUsage;
    }
    const auto config = kubeconfig::load(kubeconfig::LoadOptions::fromEnvironment(arguments->value("--kubeconfig")));
    const auto contexts = kubeconfig::summarise(config);
    bool sound = config.fileErrors.empty();
    if (format == "json") {
        auto list = nlohmann::json::array();
        for (const auto& context : contexts) {
            sound = sound && context.usable();
            list.push_back({{"name", context.name},
                            {"server", context.server},
                            {"user", context.userKind},
                            {"namespace", context.nameSpace},
                            {"current", context.current},
                            {"production", context.productionGuess},
                            {"usable", context.usable()},
                            {"errors", errorsJson(context.errors)}});
        }
        out << dump({{"contexts", list}, {"errors", errorsJson(config.fileErrors)}}) << '\n';
        return sound ? kSuccess : kFailure;
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto& context : contexts) {
        sound = sound && context.usable();
        rows.push_back({context.current ? "*" : "", context.name, context.server, context.userKind, context.nameSpace,
                        context.productionGuess ? "yes" : "no", context.usable() ? "yes" : "no"});
    }
    printTable(out, {"CURRENT", "NAME", "SERVER", "USER", "NAMESPACE", "PRODUCTION", "USABLE"}, rows);
    for (const Error& error : config.fileErrors) {
        err << describe(error) << '\n';
    }
    for (const auto& context : contexts) {
        for (const Error& error : context.errors) {
            err << escapeForDisplay(context.name) << ": " << describe(error) << '\n';
        }
    }
    return sound ? kSuccess : kFailure;
}

}  // namespace quarterdeck::cli
