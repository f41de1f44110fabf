#include "app/http/curl_error.h"

#include <fmt/format.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <initializer_list>
#include <system_error>

#include "app/base/time_text.h"
#include "app/http/errors.h"

namespace quarterdeck::http {
namespace {

constexpr int kTooLargeCode = 100;  // CURLE_TOO_LARGE of libcurl 8.6 and later

template <class T>
T info(CURL* easy, CURLINFO which) {
    T value{};
    curl_easy_getinfo(easy, which, &value);
    return value;
}

/// At most ten names, so that a certificate with hundreds does not fill the screen.
std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < 10; ++i) {
        text += (i == 0 ? "" : ", ") + names[i];
    }
    return names.size() > 10 ? text + fmt::format(" and {} more", names.size() - 10) : text;
}

class Describer {
public:
    Describer(CURLcode code, const FailedTransfer& transfer) : code_(code), transfer_(transfer) {}

    [[nodiscard]] Error error() const {
        if (const long answer = info<long>(transfer_.easy, CURLINFO_HTTP_CONNECTCODE);
            answer >= 300 && !transfer_.headSeen) {
            return make(kProxyFailed, connectWords(answer));
        }
        if (failedAtProxy()) {
            return failedAtProxyError();
        }
        if (static_cast<int>(code_) == kTooLargeCode) {
            return make(kBadAnswer, "a header is too long");
        }
        switch (code_) {
            case CURLE_COULDNT_RESOLVE_HOST:
                return make(kCannotResolve, words());
            case CURLE_COULDNT_RESOLVE_PROXY:
                return make(kProxyFailed, "its host cannot be found");
            case CURLE_PROXY:
                return make(kProxyFailed, proxyWords());
            case CURLE_COULDNT_CONNECT:
            case CURLE_INTERFACE_FAILED:
                return notConnected();
            case CURLE_OPERATION_TIMEDOUT:
                return timedOut();
            case CURLE_PEER_FAILED_VERIFICATION:
                return rejectedCertificate();
            case CURLE_SSL_CACERT_BADFILE:
                return make(kTlsFailed, "the certificate-authority data is not usable PEM");
            case CURLE_SSL_CERTPROBLEM:
                return make(kBadClientCertificate, certificateProblem());
            case CURLE_SSL_CONNECT_ERROR:
                // Within the TLS of a proxy a refused certificate comes back so.
                return transfer_.handshake.refused ? rejectedCertificate() : tlsFailed();
            case CURLE_SSL_CIPHER:
            case CURLE_SSL_ISSUER_ERROR:
            case CURLE_SSL_INVALIDCERTSTATUS:
            case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
            case CURLE_SSL_ENGINE_INITFAILED:
            case CURLE_SSL_SHUTDOWN_FAILED:
            case CURLE_USE_SSL_FAILED:
                return make(kTlsFailed, words());
            case CURLE_GOT_NOTHING:
                return make(kConnectionLost, "it was closed before an answer came");
            case CURLE_PARTIAL_FILE:
                return make(kConnectionLost, cutWords());
            case CURLE_RECV_ERROR:
            case CURLE_SEND_ERROR:
                return lostOrRefused();
            case CURLE_HTTP2:
            case CURLE_HTTP2_STREAM:
                return make(kConnectionLost, fmt::format("HTTP/2: {}", words()));
            case CURLE_UNSUPPORTED_PROTOCOL:
            case CURLE_WEIRD_SERVER_REPLY:
                return make(kBadAnswer, "what came back does not begin like an HTTP answer");
            case CURLE_BAD_CONTENT_ENCODING:
                return make(kBadAnswer, "the compressed body is damaged or in an unknown encoding");
            case CURLE_OUT_OF_MEMORY:  // also libcurl's word for a header line of more than 100 kB
                return make(kBadAnswer, transfer_.headSeen ? "too much data at once" : "a header line is too long");
            case CURLE_URL_MALFORMAT:
                return make(kBadServerUrl, "libcurl does not accept it");
            default:
                // Words of a code that nobody expected could quote the server: only the code's own name is shown.
                return make(transfer_.headSeen ? kConnectionLost : kCannotConnect,
                            fmt::format("{} (code {})", curl_easy_strerror(code_), static_cast<int>(code_)));
        }
    }

private:
    [[nodiscard]] std::vector<Error::Parameter> place() const {
        return {{"server", transfer_.server.text}, {"context", transfer_.endpoint.label}};
    }

