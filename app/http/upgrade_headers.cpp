#include "app/http/upgrade_headers.h"

#include <openssl/evp.h>

namespace quarterdeck::http {
namespace {

std::string base64(const std::string& text) {
    std::string encoded((text.size() + 2) / 3 * 4 + 1, '\0');
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    encoded.resize(static_cast<std::size_t>(size));
    return encoded;
}

bool isSecret(const Header& header) {
    return equalHeaderNames(header.name, "Authorization") || equalHeaderNames(header.name, "Cookie");
}

}  // namespace

std::vector<Header> upgradeHeaders(const TransferContext& context, const Request& request, const Credential& credential,
                                   const std::vector<std::string>& protocols) {
    const bool https = context.server.https;
    const bool hasToken = https && !credential.bearerToken.empty();
    const bool hasBasic = https && !hasToken && !credential.basicUser.empty();
    std::vector<Header> headers;
    for (const auto* given : {&request.headers, &context.endpoint.extraHeaders}) {
        for (const Header& header : *given) {
            if (!(isSecret(header) && (!https || hasToken || hasBasic))) {
                headers.push_back(header);
            }
        }
    }
    if (hasToken) {
        headers.push_back({"Authorization", "Bearer " + std::string(credential.bearerToken.reveal())});
    } else if (hasBasic) {
        const std::string pair = credential.basicUser + ":" + std::string(credential.basicPassword.reveal());
        headers.push_back({"Authorization", "Basic " + base64(pair)});
    }
    headers.push_back({"User-Agent", context.options.userAgent});
    std::string offered;
    for (const std::string& protocol : protocols) {
        offered += (offered.empty() ? "" : ", ") + protocol;
    }
    if (!offered.empty()) {
        headers.push_back({"Sec-WebSocket-Protocol", offered});
    }
    return headers;
}

}  // namespace quarterdeck::http
