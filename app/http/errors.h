#pragma once

#include "app/base/error.h"

namespace quarterdeck::http {

// Parameters: {gap} "3h12m", {clock} what is known of the server's clock, {server} URL, {context} name, {detail} the
// library's words, others as the sentence shows.
inline constexpr ErrorCode kCannotResolve{
    "http.cannot-resolve",
    QT_TRANSLATE_NOOP(
        "Error",
        "Cannot find the host of {server} (context {context}): {detail}. Check the network, the VPN and the "
        "server address in the kubeconfig, then retry.")};
inline constexpr ErrorCode kCannotConnect{
    "http.cannot-connect",
    QT_TRANSLATE_NOOP("Error",
                      "Cannot connect to {server} (context {context}): {detail}. Check that the cluster runs and that "
                      "this network reaches it, then retry.")};
inline constexpr ErrorCode kTimeout{
    "http.timeout",
    QT_TRANSLATE_NOOP(
        "Error",
        "No complete answer from {server} (context {context}) within {limit}. The server or the network is "
        "slow or stuck; retry, or check the cluster's load.")};
inline constexpr ErrorCode kTooSlow{
    "http.too-slow",
    QT_TRANSLATE_NOOP(
        "Error",
        "{server} (context {context}) sends almost nothing: under 1 KiB/s for {limit}. The request was given "
        "up; check the network and proxies on the way, then retry.")};
inline constexpr ErrorCode kConnectionLost{
    "http.connection-lost",
    QT_TRANSLATE_NOOP(
        "Error",
        "The connection to {server} (context {context}) was cut in the middle of an answer: {detail}. What "
        "was shown before stays; it reconnects by itself.")};
inline constexpr ErrorCode kAnswerTooLarge{
    "http.answer-too-large",
    QT_TRANSLATE_NOOP(
        "Error",
        "The answer of {server} (context {context}) is larger than {limit} and was refused. Narrow the request "
        "to fewer namespaces, or check what answers at this address.")};
inline constexpr ErrorCode kUnknownAuthority{
    "http.unknown-authority",
    QT_TRANSLATE_NOOP(
        "Error",
        "The certificate of {server} (context {context}) is not signed by the authority in the kubeconfig: "
        "{detail}. It was issued to {subject} by {issuer}. If the cluster was rebuilt, fetch its new "
        "kubeconfig; otherwise do not connect.")};
inline constexpr ErrorCode kCertificateExpired{
    "http.certificate-expired",
    QT_TRANSLATE_NOOP(
        "Error",
        "The certificate of {server} (context {context}), issued to {subject}, expired at {notAfter}; this "
        "machine's clock says {now}, {gap} later. {clock}Renew the server's certificate, or set the clock if it is "
        "wrong.")};
inline constexpr ErrorCode kCertificateNotYetValid{
    "http.certificate-not-yet-valid",
    QT_TRANSLATE_NOOP("Error",
                      "The certificate of {server} (context {context}), issued to {subject}, is not valid before "
                      "{notBefore}; this machine's clock says {now}, {gap} earlier. {clock}Set the clock if it "
                      "is wrong, or wait until the certificate is valid.")};
inline constexpr ErrorCode kWrongHostName{
    "http.wrong-host-name",
    QT_TRANSLATE_NOOP(
        "Error",
        "The certificate of {server} (context {context}) is for {names}, not for {host}. Use one of those "
        "names in the kubeconfig, or set tls-server-name.")};
inline constexpr ErrorCode kTlsFailed{
    "http.tls-failed",
    QT_TRANSLATE_NOOP("Error",
                      "No secure connection to {server} (context {context}): {detail}. Check the certificates in the "
                      "kubeconfig and what answers at this address.")};
inline constexpr ErrorCode kBadClientCertificate{
    "http.bad-client-certificate",
    QT_TRANSLATE_NOOP(
        "Error",
        "The client certificate or key of context {context} cannot be used: {detail}. Fetch a new kubeconfig "
        "for this user.")};
// {proxy}: its address without user and password, and where that was written.
inline constexpr ErrorCode kProxyFailed{
    "http.proxy-failed",
    QT_TRANSLATE_NOOP("Error",
                      "The proxy {proxy} for {server} (context {context}) refused or failed: {detail}. Check proxy-url "
                      "in the kubeconfig or the proxy environment variables.")};
inline constexpr ErrorCode kBadAnswer{
    "http.bad-answer",
    QT_TRANSLATE_NOOP(
        "Error",
        "{server} (context {context}) does not speak proper HTTP: {detail}. Check the address and port in the "
        "kubeconfig.")};
inline constexpr ErrorCode kGateLocked{
    "http.gate-locked",
    QT_TRANSLATE_NOOP(
        "Error", "Context {context} is locked: {method} {path} was not sent. Unlock writes for this context first.")};
inline constexpr ErrorCode kGateEffect{
    "http.gate-effect",
    QT_TRANSLATE_NOOP("Error",
                      "{method} {path} was not sent: it can change the cluster but was declared as {effect}. "
                      "This is a fault of the program; please report it.")};
inline constexpr ErrorCode kMalformedRequest{
    "http.malformed-request",
    QT_TRANSLATE_NOOP("Error",
                      "{method} {path} was not sent: {detail}. This is a fault of the program; please report it.")};
inline constexpr ErrorCode kBadServerUrl{
    "http.bad-server-url",
    QT_TRANSLATE_NOOP(
        "Error", "The server address of context {context} cannot be used: {detail}. Correct it in the kubeconfig.")};
inline constexpr ErrorCode kBadCredential{
    "http.bad-credential",
    QT_TRANSLATE_NOOP(
        "Error",
        "The credentials of context {context} cannot be sent to {server}: {detail}. Fetch a new kubeconfig "
        "or log in again.")};

}  // namespace quarterdeck::http
