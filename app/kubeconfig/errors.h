#pragma once

#include "app/base/error.h"

namespace quarterdeck::kubeconfig {

// Files. Parameters: {file} path, {reason} words that hold nothing of the file's content.
inline constexpr ErrorCode kConfigNotFound{
    "kubeconfig.not-found",
    QT_TRANSLATE_NOOP(
        "Error", "Config not found: {files}. Put a kubeconfig there, or name one with KUBECONFIG or --kubeconfig.")};
inline constexpr ErrorCode kFileFailed{
    "kubeconfig.file-failed",
    QT_TRANSLATE_NOOP("Error",
                      "error loading config file \"{file}\": {reason}. Nothing of this file is used until that is "
                      "corrected; other files are not affected.")};

// Entries. Parameters: {context}, {cluster}, {user} names, {file} where the entry stands.
inline constexpr ErrorCode kContextMissing{
    "kubeconfig.context-missing",
    QT_TRANSLATE_NOOP("Error",
                      "context was not found for specified context: {context}. Choose one of the contexts that the "
                      "kubeconfig has, or correct its current-context.")};
inline constexpr ErrorCode kNoContext{
    "kubeconfig.no-context",
    QT_TRANSLATE_NOOP("Error",
                      "no context was chosen and the kubeconfig has no current-context. Name one of its contexts.")};
inline constexpr ErrorCode kUserMissing{
    "kubeconfig.user-missing",
    QT_TRANSLATE_NOOP(
        "Error",
        "user \"{user}\" was not found for context \"{context}\" ({file}). Add the user to the kubeconfig or "
        "correct the context.")};
inline constexpr ErrorCode kClusterMissing{
    "kubeconfig.cluster-missing",
    QT_TRANSLATE_NOOP("Error",
                      "cluster \"{cluster}\" was not found for context \"{context}\" ({file}). Add the cluster to the "
                      "kubeconfig or correct the context.")};
inline constexpr ErrorCode kClusterUnset{
    "kubeconfig.cluster-unset",
    QT_TRANSLATE_NOOP("Error",
                      "cluster was not specified for context \"{context}\" ({file}). Name a cluster in the context.")};
inline constexpr ErrorCode kBadNamespace{
    "kubeconfig.bad-namespace",
    QT_TRANSLATE_NOOP(
        "Error",
        "namespace \"{namespace}\" for context \"{context}\" does not conform to the kubernetes DNS_LABEL "
        "rules ({file}): at most 63 lower-case letters, digits and '-'. Correct the namespace.")};
inline constexpr ErrorCode kBadField{
    "kubeconfig.bad-field",
    QT_TRANSLATE_NOOP(
        "Error",
        "{field} of {entry} in {file} cannot be used: {reason}. Correct the field, or fetch this entry anew.")};
inline constexpr ErrorCode kNoServer{
    "kubeconfig.no-server",
    QT_TRANSLATE_NOOP("Error",
                      "no server found for cluster \"{cluster}\" ({file}). Add `server: https://…` to the cluster.")};
inline constexpr ErrorCode kBadServer{
    "kubeconfig.bad-server",
    QT_TRANSLATE_NOOP(
        "Error",
        "invalid server \"{server}\" for cluster \"{cluster}\" ({file}): {reason}. Correct the server's URL.")};
inline constexpr ErrorCode kBadProxy{
    "kubeconfig.bad-proxy",
    QT_TRANSLATE_NOOP(
        "Error",
        "invalid 'proxy-url' \"{proxy}\" for cluster \"{cluster}\": {reason} ({file}). Correct the proxy's URL.")};
inline constexpr ErrorCode kCaUnreadable{
    "kubeconfig.ca-unreadable",
    QT_TRANSLATE_NOOP(
        "Error",
        "unable to read certificate-authority {path} for {cluster} due to {reason}. Put the file there or correct "
        "{file}.")};
inline constexpr ErrorCode kCaBoth{
    "kubeconfig.ca-both",
    QT_TRANSLATE_NOOP("Error",
                      "certificate-authority-data and certificate-authority are both specified for {cluster}. "
                      "certificate-authority-data will override. Remove one of them from {file}.")};
inline constexpr ErrorCode kCaInsecure{
    "kubeconfig.ca-insecure",
    QT_TRANSLATE_NOOP(
        "Error",
        "specifying a root certificates file with the insecure flag is not allowed (cluster \"{cluster}\" in "
        "{file}). Remove insecure-skip-tls-verify, or the certificate authority.")};
inline constexpr ErrorCode kNotPem{
    "kubeconfig.not-pem",
    QT_TRANSLATE_NOOP("Error",
                      "{field} of {entry} in {file} holds no PEM {what}. Fetch this entry of the kubeconfig anew.")};
inline constexpr ErrorCode kCertBoth{
    "kubeconfig.cert-both",
    QT_TRANSLATE_NOOP(
        "Error",
        "client-cert-data and client-cert are both specified for {user}. client-cert-data will override. Remove "
        "one of them from {file}.")};
inline constexpr ErrorCode kKeyBoth{
    "kubeconfig.key-both",
    QT_TRANSLATE_NOOP(
        "Error",
        "client-key-data and client-key are both specified for {user}; client-key-data will override. Remove one "
        "of them from {file}.")};
inline constexpr ErrorCode kKeyMissing{
    "kubeconfig.key-missing",
    QT_TRANSLATE_NOOP(
        "Error",
        "client-key-data or client-key must be specified for {user} to use the clientCert authentication method "
        "({file}). Add the key that belongs to the certificate.")};
inline constexpr ErrorCode kCertUnreadable{
    "kubeconfig.cert-unreadable",
    QT_TRANSLATE_NOOP(
        "Error",
        "unable to read client-cert {path} for {user} due to {reason}. Put the file there or correct {file}.")};
inline constexpr ErrorCode kKeyUnreadable{
    "kubeconfig.key-unreadable",
    QT_TRANSLATE_NOOP(
        "Error", "unable to read client-key {path} for {user} due to {reason}. Put the file there or correct {file}.")};
inline constexpr ErrorCode kManyMethods{
    "kubeconfig.many-methods",
    QT_TRANSLATE_NOOP(
        "Error",
        "more than one authentication method found for {user}; found [{methods}], only one is allowed ({file}). "
        "Keep one of them.")};
inline constexpr ErrorCode kExecFieldMissing{
    "kubeconfig.exec-field-missing",
    QT_TRANSLATE_NOOP(
        "Error",
        "{field} must be specified for {user} to use exec authentication plugin ({file}). Add it to the user's "
        "exec section.")};
inline constexpr ErrorCode kExecBadMode{
    "kubeconfig.exec-bad-mode",
    QT_TRANSLATE_NOOP("Error",
                      "invalid interactiveMode for {user}: \"{mode}\" ({file}). Use Never, IfAvailable or Always.")};
inline constexpr ErrorCode kExecBadVersion{
    "kubeconfig.exec-bad-version",
    QT_TRANSLATE_NOOP(
        "Error",
        "exec plugin: invalid apiVersion \"{version}\" for {user} ({file}). Use client.authentication.k8s.io/v1 or "
        "v1beta1; older versions were removed from Kubernetes.")};
inline constexpr ErrorCode kExecAndProvider{
    "kubeconfig.exec-and-provider",
    QT_TRANSLATE_NOOP(
        "Error",
        "authProvider cannot be provided in combination with an exec plugin for {user} ({file}). Remove one of "
        "them.")};
inline constexpr ErrorCode kImpersonateNobody{
    "kubeconfig.impersonate-nobody",
    QT_TRANSLATE_NOOP(
        "Error",
        "requesting uid, groups or user-extra for {user} without impersonating a user ({file}). Add `as: NAME`, or "
        "remove them.")};
inline constexpr ErrorCode kProviderRemoved{
    "kubeconfig.provider-removed",
    QT_TRANSLATE_NOOP(
        "Error",
        "The {provider} auth provider of user {user} ({file}) has been removed from Kubernetes clients. Use its "
        "exec plugin {plugin} instead: fetch the kubeconfig anew with the provider's own tool.")};
inline constexpr ErrorCode kProviderUnknown{
    "kubeconfig.provider-unknown",
    QT_TRANSLATE_NOOP(
        "Error",
        "no Auth Provider found for name \"{provider}\" (user {user} in {file}). Use an exec plugin, a token or a "
        "certificate.")};
inline constexpr ErrorCode kContextUnusable{"kubeconfig.context-unusable",
                                            QT_TRANSLATE_NOOP("Error", "Context {context} cannot be used: {reasons}")};

// Credentials at work.
inline constexpr ErrorCode kTokenFileUnreadable{
    "kubeconfig.token-file-unreadable",
    QT_TRANSLATE_NOOP(
        "Error",
        "failed to read token file \"{path}\" of user {user}: {reason}. Put the token there or correct {file}.")};
inline constexpr ErrorCode kOidcExpired{
    "kubeconfig.oidc-expired",
    QT_TRANSLATE_NOOP(
        "Error",
        "The id-token of user {user} (auth-provider oidc in {file}) expired at {expired}; this machine's clock says "
        "{now}. Sign in again with the tool that wrote it, then retry.")};
inline constexpr ErrorCode kOidcNoToken{
    "kubeconfig.oidc-no-token",
    QT_TRANSLATE_NOOP(
        "Error",
        "User {user} (auth-provider oidc in {file}) has no usable id-token: {reason}. Sign in again with the tool "
        "that wrote the kubeconfig, then retry.")};

/// The provider could not tell: it failed, or something else answered in its place.
inline constexpr ErrorCode kOidcRefresh{
    "kubeconfig.oidc-refresh",
    QT_TRANSLATE_NOOP(
        "Error",
        "The sign-in of user {user} (auth-provider oidc in {file}) has expired and could not be renewed at {issuer}: "
        "{reason}. Sign in again with the tool that wrote the kubeconfig, then retry.")};
/// The provider said no, which asking again does not change.
inline constexpr ErrorCode kOidcRefused{"kubeconfig.oidc-refused", kOidcRefresh.sentence};

// Exec plugins. {command} as written in the kubeconfig, {hint} begins with a space or is empty.
inline constexpr ErrorCode kExecNotFound{
    "kubeconfig.exec-not-found",
    QT_TRANSLATE_NOOP(
        "Error",
        "exec: executable {command} not found (user {user}). It was sought in {path}. Install it, or correct its "
        "path in {file}.{hint}")};
inline constexpr ErrorCode kExecCannotStart{
    "kubeconfig.exec-cannot-start",
    QT_TRANSLATE_NOOP(
        "Error",
        "exec: executable {command} of user {user} cannot be started: {reason} ({path}). Check that it is a program "
        "for this machine and that you may run it.{hint}")};
inline constexpr ErrorCode kExecFailed{
    "kubeconfig.exec-failed",
    QT_TRANSLATE_NOOP(
        "Error",
        "exec: executable {command} failed with {outcome} (user {user}, {path}). It said: {stderr}. Run it in a "
        "terminal to see more, or sign in again and retry.{hint}")};
inline constexpr ErrorCode kExecTimeout{
    "kubeconfig.exec-timeout",
    QT_TRANSLATE_NOOP(
        "Error",
        "exec: executable {command} did not end within {limit} and was stopped (user {user}, {path}). It said: "
        "{stderr}. Run it in a terminal to see what it waits for, then retry.")};
inline constexpr ErrorCode kExecCancelled{
    "kubeconfig.exec-cancelled",
    QT_TRANSLATE_NOOP("Error",
                      "The sign-in of user {user} with {command} was cancelled. Nothing is asked for until you sign in "
                      "again.")};
inline constexpr ErrorCode kExecTooMuch{
    "kubeconfig.exec-too-much",
    QT_TRANSLATE_NOOP(
        "Error",
        "exec: executable {command} wrote more than {limit} and was stopped (user {user}, {path}). A plugin prints "
        "one ExecCredential; check what this program is.")};
inline constexpr ErrorCode kExecInteractive{
    "kubeconfig.exec-interactive",
    QT_TRANSLATE_NOOP(
        "Error",
        "exec plugin {command} of user {user} cannot support interactive mode: standard input is not a terminal. "
        "Sign in with it in a terminal, or set interactiveMode to IfAvailable or Never in {file}.")};
inline constexpr ErrorCode kExecRubbish{
    "kubeconfig.exec-rubbish",
    QT_TRANSLATE_NOOP(
        "Error",
        "decoding stdout of exec: executable {command} failed: {reason} (user {user}, {path}). It said: {stderr}. A "
        "plugin prints one ExecCredential in JSON; run it in a terminal to see what it prints.")};
inline constexpr ErrorCode kExecWrongVersion{
    "kubeconfig.exec-wrong-version",
    QT_TRANSLATE_NOOP(
        "Error",
        "exec plugin is configured to use API version {configured}, plugin returned version {returned} (user {user}, "
        "{path}). It said: {stderr}. Write that version in {file}, or update the plugin.")};
inline constexpr ErrorCode kExecNoCredential{
    "kubeconfig.exec-no-credential",
    QT_TRANSLATE_NOOP(
        "Error",
        "exec plugin didn't return {what} (user {user}, {path}). It said: {stderr}. Sign in again with it in a "
        "terminal, then retry.")};

}  // namespace quarterdeck::kubeconfig
