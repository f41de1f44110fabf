#include "app/http/tls_setup.h"

#include <openssl/bio.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <arpa/inet.h>

#include <array>
#include <ctime>

namespace quarterdeck::http {
namespace {

using FactsHolder = std::shared_ptr<HandshakeFacts>;

void freeHolder(void* /*parent*/, void* pointer, CRYPTO_EX_DATA* /*data*/, int /*index*/, long /*number*/,
                void* /*argument*/) {
    delete static_cast<FactsHolder*>(pointer);
}

int holderIndex() {
    static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, freeHolder);
    return index;
}

std::string text(const X509_NAME* name) {
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> bio(BIO_new(BIO_s_mem()), BIO_free_all);
    X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string text(const ASN1_STRING* string) {
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
            static_cast<std::size_t>(ASN1_STRING_length(string))};
}

Instant instant(const ASN1_TIME* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) {
        return {};
    }
    return Instant(std::chrono::seconds(timegm(&parts)));
}

std::string address(const ASN1_STRING* bytes) {
    std::array<char, INET6_ADDRSTRLEN> buffer{};
    const int length = ASN1_STRING_length(bytes);
    if (length != 4 && length != 16) {
        return {};
    }
    inet_ntop(length == 4 ? AF_INET : AF_INET6, ASN1_STRING_get0_data(bytes), buffer.data(), buffer.size());
    return buffer.data();
}

std::vector<std::string> namesOf(X509* certificate) {
    std::vector<std::string> names;
    auto* alternatives =
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
    const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> guard(alternatives, GENERAL_NAMES_free);
    for (int i = 0; alternatives != nullptr && i < sk_GENERAL_NAME_num(alternatives); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(alternatives, i);
        if (name->type == GEN_DNS) {
            names.push_back(text(name->d.dNSName));
        } else if (name->type == GEN_IPADD) {
            names.push_back(address(name->d.iPAddress));
        }
    }
    if (names.empty()) {
        const X509_NAME* subject = X509_get_subject_name(certificate);
        const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
        if (at >= 0) {
            names.push_back(text(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at))));
        }
    }
    return names;
}

CertificateFacts factsOf(X509* certificate) {
    return {text(X509_get_subject_name(certificate)), text(X509_get_issuer_name(certificate)), namesOf(certificate),
            instant(X509_get0_notBefore(certificate)), instant(X509_get0_notAfter(certificate))};
}

int onVerify(int accepted, X509_STORE_CTX* store) {
    const auto* tls = static_cast<const SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    const auto* holder = static_cast<const FactsHolder*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(tls), holderIndex()));
    HandshakeFacts& facts = **holder;
    if (!facts.server) {
        if (X509* server = X509_STORE_CTX_get0_cert(store)) {
            facts.server = factsOf(server);
        }
    }
    if (accepted == 0 && !facts.refused) {
        facts.refusal = X509_STORE_CTX_get_error(store);
        if (X509* current = X509_STORE_CTX_get_current_cert(store)) {
            facts.refused = factsOf(current);
        }
    }
    return accepted;
}

CURLcode onContext(CURL* /*easy*/, void* context, void* facts) {
    auto* tls = static_cast<SSL_CTX*>(context);
    auto holder = std::make_unique<FactsHolder>(*static_cast<const FactsHolder*>(facts));
    **holder = {};
    if (SSL_CTX_set_ex_data(tls, holderIndex(), holder.get()) != 1) {
        return CURLE_OUT_OF_MEMORY;
    }
    static_cast<void>(holder.release());  // freeHolder
    SSL_CTX_set_verify(tls, SSL_CTX_get_verify_mode(tls), onVerify);
    return CURLE_OK;
}

curl_blob blob(std::string_view text) {
    // libcurl only reads it; the structure is shared with writing callers.
    return {const_cast<char*>(text.data()), text.size(), CURL_BLOB_NOCOPY};
}

}  // namespace

void applyTls(CURL* easy, const Endpoint& endpoint, const Credential& credential, const FactsHolder& facts) {
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, endpoint.insecureSkipTlsVerify ? 0L : 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, endpoint.insecureSkipTlsVerify ? 0L : 2L);
    if (!endpoint.insecureSkipTlsVerify) {
        curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, onContext);
        curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, const_cast<FactsHolder*>(&facts));
    }
    if (!endpoint.caPem.empty()) {
        curl_blob authorities = blob(endpoint.caPem);
        curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &authorities);
        // Replaces the system's roots, which libcurl would otherwise add from its built-in folder.
        curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
    }
    if (!credential.clientCertificatePem.empty()) {
        curl_blob certificate = blob(credential.clientCertificatePem);
        curl_easy_setopt(easy, CURLOPT_SSLCERT_BLOB, &certificate);
        curl_easy_setopt(easy, CURLOPT_SSLCERTTYPE, "PEM");
        const Secret& key = credential.clientKeyPem;
        curl_blob keyBlob = blob(key.reveal());
        curl_easy_setopt(easy, CURLOPT_SSLKEY_BLOB, &keyBlob);
        curl_easy_setopt(easy, CURLOPT_SSLKEYTYPE, "PEM");
        // Never ask on the terminal for the passphrase of an encrypted key.
        curl_easy_setopt(easy, CURLOPT_KEYPASSWD, "");
    }
}

void applyProxy(CURL* easy, const ProxyChoice& proxy, const Endpoint& endpoint) {
    curl_easy_setopt(easy, CURLOPT_PROXY, proxy.url.c_str());
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
    if (!proxy.user.empty() || !proxy.password.empty()) {
        std::string password(proxy.password.reveal());
        curl_easy_setopt(easy, CURLOPT_PROXYAUTH, static_cast<long>(CURLAUTH_BASIC));
        curl_easy_setopt(easy, CURLOPT_PROXYUSERNAME, proxy.user.c_str());
        curl_easy_setopt(easy, CURLOPT_PROXYPASSWORD, password.c_str());
        wipeString(password);
    }
    if (!proxy.isHttps()) {
        return;
    }
    curl_easy_setopt(easy, CURLOPT_PROXY_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(easy, CURLOPT_PROXY_SSL_VERIFYPEER, endpoint.insecureSkipTlsVerify ? 0L : 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY_SSL_VERIFYHOST, endpoint.insecureSkipTlsVerify ? 0L : 2L);
    if (!endpoint.caPem.empty()) {
        curl_blob authorities = blob(endpoint.caPem);
        curl_easy_setopt(easy, CURLOPT_PROXY_CAINFO_BLOB, &authorities);
    }
}

}  // namespace quarterdeck::http