    [[nodiscard]] Error make(const ErrorCode& code, std::string detail) const {
        auto parameters = place();
        if (&code == &kProxyFailed) {
            parameters.emplace_back("proxy", transfer_.proxy.shown);
        }
        parameters.emplace_back("detail", std::move(detail));
        return makeError(code, std::move(parameters));
    }

    [[nodiscard]] bool passwordGiven() const { return !transfer_.proxy.user.empty(); }

    [[nodiscard]] std::string connectWords(long answer) const {
        if (answer == 407) {
            return passwordGiven() ? "it does not accept the user name and password (407)"
                                   : "it wants a user name and a password (407): write them into its address, as "
                                     "http://user:password@host:port";
        }
        return fmt::format(
            "it answered {} to CONNECT; perhaps it wants a sign-in, which any web page in a browser shows", answer);
    }

    /// A connection through an http or https proxy that was made but never got as far as CONNECT's answer.
    [[nodiscard]] bool failedAtProxy() const {
        const ProxyChoice& proxy = transfer_.proxy;
        const bool broke = code_ == CURLE_PEER_FAILED_VERIFICATION || code_ == CURLE_SSL_CONNECT_ERROR ||
                           code_ == CURLE_RECV_ERROR || code_ == CURLE_SEND_ERROR || code_ == CURLE_GOT_NOTHING;
        return broke && proxy.isSet() && !proxy.isSocks() && transfer_.server.https &&
               info<curl_off_t>(transfer_.easy, CURLINFO_PRETRANSFER_TIME_T) == 0 &&
               info<long>(transfer_.easy, CURLINFO_HTTP_CONNECTCODE) == 0;
    }

    [[nodiscard]] Error failedAtProxyError() const {
        const HandshakeFacts& facts = transfer_.handshake;
        if (code_ == CURLE_PEER_FAILED_VERIFICATION && facts.refused) {
            return make(kProxyFailed,
                        fmt::format("its own certificate, issued to {} by {}, was rejected: {}", facts.refused->subject,
                                    facts.refused->issuer, X509_verify_cert_error_string(facts.refusal)));
        }
        if (code_ == CURLE_PEER_FAILED_VERIFICATION) {
            return make(kProxyFailed, "its own certificate was rejected" +
                                          (facts.server ? ": it is for " + joined(facts.server->names) : ""));
        }
        if (code_ == CURLE_SSL_CONNECT_ERROR) {
            return make(kProxyFailed, "what answers there does not speak TLS; perhaps it is an http:// proxy");
        }
        return make(kProxyFailed, "it closed the connection before it answered CONNECT");
    }

    [[nodiscard]] std::string words() const {
        return *transfer_.words != '\0' ? transfer_.words : curl_easy_strerror(code_);
    }

    [[nodiscard]] bool wordsHold(std::initializer_list<std::string_view> parts) const {
        const std::string_view text = transfer_.words;
        return std::any_of(parts.begin(), parts.end(),
                           [&](std::string_view part) { return text.find(part) != std::string_view::npos; });
    }

    [[nodiscard]] bool viaProxy() const { return transfer_.proxy.isSet(); }

    [[nodiscard]] std::string proxyWords() const {
        const long reason = info<long>(transfer_.easy, CURLINFO_PROXY_ERROR);
        switch (reason) {
            case CURLPX_NO_AUTH:
                return passwordGiven() ? "it accepts no way of signing in that is known here"
                                       : "it wants a user name and a password: write them into its address, as "
                                         "socks5://user:password@host:port";
            case CURLPX_USER_REJECTED:
                return "it does not accept the user name and password";
            case CURLPX_BAD_VERSION:
            case CURLPX_UNKNOWN_MODE:
            case CURLPX_BAD_ADDRESS_TYPE:
                return "what answers there does not speak SOCKS 5";
            case CURLPX_REPLY_NOT_ALLOWED:
                return "its rules do not allow this server";
            case CURLPX_REPLY_HOST_UNREACHABLE:
            case CURLPX_REPLY_NETWORK_UNREACHABLE:
            case CURLPX_REPLY_TTL_EXPIRED:
                return "it cannot reach the server";
            case CURLPX_REPLY_CONNECTION_REFUSED:
                return "the server refused its connection";
            case CURLPX_CLOSED:
            case CURLPX_RECV_AUTH:
            case CURLPX_RECV_CONNECT:
            case CURLPX_RECV_REQACK:
                return "it closed the connection";
            default:
                return fmt::format("{} (proxy error {})", curl_easy_strerror(code_), reason);
        }
    }

