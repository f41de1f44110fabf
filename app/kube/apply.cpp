#include "app/kube/apply.h"

#include <fmt/format.h>

#include "app/kube/errors.h"
#include "app/kube/patient_send.h"

namespace quarterdeck::kube {

using nlohmann::json;

namespace {

/// Objects are copied and walked by recursion; a real one nests a few dozen deep.
constexpr int kMaxJsonDepth = 512;

std::string text(const json& object, const char* key) {
    if (!object.is_object()) {
        return {};
    }
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

const json& member(const json& object, const char* key) {
    static const json nothing;
    const auto found = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && found != object.end() ? *found : nothing;
}

/// The manager of: conflict with "kubectl" with subresource "status" using apps/v1 at 2026-…
std::string managerOf(const std::string& message) {
    const std::size_t open = message.find('"');
    const std::size_t close = open == std::string::npos ? open : message.find('"', open + 1);
    if (close == std::string::npos) {
        return message;
    }
    std::string manager = message.substr(open + 1, close - open - 1);
    constexpr std::string_view kPart = " with subresource \"";
    if (message.compare(close + 1, kPart.size(), kPart) == 0) {
        const std::size_t start = close + 1;
        const std::size_t end = message.find('"', start + kPart.size());
        manager += message.substr(start, end == std::string::npos ? end : end + 1 - start);
    }
    return manager;
}

std::vector<FieldConflict> conflictsOf(const json& status) {
    std::vector<FieldConflict> conflicts;
    for (const json& cause : member(member(status, "details"), "causes")) {
        if (text(cause, "reason") == "FieldManagerConflict") {
            conflicts.push_back({managerOf(text(cause, "message")), text(cause, "field")});
        }
    }
    return conflicts;
}

std::string describe(const std::vector<FieldConflict>& conflicts) {
    constexpr std::size_t kShown = 10;
    std::string owners;
    for (std::size_t i = 0; i < conflicts.size() && i < kShown; ++i) {
        owners += fmt::format("{}{} ({})", i == 0 ? "" : ", ", conflicts[i].field, conflicts[i].manager);
    }
    return conflicts.size() > kShown ? owners + fmt::format(" and {} more", conflicts.size() - kShown) : owners;
}

bool holdsSecrets(const ResourceType& type) {
    return type.group.empty() && type.kind == "Secret";
}

/// What a server says of a Secret may repeat its values: only reason and fields are kept.
json withoutValues(json status) {
    if (!status.is_object()) {
        return status;
    }
    std::string fields;
    if (const auto details = status.find("details"); details != status.end() && details->is_object()) {
        if (const auto causes = details->find("causes"); causes != details->end() && causes->is_array()) {
            for (json& cause : *causes) {
                if (text(cause, "reason") != "FieldManagerConflict" && cause.is_object()) {
                    cause.erase("message");
                }
                fields += (fields.empty() ? "" : ", ") + text(cause, "field");
            }
        }
    }
    status["message"] = fmt::format("{}{}{} (what the server said may hold values of the Secret and is not shown)",
                                    text(status, "reason"), fields.empty() ? "" : ": ", fields);
    return status;
}

/// A value of a Secret that is no text, which servers refuse; empty = all are.
std::string valueThatIsNoText(const json& secret) {
    for (const char* part : {"data", "stringData"}) {
        const json& values = member(secret, part);
        if (!values.is_object()) {
            continue;
        }
        for (const auto& [key, value] : values.items()) {
            if (!value.is_string() && !value.is_null()) {
                return fmt::format("{}.{}", part, key);
            }
        }
    }
    return {};
}

ApplyFailure failureOf(const http::Response& refusal, const CallLabel& label, bool secret) {
    http::Response answer = refusal;
    json status = json::parse(answer.body, nullptr, false);
    if (secret) {
        status = withoutValues(std::move(status));
        answer.body = status.is_object() ? status.dump(-1, ' ', false, json::error_handler_t::replace) : std::string();
    }
    const int code = answer.head.status;
    if (text(status, "kind") != "Status" || (code != 409 && code != 400 && code != 422)) {
        return {statusError(answer.head, answer.body, label), {}};
    }
    auto conflicts = conflictsOf(status);
    std::string message = text(status, "message");
    while (message.ends_with('.') || message.ends_with('\n')) {
        message.pop_back();
    }
    const ErrorCode& kind = code != 409 ? kInvalidObject : conflicts.empty() ? kChangedMeanwhile : kApplyConflict;
    Error error = makeError(kind, {{"context", label.context},
                                   {"what", label.what},
                                   {"owners", describe(conflicts)},
                                   {"message", std::move(message)},
                                   {"status", std::to_string(code)}});
    error.httpStatus = code;
    return {std::move(error), std::move(conflicts)};
}

}  // namespace

tl::expected<Applied, ApplyFailure> apply(KubeClient& client, const ResourceType& type, const std::string& nameSpace,
                                          const std::string& name, json object, const ApplyOptions& options,
                                          std::stop_token stop) {
    const auto dropManagers = [](json& of) {
        if (const auto meta = of.find("metadata"); meta != of.end() && meta->is_object()) {
            meta->erase("managedFields");
        }
    };
    dropManagers(object);
    http::Request request;
    request.method = "PATCH";
    request.target = KubeClient::path(type, nameSpace, name) + "?fieldManager=quarterdeck";
    request.target += options.force ? "&force=true" : "";
    request.target += options.dryRun ? "&dryRun=All" : "";
    request.effect = options.dryRun ? http::Effect::Probe : http::Effect::Write;
    request.headers = {{"Content-Type", "application/apply-patch+yaml"}, {"Accept", "application/json"}};
    request.body = object.dump(-1, ' ', false, json::error_handler_t::replace);  // JSON is YAML
    CallLabel label{client.context(), options.dryRun ? "apply (dry run)" : "apply", type.resource + " " + name};
    if (type.namespaced && !nameSpace.empty()) {
        label.what += " in namespace " + nameSpace;
    }
    const bool secret = holdsSecrets(type);
    if (const std::string field = secret ? valueThatIsNoText(object) : std::string(); !field.empty()) {
        Error error = makeError(kInvalidObject, {{"context", label.context},
                                                 {"what", label.what},
                                                 {"message", field + " is no text; put it into quotes"},
                                                 {"status", "not sent"}});
        return tl::unexpected(ApplyFailure{std::move(error), {}});
    }
    auto answer = sendPatiently(client.channel(), request, std::move(stop));
    if (!answer) {
        return tl::unexpected(ApplyFailure{answer.error(), {}});
    }
    const bool good = answer->head.status == 200 || answer->head.status == 201;
    if (!good || looksLikeHtml(answer->head, answer->body)) {
        return tl::unexpected(failureOf(*answer, label, secret));
    }
    bool tooDeep = false;
    const auto watchDepth = [&tooDeep](int depth, json::parse_event_t /*event*/, json& /*parsed*/) {
        tooDeep = tooDeep || depth > kMaxJsonDepth;
        return !tooDeep;
    };
    json stored = json::parse(answer->body, watchDepth, false);
    if (tooDeep || !stored.is_object()) {
        return tl::unexpected(ApplyFailure{
            makeError(kUnreadable, {{"context", label.context}, {"verb", label.verb}, {"what", label.what}},
                      makeError(kUnexpectedStatus, {{"context", label.context},
                                                    {"verb", label.verb},
                                                    {"what", label.what},
                                                    {"status", "200"},
                                                    {"message", "the body is not a JSON object"}})),
            {}});
    }
    dropManagers(stored);
    return Applied{std::move(stored), answer->head.status == 201};
}

}  // namespace quarterdeck::kube
