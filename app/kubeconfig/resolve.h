#pragma once

#include <string>

#include "app/base/result.h"
#include "app/http/endpoint.h"
#include "app/kubeconfig/model.h"

namespace quarterdeck::kubeconfig {

/// How to reach the server of a context: CA files read, impersonation headers made, URL normalised. Fails with
/// kContextUnusable, whose cause text lists every reason. Blocks for disk.
[[nodiscard]] Result<http::Endpoint> endpointFor(const Kubeconfig& config, const std::string& contextName);

/// The server's URL with a scheme (https where there is TLS material, as client-go does) and no trailing slash.
[[nodiscard]] std::string normalisedServerUrl(const Cluster& cluster, bool hasClientCertificate);

}  // namespace quarterdeck::kubeconfig
