#include <algorithm>
#include <iterator>
#include <ostream>

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/connection.h"
#include "app/cli/manifest.h"
#include "app/kube/apply.h"
#include "app/kube/discovery.h"
#include "app/kube/field_changes.h"

namespace quarterdeck::cli {

namespace {

using kube::FieldChange;

inline constexpr ErrorCode kKindNotServed{
    "cli.kind-not-served",
    QT_TRANSLATE_NOOP("Error",
                      "The server of context {context} does not serve the kind {kind} of {group}, so {name} was not "
                      "sent. Check apiVersion and kind, and whether the kind's definition is installed.")};
inline constexpr ErrorCode kOtherNamespace{
    "cli.other-namespace",
    QT_TRANSLATE_NOOP("Error",
                      "{kind} {name} belongs to namespace {namespace}, not to {wanted}; it was not sent. Leave out -n, "
                      "or change the file.")};

/// Long values say little on a line.
std::string shown(const std::string& value) {
    constexpr std::size_t kLongest = 200;
    return escapeForDisplay(value, kLongest);
}

void print(std::ostream& out, const FieldChange& change) {
    const std::string field = escapeForDisplay(change.field, 500);
    switch (change.kind) {
        case FieldChange::Kind::Added:
            out << "  + " << field << (change.hidden ? " (the value is not shown)" : ": " + shown(change.after));
            break;
        case FieldChange::Kind::Removed:
            out << "  - " << field << (change.hidden ? " (the value is not shown)" : ": " + shown(change.before));
            break;
        case FieldChange::Kind::Changed:
            out << "  ~ " << field
                << (change.hidden ? " (the values are not shown)"
                                  : ": " + shown(change.before) + " -> " + shown(change.after));
            break;
    }
    out << '\n';
}

/// One after the other, with what came of each.
class Applying {
public:
    Applying(const Connection& connection, kube::ApplyOptions options, std::string onlyNamespace, std::ostream& out,
             std::ostream& err)
        : connection_(connection),
          client_(connection.transport, connection.context),
          options_(options),
          onlyNamespace_(std::move(onlyNamespace)),
          out_(out),
          err_(err) {}

    /// Whether all is well with this object.
    bool apply(const ManifestObject& given, const std::stop_token& stop) {
        const auto type = typeOf(given, stop);
        if (!type) {
            return tell(type.error());
        }
        std::string nameSpace;
        if (type->namespaced) {
            nameSpace = given.nameSpace.empty() ? connection_.nameSpace : given.nameSpace;
            if (!onlyNamespace_.empty() && nameSpace != onlyNamespace_) {
                return tell(makeError(kOtherNamespace, {{"kind", given.kind},
                                                        {"name", given.name},
                                                        {"namespace", nameSpace},
                                                        {"wanted", onlyNamespace_}}));
            }
        }
        const auto before = client_.get(*type, nameSpace, given.name, stop);
        if (!before && before.error().httpStatus != 404) {
            return tell(before.error());
        }
        const auto applied = kube::apply(client_, *type, nameSpace, given.name, given.object, options_, stop);
        if (!applied) {
            tell(applied.error().error);
            for (const kube::FieldConflict& conflict : applied.error().conflicts) {
                err_ << "  " << escapeForDisplay(conflict.field, 500) << " is managed by "
                     << escapeForDisplay(conflict.manager, 300) << '\n';
            }
            return false;
        }
        const auto changes = kube::fieldChanges(before ? *before : nlohmann::json(), applied->object);
        const bool would = options_.dryRun;
        out_ << escapeForDisplay(kube::qualifiedName(*type)) << ' ' << escapeForDisplay(given.name)
             << (nameSpace.empty() ? "" : " in namespace " + escapeForDisplay(nameSpace)) << ": "
             << (applied->created  ? (would ? "would be created" : "created")
                 : changes.empty() ? (would ? "would stay as it is" : "is as it was")
                                   : (would ? "would change" : "changed"))
             << '\n';
        for (const FieldChange& change : changes) {
            print(out_, change);
        }
        out_.flush();
        return true;
    }

private:
    bool tell(const Error& error) {
        err_ << describe(error) << '\n';
        return false;
    }
    /// Asks what is served once more where a kind is missing: an object before it may define it.
    Result<kube::ResourceType> typeOf(const ManifestObject& given, const std::stop_token& stop) {
        for (const bool anew : {false, true}) {
            if (anew || !served_) {
                auto found = kube::discover(client_, stop);
                if (!found) {
                    return fail(found.error());
                }
                served_ = std::move(*found);
            }
            for (const kube::ServedResource& resource : served_->resources) {
                if (resource.type.group == given.group && resource.type.kind == given.kind) {
                    kube::ResourceType type = resource.type;
                    type.version = given.version;
                    return type;
                }
            }
        }
        if (const auto away = std::find_if(served_->stale.begin(), served_->stale.end(),
                                           [&](const kube::StaleGroup& one) { return one.group == given.group; });
            away != served_->stale.end()) {
            return fail(away->reason);
        }
        return fail(kKindNotServed, {{"context", connection_.context},
                                     {"kind", given.kind},
                                     {"group", given.group.empty() ? "the core group" : "group " + given.group},
                                     {"name", given.name}});
    }

    const Connection& connection_;
    kube::KubeClient client_;
    kube::ApplyOptions options_;
    std::string onlyNamespace_;
    std::ostream& out_;
    std::ostream& err_;
    std::optional<kube::Discovery> served_;
};

}  // namespace

int runApply(const std::vector<std::string>& words, std::ostream& out, std::ostream& err) {
    const auto arguments = Arguments::parse(words,
                                            {{"--filename", true, "-f"},
                                             {"--kubeconfig"},
                                             {"--context"},
                                             {"--namespace", true, "-n"},
                                             {"--dry-run", false},
                                             {"--force", false},
                                             {"--yes-production", false}},
                                            err);
    if (!arguments) {
        return kUsage;
    }
    if (!arguments->has("--filename")) {
        err << "qdeck: apply needs -f FILE (see qdeck --help)\n";
        return kUsage;
    }
    std::vector<ManifestObject> objects;
    for (const std::string& file : arguments->values("--filename")) {
        const auto text = readManifest(file);
        auto read = text ? parseManifest(*text, file) : Result<std::vector<ManifestObject>>(fail(text.error()));
        if (!read) {
            err << describe(read.error()) << '\n';
            return kFailure;
        }
        std::move(read->begin(), read->end(), std::back_inserter(objects));
    }
    const InterruptGuard interrupt;
    const auto connection = connect(*arguments, err);
    if (!connection) {
        return kFailure;
    }
    const kube::ApplyOptions options{arguments->has("--dry-run"), arguments->has("--force")};
    if (!options.dryRun && refusedByLock(*connection, *arguments, "--dry-run shows what would change", err)) {
        return kFailure;
    }
    connection->transport->setLocked(options.dryRun);
    Applying applying(*connection, options, arguments->value("--namespace"), out, err);
    bool good = true;
    for (const ManifestObject& object : objects) {
        good = applying.apply(object, interrupt.token()) && good;
        if (interrupt.token().stop_requested()) {
            return kInterrupted;
        }
    }
    return good ? kSuccess : kFailure;
}

}  // namespace quarterdeck::cli
