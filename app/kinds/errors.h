#pragma once

#include "app/base/error.h"
#include "app/kube/kind_descriptor.h"

namespace quarterdeck::kinds {

/// Why an answer could not be decoded. The sentences speak of "the answer"; whoever asked wraps them in an error of
/// their own that names the server and the request. Pieces of the answer come as the parameter `beginning`.
inline constexpr ErrorCode kEmptyAnswer{
    "kinds.empty-answer",
    QT_TRANSLATE_NOOP("Error",
                      "The answer is empty where {expected} was expected. The connection may have been cut; "
                      "try again.")};
inline constexpr ErrorCode kHtmlAnswer{
    "kinds.html-answer",
    QT_TRANSLATE_NOOP("Error",
                      "The answer is a web page (HTML) where {expected} was expected. A proxy or a login page "
                      "stands between here and the API server; check the server address and the proxy. It "
                      "begins with: {beginning}")};
inline constexpr ErrorCode kNotJson{
    "kinds.not-json",
    QT_TRANSLATE_NOOP("Error",
                      "The answer is not JSON where {expected} was expected. Check that the server address "
                      "leads to a Kubernetes API server. It begins with: {beginning}")};
inline constexpr ErrorCode kTruncated{
    "kinds.truncated",
    QT_TRANSLATE_NOOP("Error",
                      "The answer ends in the middle of {expected}, after {bytes} bytes. The connection was "
                      "cut; nothing of it is shown. Try again.")};
inline constexpr ErrorCode kBrokenJson{
    "kinds.broken-json",
    QT_TRANSLATE_NOOP("Error",
                      "The answer is damaged JSON where {expected} was expected ({detail}); nothing of it is "
                      "shown. Try again; if it happens again, look at proxies on the way.")};
inline constexpr ErrorCode kNotProtobuf{
    "kinds.not-protobuf",
    QT_TRANSLATE_NOOP("Error",
                      "The answer says that it is Kubernetes protobuf but is not, where {expected} was expected. "
                      "Check what stands between here and the API server. It begins with: {beginning}")};
inline constexpr ErrorCode kBrokenProtobuf{
    "kinds.broken-protobuf",
    QT_TRANSLATE_NOOP("Error",
                      "The answer is damaged protobuf where {expected} was expected ({detail}); nothing of it is "
                      "shown. Try again; if it happens again, look at proxies on the way.")};
inline constexpr ErrorCode kTooLarge{
    "kinds.too-large",
    QT_TRANSLATE_NOOP("Error",
                      "The answer of {bytes} bytes is too large to decode ({expected}). Choose a namespace to "
                      "make it smaller.")};
inline constexpr ErrorCode kWrongKind{
    "kinds.wrong-kind",
    QT_TRANSLATE_NOOP("Error",
                      "The answer is a “{found}” where {expected} was expected. The server may speak another "
                      "version of the API.")};
/// Parameters code, reason, message; httpStatus and retryAfter as the Status says.
inline constexpr ErrorCode kStatusAnswer{
    "kinds.status-answer",
    QT_TRANSLATE_NOOP("Error", "The API server answered {code} {reason} where {expected} was expected: {message}")};
using kube::kIncompleteObject;
inline constexpr ErrorCode kUnknownWatchEvent{
    "kinds.unknown-watch-event",
    QT_TRANSLATE_NOOP("Error", "A watch event has the unknown type “{type}” where {expected} was expected.")};

}  // namespace quarterdeck::kinds
