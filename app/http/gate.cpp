#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>

#include <nlohmann/json.hpp>

#include "app/http/errors.h"
#include "app/http/gate_target.h"
#include "app/http/transport.h"

namespace quarterdeck::http {
namespace {

using Pattern = std::string_view;

bool isOneOf(std::string_view text, std::initializer_list<std::string_view> choices) {
    return std::find(choices.begin(), choices.end(), text) != choices.end();
}

/// Words that open a channel, leave the API server or hand out a credential, wherever they stand.
bool isPowerful(std::string_view segment) {
    return isOneOf(segment,
                   {"exec", "attach", "portforward", "proxy", "eviction", "token", "console", "vnc", "run", "cri"});
}

/// Subresources whose GET only shows something.
bool isReadableSubresource(std::string_view name) {
    return isOneOf(name, {"status", "scale", "log", "resize", "ephemeralcontainers", "approval", "finalize"});
}

/// Subresources that honour `dryRun=All`.
bool isDryRunSubresource(std::string_view name) {
    return name.empty() || name == "eviction" || name == "binding" || (isReadableSubresource(name) && name != "log");
}

/// Segments against "a/*/b", where '*' is any one segment.
bool matches(std::span<const std::string> segments, Pattern pattern) {
    for (const std::string& segment : segments) {
        if (pattern.empty()) {
            return false;
        }
        const std::size_t end = pattern.find('/');
        const Pattern expected = pattern.substr(0, end);
        if (expected != "*" && expected != segment) {
            return false;
        }
        pattern = end == Pattern::npos ? Pattern() : pattern.substr(end + 1);
    }
    return pattern.empty();
}

bool matchesAny(std::span<const std::string> segments, std::span<const Pattern> patterns) {
    return std::any_of(patterns.begin(), patterns.end(), [&](Pattern pattern) { return matches(segments, pattern); });
}

/// A service may sit below a path of up to two segments ("/prometheus/api/v1/query").
bool matchesBelowPrefix(std::span<const std::string> segments, std::span<const Pattern> patterns) {
    for (std::size_t prefix = 0; prefix <= 2 && prefix < segments.size(); ++prefix) {
        if (prefix > 0 && isPowerful(segments[prefix - 1])) {
            return false;
        }
        if (matchesAny(segments.subspan(prefix), patterns)) {
            return true;
        }
    }
    return false;
}

// What Prometheus answers to GET and to POST with a form alike.
constexpr std::array<Pattern, 6> kQueries{"api/v1/query",  "api/v1/query_range", "api/v1/query_exemplars",
                                          "api/v1/series", "api/v1/labels",      "api/v1/format_query"};

// GET through the service proxy: Prometheus, Alertmanager, Jaeger, RabbitMQ's management API, the usual health paths.
constexpr std::array<Pattern, 52> kProxiedReads{"api/v1/query",
                                                "api/v1/query_range",
                                                "api/v1/query_exemplars",
                                                "api/v1/series",
                                                "api/v1/labels",
                                                "api/v1/format_query",
                                                "api/v1/label/*/values",
                                                "api/v1/targets",
                                                "api/v1/targets/metadata",
                                                "api/v1/rules",
                                                "api/v1/alerts",
                                                "api/v1/metadata",
                                                "api/v1/alertmanagers",
                                                "api/v1/status/*",
                                                "api/v2/alerts",
                                                "api/v2/alerts/groups",
                                                "api/v2/silences",
                                                "api/v2/silence/*",
                                                "api/v2/status",
                                                "api/v2/receivers",
                                                "api/services",
                                                "api/services/*/operations",
                                                "api/operations",
                                                "api/traces",
                                                "api/traces/*",
                                                "api/dependencies",
                                                "api/metrics/*",
                                                "api/v3/services",
                                                "api/v3/operations",
                                                "api/v3/traces",
                                                "api/v3/traces/*",
                                                "api/v3/trace-summaries",
                                                "api/v3/dependencies",
                                                "api/overview",
                                                "api/nodes",
                                                "api/nodes/*",
                                                "api/queues",
                                                "api/queues/*",
                                                "api/queues/*/*",
                                                "api/vhosts",
                                                "api/exchanges",
                                                "api/connections",
                                                "api/channels",
                                                "api/consumers",
                                                "api/health/checks/*",
                                                "metrics",
                                                "healthz",
                                                "readyz",
                                                "livez",
                                                "-/healthy",
                                                "-/ready",
                                                "version"};

// GET through the node proxy: the kubelet's figures. Its other paths run commands.
constexpr std::array<Pattern, 8> kNodeReads{"metrics",       "metrics/cadvisor", "metrics/resource", "metrics/probes",
                                            "stats/summary", "healthz",          "configz",          "pods"};

constexpr std::array<Pattern, 9> kReviews{"apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                                          "apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
                                          "apis/authorization.k8s.io/v1/subjectaccessreviews",
                                          "apis/authorization.k8s.io/v1/namespaces/*/localsubjectaccessreviews",
                                          "apis/authorization.k8s.io/v1beta1/selfsubjectaccessreviews",
                                          "apis/authorization.k8s.io/v1beta1/selfsubjectrulesreviews",
                                          "apis/authentication.k8s.io/v1/selfsubjectreviews",
                                          "apis/authentication.k8s.io/v1beta1/selfsubjectreviews",
                                          "apis/authentication.k8s.io/v1alpha1/selfsubjectreviews"};

bool isForm(const Request& request) {
    return findHeader(request.headers, "Content-Type").starts_with("application/x-www-form-urlencoded");
}

bool overridesMethod(const Request& request) {
    return std::any_of(request.headers.begin(), request.headers.end(), [](const Header& header) {
        return equalHeaderNames(header.name, "X-HTTP-Method-Override") ||
               equalHeaderNames(header.name, "X-HTTP-Method") || equalHeaderNames(header.name, "X-Method-Override");
    });
}

/// `df` with display flags on absolute paths, without input or terminal: the fixed commands that may run as a probe.
bool isProbeCommand(const GateTarget& target) {
    const auto command = target.values("command");
    for (const char* channel : {"stdin", "tty"}) {
        const auto values = target.values(channel);
        if (std::any_of(values.begin(), values.end(), [](std::string_view value) { return value != "false"; })) {
            return false;
        }
    }
    return !command.empty() && command.front() == "df" &&
           std::all_of(command.begin() + 1, command.end(), [](std::string_view argument) {
               return isOneOf(argument, {"-P", "-k", "-Pk", "-kP", "-h", "-T", "-i", "-Pi"}) ||
                      (argument.starts_with('/') && argument.find("..") == std::string_view::npos);
           });
}

Effect effectOfGet(const GateTarget& target) {
    const auto path = parseApiPath(target.segments);
    if (!path) {
        const bool powerful = std::any_of(target.segments.begin(), target.segments.end(), isPowerful);
        return powerful ? Effect::Write : Effect::Read;
    }
    if (path->legacyProxy) {
        return Effect::Write;
    }
    if (path->subresource.empty()) {
        return Effect::Read;
    }
    if (path->subresource == "exec") {
        const bool ofPod =
            path->group.empty() && path->version == "v1" && path->resource == "pods" && path->rest.empty();
        return ofPod && isProbeCommand(target) ? Effect::Probe : Effect::Write;
    }
    if (path->subresource == "proxy") {
        const bool ofService = path->group.empty() && isOneOf(path->resource, {"services", "pods"});
        const bool ofNode = path->group.empty() && path->resource == "nodes";
        return (ofService && matchesBelowPrefix(path->rest, kProxiedReads)) ||
                       (ofNode && matchesAny(path->rest, kNodeReads))
                   ? Effect::Read
                   : Effect::Write;
    }
    if (isOneOf(path->group, {"custom.metrics.k8s.io", "external.metrics.k8s.io"})) {
        return Effect::Read;
    }
    const bool labelValues = path->group.empty() && path->resource == "label" && path->subresource == "values";
    return path->rest.empty() && (isReadableSubresource(path->subresource) || labelValues) ? Effect::Read
                                                                                           : Effect::Write;
}

/// Whether the server will take it for a dry run. A DELETE reads its options from the body where there is one.
bool isDryRun(const Request& request, const GateTarget& target, const ApiPath& path) {
    if (path.legacyProxy || !isDryRunSubresource(path.subresource) || !path.rest.empty()) {
        return false;
    }
    if (request.method == "DELETE" && !request.body.empty()) {
        constexpr std::string_view kKey = "\"dryRun\"";
        const std::size_t key = request.body.find(kKey);
        const std::string_view type = findHeader(request.headers, "Content-Type");
        if (key == std::string::npos || request.body.find(kKey, key + 1) != std::string::npos ||
            request.body.find('\\') != std::string::npos || (!type.empty() && !type.starts_with("application/json"))) {
            return false;
        }
        const auto options = nlohmann::json::parse(request.body, nullptr, false);
        return options.is_object() && options.contains("dryRun") && options["dryRun"] == nlohmann::json::array({"All"});
    }
    const auto values = target.values("dryRun");
    return values.size() == 1 && values.front() == "All";
}

Effect effectOf(const Request& request) {
    const auto target = parseGateTarget(request.target);
    if (!target || overridesMethod(request)) {
        return Effect::Write;
    }
    if (isOneOf(request.method, {"GET", "HEAD", "OPTIONS"})) {
        return request.body.empty() ? effectOfGet(*target) : Effect::Write;
    }
    if (!isOneOf(request.method, {"POST", "PUT", "PATCH", "DELETE"})) {
        return Effect::Write;
    }
    const auto path = parseApiPath(target->segments);
    if (!path) {
        return Effect::Write;
    }
    if (request.method == "POST") {
        if (matchesAny(target->segments, kReviews)) {
            return Effect::Read;
        }
        const bool proxied = path->group.empty() && !path->legacyProxy && path->subresource == "proxy" &&
                             isOneOf(path->resource, {"services", "pods"});
        const bool query = proxied ? matchesBelowPrefix(path->rest, kQueries) : matchesAny(target->segments, kQueries);
        if (query && isForm(request)) {
            return Effect::Read;
        }
        if (path->group.empty() && path->version == "v1" && path->resource == "pods" && path->subresource == "exec" &&
            path->rest.empty()) {
            return request.body.empty() && isProbeCommand(*target) ? Effect::Probe : Effect::Write;
        }
    }
    return isDryRun(request, *target, *path) ? Effect::Probe : Effect::Write;
}

/// What is wrong with the shape of a request, whatever it would do; empty where nothing is.
std::string_view malformation(const Request& request) {
    const auto isVisible = [](char letter) { return letter > ' ' && letter < 0x7f; };
    if (request.method.empty() || !std::all_of(request.method.begin(), request.method.end(),
                                               [](char letter) { return letter >= 'A' && letter <= 'Z'; })) {
        return "the method is not a word in capitals";
    }
    if (!request.target.starts_with('/')) {
        return "the target does not begin with a slash";
    }
    if (!std::all_of(request.target.begin(), request.target.end(), isVisible) ||
        request.target.find('#') != std::string::npos) {
        return "the target holds characters that must be percent-encoded";
    }
    for (const Header& header : request.headers) {
        const bool named = !header.name.empty() && std::all_of(header.name.begin(), header.name.end(), isVisible) &&
                           header.name.find(':') == std::string::npos;
        if (!named || header.value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
            return "a header holds a line break or a bad name";
        }
    }
    return {};
}

std::string nameOf(Effect effect) {
    switch (effect) {
        case Effect::Read:
            return "read";
        case Effect::Probe:
            return "probe";
        case Effect::Write:
            break;
    }
    return "write";
}

}  // namespace

std::optional<Error> checkEffect(const Request& request, bool locked) {
    const std::string path = request.target.substr(0, request.target.find('?'));
    if (const std::string_view detail = malformation(request); !detail.empty()) {
        return makeError(kMalformedRequest,
                         {{"method", request.method}, {"path", path}, {"detail", std::string(detail)}});
    }
    if (request.effect == Effect::Write) {
        if (locked) {
            return makeError(kGateLocked, {{"method", request.method}, {"path", path}});
        }
        return std::nullopt;
    }
    const Effect actual = effectOf(request);
    const bool passes = actual == Effect::Read || (actual == Effect::Probe && request.effect == Effect::Probe);
    if (passes) {
        return std::nullopt;
    }
    return makeError(kGateEffect, {{"method", request.method}, {"path", path}, {"effect", nameOf(request.effect)}});
}

}  // namespace quarterdeck::http
