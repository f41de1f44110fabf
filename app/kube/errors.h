#pragma once

#include <string>

#include "app/base/error.h"
#include "app/http/message.h"
#include "app/kube/kind_descriptor.h"

namespace quarterdeck::kube {

// Parameters: {context}, {verb}, {what} ("pods in all namespaces"), {message} the server's words.
inline constexpr ErrorCode kUnauthorized{
    "kube.unauthorized",
    QT_TRANSLATE_NOOP(
        "Error",
        "The server of context {context} does not accept the sign-in (401) for {verb} {what}: {message}. Log "
        "in again or renew the credential in the kubeconfig, then retry.")};
inline constexpr ErrorCode kForbidden{
    "kube.forbidden",
    QT_TRANSLATE_NOOP(
        "Error",
        "Needs {verb} {what} (context {context}): {message}. Ask an administrator of the cluster for this "
        "permission.")};
// {pause}: "60 s".
inline constexpr ErrorCode kWatchForbidden{
    "kube.watch-forbidden",
    QT_TRANSLATE_NOOP(
        "Error",
        "Needs {verb} {what} (context {context}): {message}. What is shown is a list, which is read anew every "
        "{pause}. Ask an administrator of the cluster for this permission.")};
inline constexpr ErrorCode kPolled{
    "kube.polled",
    QT_TRANSLATE_NOOP(
        "Error",
        "The server of context {context} offers no watch of {what}. What is shown is a list, which is read anew every "
        "{pause}.")};
inline constexpr ErrorCode kNotFound{
    "kube.not-found",
    QT_TRANSLATE_NOOP(
        "Error",
        "The server of context {context} has no {what} (404 for {verb}): {message}. It may have been deleted, "
        "or this server does not serve the kind.")};
inline constexpr ErrorCode kExpired{
    "kube.expired",
    QT_TRANSLATE_NOOP(
        "Error",
        "The server of context {context} no longer has the history of {what} (410): {message}. They are read "
        "anew.")};
inline constexpr ErrorCode kVersionAhead{
    "kube.version-ahead",
    QT_TRANSLATE_NOOP(
        "Error",
        "The server of context {context} is behind what was read of {what} before ({status}): {message}. It may have "
        "been restored from a backup; they are read anew.")};
inline constexpr ErrorCode kThrottled{
    "kube.throttled",
    QT_TRANSLATE_NOOP(
        "Error",
        "The server of context {context} asks to wait (429) before {verb} {what}: {message}. It is tried again "
        "after {wait}.")};
inline constexpr ErrorCode kServerError{
    "kube.server-error",
    QT_TRANSLATE_NOOP(
        "Error",
        "The server of context {context} failed ({status}) to {verb} {what}: {message}. It is tried again; if it "
        "lasts, look at the API server's health and logs.")};
inline constexpr ErrorCode kUnexpectedStatus{
    "kube.unexpected-status",
    QT_TRANSLATE_NOOP(
        "Error",
        "The server of context {context} answered {status} to {verb} {what}: {message}. Check that the server "
        "address in the kubeconfig is a Kubernetes API.")};
inline constexpr ErrorCode kNotKubernetes{
    "kube.not-kubernetes",
    QT_TRANSLATE_NOOP(
        "Error",
        "The server of context {context} answered {verb} {what} with a web page instead of Kubernetes data "
        "(status {status}). A login page or proxy may stand in between: sign in there, or check the server "
        "address in the kubeconfig.")};
inline constexpr ErrorCode kUnreadable{
    "kube.unreadable",
    QT_TRANSLATE_NOOP(
        "Error",
        "The answer of the server of context {context} to {verb} {what} cannot be read: {cause} What was shown "
        "before stays; it is tried again.")};
inline constexpr ErrorCode kUnaskedType{
    "kube.unasked-type",
    QT_TRANSLATE_NOOP(
        "Error",
        "The server of context {context} answered {verb} {what} as {type}, which was not asked for. Check what "
        "stands between here and the API server.")};
inline constexpr ErrorCode kWatchError{
    "kube.watch-error",
    QT_TRANSLATE_NOOP(
        "Error",
        "The server of context {context} ended the watch of {what} with an error ({status}): {message}. It is "
        "opened again.")};
inline constexpr ErrorCode kLineTooLong{
    "kube.line-too-long",
    QT_TRANSLATE_NOOP(
        "Error",
        "The server of context {context} sent a watch event of {what} larger than {limit}; the watch was closed "
        "and is opened again.")};
inline constexpr ErrorCode kSilent{
    "kube.silent",
    QT_TRANSLATE_NOOP(
        "Error",
        "The server of context {context} has said nothing for {limit}. The rows may be out of date; retry, or "
        "check the connection.")};
// {namespaces}: "namespace a", "namespaces a, b and 3 more". {rights}: "list on pods in namespace c".
inline constexpr ErrorCode kScopeNarrowed{
    "kube.scope-narrowed",
    QT_TRANSLATE_NOOP(
        "Error",
        "Only {namespaces} of context {context} can be shown: to {verb} {what} is not permitted. Other namespaces are "
        "added by typing their names into the window's namespace box.")};
inline constexpr ErrorCode kScopePartly{
    "kube.scope-partly",
    QT_TRANSLATE_NOOP(
        "Error",
        "Only {namespaces} of context {context} can be shown: to {verb} {what} is not permitted. Needs {rights}; ask "
        "an administrator of the cluster for it.")};
inline constexpr ErrorCode kScopeCrowded{
    "kube.scope-crowded",
    QT_TRANSLATE_NOOP(
        "Error",
        "Only {namespaces} of context {context} can be shown: to {verb} {what} is not permitted, and {count} more "
        "namespaces were not tried: they are too many to watch one by one. Those whose names are typed into the "
        "namespace box come first.")};
inline constexpr ErrorCode kScopePartlyCrowded{
    "kube.scope-partly-crowded",
    QT_TRANSLATE_NOOP(
        "Error",
        "Only {namespaces} of context {context} can be shown: to {verb} {what} is not permitted, and {count} more "
        "namespaces were not tried: they are too many to look into one by one. Needs {rights}; ask an administrator of "
        "the cluster for it. Namespaces whose names are typed into the namespace box come first.")};
inline constexpr ErrorCode kNowhereAllowed{
    "kube.nowhere-allowed",
    QT_TRANSLATE_NOOP(
        "Error",
        "Needs {verb} {what} (context {context}): {message}. Where single namespaces are permitted, type their names "
        "into the namespace box; otherwise ask an administrator of the cluster for this permission.")};
inline constexpr ErrorCode kNowhereCrowded{
    "kube.nowhere-crowded",
    QT_TRANSLATE_NOOP(
        "Error",
        "Needs {verb} {what} (context {context}): {message}. {count} more namespaces were not tried: they are too many "
        "to look into one by one. Where single namespaces are permitted, type their names into the namespace box; "
        "otherwise ask an administrator of the cluster for this permission.")};
inline constexpr ErrorCode kTooManyPages{
    "kube.too-many-pages",
    QT_TRANSLATE_NOOP(
        "Error",
        "The server of context {context} never ends its list of {what}: {pages} pages came. Check what answers "
        "at this address.")};

/// What a call was for, in messages.
struct CallLabel {
    ContextId context;
    std::string verb;  ///< "list", "watch", "get"
    std::string what;  ///< "pods in all namespaces"
};

/// The error for an answer with a status that is not the wanted one. Reads Retry-After and the Status in the body,
/// which comes as JSON or protobuf.
[[nodiscard]] Error statusError(const http::ResponseHead& head, const std::string& body, const CallLabel& label);
/// The error for a Status object that came inside a stream.
[[nodiscard]] Error apiStatusError(const ApiStatus& status, const CallLabel& label);
/// kUnaskedType, with the answer's Content-Type.
[[nodiscard]] Error unaskedTypeError(const http::ResponseHead& head, const CallLabel& label);
/// kSilent, for rows that no event or bookmark has confirmed for `limit`.
[[nodiscard]] Error makeSilentError(const ContextId& context, std::chrono::milliseconds limit);
/// kWatchForbidden, where lists are permitted, with what the refusal of the watch says.
[[nodiscard]] Error makeWatchForbidden(const Error& refusal, std::chrono::milliseconds pause);
/// kPolled, for lists of what nobody can watch.
[[nodiscard]] Error makePolled(const ContextId& context, const std::string& what, std::chrono::milliseconds pause);
/// Failures that time does not mend and a person must: a refused sign-in, or a credential that cannot be had. They
/// are not retried in quick succession, so that no login storms arise.
[[nodiscard]] bool needsPerson(const Error& error);
/// Retry-After in seconds, at most one hour. The date form is not used by API servers and is ignored.
[[nodiscard]] std::optional<std::chrono::seconds> retryAfter(const http::ResponseHead& head);
/// True where the body or content type is a web page.
[[nodiscard]] bool looksLikeHtml(const http::ResponseHead& head, std::string_view body);
/// "pods in all namespaces", "pods in namespace x", "nodes".
[[nodiscard]] std::string describeScope(const ResourceType& type, const std::string& nameSpace);

}  // namespace quarterdeck::kube
