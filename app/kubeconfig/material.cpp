#include "app/kubeconfig/material.h"

#include <algorithm>
#include <memory>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace quarterdeck::kubeconfig {

namespace {

struct OpenSslDeleter {
    void operator()(BIO* bio) const { BIO_free_all(bio); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
template <class T>
using OpenSslPtr = std::unique_ptr<T, OpenSslDeleter>;

/// Never asks for the pass phrase of an encrypted key.
int noPassPhrase(char*, int, int, void*) {
    return -1;
}

OpenSslPtr<BIO> reader(std::string_view text) {
    return OpenSslPtr<BIO>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

}  // namespace

bool holdsPem(std::string_view text, std::string_view kind) {
    for (std::size_t at = text.find("-----BEGIN "); at != std::string_view::npos;
         at = text.find("-----BEGIN ", at + 1)) {
        const std::string_view rest = text.substr(at + 11);
        const std::string_view label = rest.substr(0, rest.find("-----"));
        if (label.size() >= kind.size() && label.substr(label.size() - kind.size()) == kind) {
            return true;
        }
    }
    return false;
}

bool mayBePair(const std::string& certificatePem, std::string_view keyPem) {
    const OpenSslPtr<BIO> certificateText = reader(certificatePem);
    const OpenSslPtr<BIO> keyText = reader(keyPem);
    bool matching = true;
    if (certificateText && keyText) {
        const OpenSslPtr<X509> certificate(PEM_read_bio_X509(certificateText.get(), nullptr, noPassPhrase, nullptr));
        const OpenSslPtr<EVP_PKEY> key(PEM_read_bio_PrivateKey(keyText.get(), nullptr, noPassPhrase, nullptr));
        matching = !certificate || !key || X509_check_private_key(certificate.get(), key.get()) == 1;
    }
    ERR_clear_error();
    return matching;
}

bool fitsHeader(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t') || byte == 0x7F;
    });
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n\v\f";
    const std::size_t begin = text.find_first_not_of(kSpace);
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

}  // namespace quarterdeck::kubeconfig
