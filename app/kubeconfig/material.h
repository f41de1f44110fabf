#pragma once

#include <string>
#include <string_view>

#include "app/kubeconfig/text_file.h"

namespace quarterdeck::kubeconfig {

/// Whether a PEM text holds a block of a kind: "CERTIFICATE", or "PRIVATE KEY" (also of older forms).
[[nodiscard]] bool holdsPem(std::string_view text, std::string_view kind);

/// Whether a certificate and a key belong together; true too where either cannot be read (the TLS library tells then).
[[nodiscard]] bool mayBePair(const std::string& certificatePem, std::string_view keyPem);

/// Whether a text can stand in an HTTP header: no line breaks or other control characters.
[[nodiscard]] bool fitsHeader(std::string_view text);

/// Text without white space around it.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace quarterdeck::kubeconfig
