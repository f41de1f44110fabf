#include "app/kube/errors.h"

#include <charconv>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/base/utf8.h"
#include "app/kube/protobuf.h"

namespace quarterdeck::kube {

namespace {

constexpr std::size_t kMessageLimit = 400;

std::string contentType(const http::ResponseHead& head) {
    std::string type(http::findHeader(head.headers, "content-type"));
    for (char& c : type) {
        c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    return type;
}

std::string secondsText(std::chrono::milliseconds time) {
    return fmt::format("{} s", std::chrono::duration_cast<std::chrono::seconds>(time).count());
}

/// A server's own final stop would double ours.
std::string trimmed(std::string text) {
    while (!text.empty() && (text.back() == '.' || text.back() == '\n' || text.back() == ' ')) {
        text.pop_back();
    }
    if (text.size() > kMessageLimit) {
        text.resize(utf8Prefix(text, kMessageLimit).size());
        text += "…";
    }
    return text;
}

ApiStatus readStatus(const http::ResponseHead& head, const std::string& body) {
    ApiStatus status;
    status.code = head.status;
    if (isProtobuf(head)) {
        if (const auto envelope = openEnvelope(body); envelope && envelope->kind == "Status") {
            if (auto read = readProtobufStatus(envelope->raw)) {
                status = std::move(*read);
            }
        }
        return status;
    }
    const auto json = nlohmann::json::parse(body, nullptr, false);
    if (json.is_object()) {
        if (const auto it = json.find("message"); it != json.end() && it->is_string()) {
            status.message = it->get<std::string>();
        }
        if (const auto it = json.find("reason"); it != json.end() && it->is_string()) {
            status.reason = it->get<std::string>();
        }
    } else {
        status.message = utf8Prefix(body, 200);
    }
    return status;
}

/// How API servers say that a version lies in their future; the cause in the details carries the same words.
bool isVersionAhead(int code, const std::string& message) {
    return code == 504 && message.find("Too large resource version") != std::string::npos;
}

Error errorFor(int code, const std::string& rawMessage, const CallLabel& label,
               std::optional<std::chrono::seconds> wait) {
    std::string message = trimmed(rawMessage);
    if (message.empty()) {
        message = "no reason given";
    }
    std::vector<Error::Parameter> parameters{{"context", label.context},
                                             {"verb", label.verb},
                                             {"what", label.what},
                                             {"message", message},
                                             {"status", std::to_string(code)}};
    const ErrorCode* kind = &kUnexpectedStatus;
    switch (code) {
        case 401:
            kind = &kUnauthorized;
            break;
        case 403:
            kind = &kForbidden;
            break;
        case 404:
            kind = &kNotFound;
            break;
        case 410:
            kind = &kExpired;
            break;
        case 429:
            kind = &kThrottled;
            parameters.emplace_back("wait", wait ? fmt::format("{} s", wait->count()) : std::string("a pause"));
            break;
        default:
            if (isVersionAhead(code, rawMessage)) {
                kind = &kVersionAhead;
            } else if (code >= 500) {
                kind = &kServerError;
            }
    }
    Error error = makeError(*kind, std::move(parameters));
    error.httpStatus = code;
    error.retryAfter = wait;
    return error;
}

}  // namespace

std::optional<std::chrono::seconds> retryAfter(const http::ResponseHead& head) {
    const std::string_view text = http::findHeader(head.headers, "retry-after");
    int seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || seconds < 0) {
        return std::nullopt;
    }
    return std::chrono::seconds(std::min(seconds, 3600));
}

bool looksLikeHtml(const http::ResponseHead& head, std::string_view body) {
    if (contentType(head).starts_with("text/html")) {
        return true;
    }
    const std::size_t start = body.find_first_not_of(" \t\r\n");
    return start != std::string_view::npos && body[start] == '<';
}

Error statusError(const http::ResponseHead& head, const std::string& body, const CallLabel& label) {
    if (looksLikeHtml(head, body) && head.status != 401 && head.status != 403) {
        Error error = makeError(kNotKubernetes, {{"context", label.context},
                                                 {"verb", label.verb},
                                                 {"what", label.what},
                                                 {"status", std::to_string(head.status)}});
        error.httpStatus = head.status;
        error.retryAfter = retryAfter(head);
        return error;
    }
    const ApiStatus status = readStatus(head, looksLikeHtml(head, body) ? std::string() : body);
    return errorFor(head.status, status.message, label, retryAfter(head));
}

Error apiStatusError(const ApiStatus& status, const CallLabel& label) {
    std::optional<std::chrono::seconds> wait;
    if (status.retryAfterSeconds) {
        wait = std::chrono::seconds(std::clamp(*status.retryAfterSeconds, 0, 3600));
    }
    if (status.code == 410 || status.code == 429 || status.code == 403 || status.code == 401 ||
        isVersionAhead(status.code, status.message)) {
        return errorFor(status.code, status.message, label, wait);
    }
    Error error = makeError(kWatchError, {{"context", label.context},
                                          {"what", label.what},
                                          {"status", std::to_string(status.code)},
                                          {"message", trimmed(status.message)}});
    error.httpStatus = status.code;
    error.retryAfter = wait;
    return error;
}

Error unaskedTypeError(const http::ResponseHead& head, const CallLabel& label) {
    return makeError(kUnaskedType, {{"context", label.context},
                                    {"verb", label.verb},
                                    {"what", label.what},
                                    {"type", std::string(http::findHeader(head.headers, "content-type"))}});
}

bool needsPerson(const Error& error) {
    return error.httpStatus == 401 ||
           (error.code != nullptr && std::string_view(error.code->id).starts_with("kubeconfig."));
}

Error makeSilentError(const ContextId& context, std::chrono::milliseconds limit) {
    return makeError(kSilent, {{"context", context}, {"limit", secondsText(limit)}});
}

Error makePolled(const ContextId& context, const std::string& what, std::chrono::milliseconds pause) {
    return makeError(kPolled, {{"context", context}, {"what", what}, {"pause", secondsText(pause)}});
}

Error makeWatchForbidden(const Error& refusal, std::chrono::milliseconds pause) {
    Error error = makeError(kWatchForbidden, refusal.parameters);
    error.parameters.emplace_back("pause", secondsText(pause));
    error.httpStatus = refusal.httpStatus;
    return error;
}

std::string describeScope(const ResourceType& type, const std::string& nameSpace) {
    std::string text = type.resource;
    if (!type.group.empty()) {
        text += "." + type.group;
    }
    if (!type.namespaced) {
        return text;
    }
    return nameSpace.empty() ? text + " in all namespaces" : text + " in namespace " + nameSpace;
}

}  // namespace quarterdeck::kube