    [[nodiscard]] Error notConnected() const {
        const long number = info<long>(transfer_.easy, CURLINFO_OS_ERRNO);
        std::string detail =
            number != 0 ? std::system_category().message(static_cast<int>(number)) : curl_easy_strerror(code_);
        return make(viaProxy() ? kProxyFailed : kCannotConnect, std::move(detail));
    }

    [[nodiscard]] Error timedOut() const {
        const auto connected = info<curl_off_t>(transfer_.easy, CURLINFO_PRETRANSFER_TIME_T);
        const std::chrono::microseconds spent(info<curl_off_t>(transfer_.easy, CURLINFO_TOTAL_TIME_T));
        if (connected == 0 && spent + std::chrono::milliseconds(50) >= transfer_.options.connectTimeout) {
            const bool resolved = info<curl_off_t>(transfer_.easy, CURLINFO_NAMELOOKUP_TIME_T) != 0;
            const std::string limit = durationText(transfer_.options.connectTimeout);
            if (!resolved) {
                return make(viaProxy() ? kProxyFailed : kCannotResolve,
                            fmt::format("no answer from the name service within {}", limit));
            }
            return make(viaProxy() ? kProxyFailed : kCannotConnect, fmt::format("no connection within {}", limit));
        }
        auto parameters = place();
        parameters.emplace_back("limit", durationText(transfer_.request.timeout));
        return makeError(kTimeout, std::move(parameters));
    }

    [[nodiscard]] Error rejectedCertificate() const {
        const HandshakeFacts& facts = transfer_.handshake;
        auto parameters = place();
        if (!facts.refused) {
            if (!facts.server) {
                return make(kTlsFailed, words());
            }
            const std::string& name = transfer_.endpoint.tlsServerName;
            parameters.emplace_back("names", joined(facts.server->names));
            parameters.emplace_back("host", name.empty() ? transfer_.server.host : name);
            return makeError(kWrongHostName, std::move(parameters));
        }
        parameters.emplace_back("subject", facts.refused->subject);
        parameters.emplace_back("issuer", facts.refused->issuer);
        parameters.emplace_back("notBefore", formatRfc3339(facts.refused->notBefore));
        parameters.emplace_back("notAfter", formatRfc3339(facts.refused->notAfter));
        parameters.emplace_back("now", formatRfc3339(transfer_.now));
        parameters.emplace_back("gap", gapWords(*facts.refused));
        parameters.emplace_back("clock", clockWords());
        parameters.emplace_back("detail", X509_verify_cert_error_string(facts.refusal));
        return makeError(refusalCode(), std::move(parameters));
    }

    /// How far the clock is from the time within which a certificate is valid.
    [[nodiscard]] std::string gapWords(const CertificateFacts& certificate) const {
        const Instant now = transfer_.now;
        return humanDuration(now < certificate.notBefore ? certificate.notBefore - now : now - certificate.notAfter);
    }

    [[nodiscard]] std::string clockWords() const {
        if (!transfer_.clockOffset) {
            return {};
        }
        const std::chrono::milliseconds offset = *transfer_.clockOffset;
        if (std::chrono::abs(offset) < std::chrono::seconds(2)) {
            return "By its last answer the server's clock is the same. ";
        }
        return fmt::format("By its last answer the server's clock is {} {} this machine's. ",
                           humanDuration(std::chrono::abs(offset)), offset.count() > 0 ? "ahead of" : "behind");
    }

    [[nodiscard]] const ErrorCode& refusalCode() const {
        switch (transfer_.handshake.refusal) {
            case X509_V_ERR_CERT_HAS_EXPIRED:
                return kCertificateExpired;
            case X509_V_ERR_CERT_NOT_YET_VALID:
                return kCertificateNotYetValid;
            case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
            case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
            case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
            case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
            case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
            case X509_V_ERR_CERT_SIGNATURE_FAILURE:
            case X509_V_ERR_CERT_UNTRUSTED:
            case X509_V_ERR_CERT_CHAIN_TOO_LONG:
                return kUnknownAuthority;
            default:
                return kTlsFailed;
        }
    }

    [[nodiscard]] std::string certificateProblem() const {
        if (wordsHold({"private key"})) {
            return "the key does not fit the certificate, is damaged or needs a passphrase";
        }
        return wordsHold({"client certificate"}) ? "the certificate is not usable PEM" : curl_easy_strerror(code_);
    }

    /// Why the server refused our certificate, from its TLS alert; empty where it sent none of these.
    [[nodiscard]] std::string clientCertificateAlert() const {
        if (!wordsHold({"alert"})) {
            return {};
        }
        if (wordsHold({"certificate required"})) {
            return "the server demands one and none was sent";
        }
        if (wordsHold({"unknown ca"})) {
            return "the server does not know its issuer";
        }
        if (wordsHold({"certificate expired"})) {
            return "the server says that it has expired";
        }
        if (wordsHold({"certificate revoked"})) {
            return "the server says that it was revoked";
        }
        return wordsHold({"bad certificate", "unsupported certificate", "certificate unknown", "access denied"})
                   ? "the server rejected it"
                   : "";
    }

    [[nodiscard]] Error tlsFailed() const {
        if (wordsHold({"wrong version number", "http request", "packet length too long", "record layer failure"})) {
            return viaProxy() ? make(kProxyFailed,
                                     "what comes back through it does not speak TLS; perhaps it is a web "
                                     "page of the proxy's own")
                              : make(kTlsFailed, "what answers there does not speak TLS");
        }
        if (const std::string reason = clientCertificateAlert(); !reason.empty()) {
            return make(kBadClientCertificate, reason);
        }
        return make(kTlsFailed, words());
    }

    /// With TLS 1.3 a server refuses a client certificate only after the client thinks the handshake done.
    [[nodiscard]] Error lostOrRefused() const {
        if (const std::string reason = clientCertificateAlert(); !reason.empty()) {
            return make(kBadClientCertificate, reason);
        }
        const long number = info<long>(transfer_.easy, CURLINFO_OS_ERRNO);
        if (number != 0) {
            return make(kConnectionLost, std::system_category().message(static_cast<int>(number)));
        }
        return make(kConnectionLost, curl_easy_strerror(code_));
    }

    [[nodiscard]] std::string cutWords() const {
        const auto came = info<curl_off_t>(transfer_.easy, CURLINFO_SIZE_DOWNLOAD_T);
        const auto announced = info<curl_off_t>(transfer_.easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T);
        return announced > 0 ? fmt::format("{} of {} announced bytes came", came, announced)
                             : fmt::format("it ended after {} bytes without the closing mark", came);
    }

    CURLcode code_;
    const FailedTransfer& transfer_;
};

}  // namespace

Error describeFailure(CURLcode code, const FailedTransfer& transfer) {
    return Describer(code, transfer).error();
}

std::string durationText(std::chrono::milliseconds duration) {
    const auto millis = duration.count();
    return millis % 1000 == 0 ? fmt::format("{} s", millis / 1000)
                              : fmt::format("{:.1f} s", static_cast<double>(millis) / 1000.0);
}

std::string sizeText(std::size_t bytes) {
    constexpr std::size_t kMebi = std::size_t{1} << 20U;
    if (bytes >= kMebi && bytes % kMebi == 0) {
        return fmt::format("{} MiB", bytes / kMebi);
    }
    return bytes >= std::size_t{10} * 1024 ? fmt::format("{} KiB", bytes / 1024) : fmt::format("{} bytes", bytes);
}

}  // namespace quarterdeck::http
