#include "tests/fakes/test_certificates.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <stdexcept>

namespace quarterdeck::fakes {
namespace {

template <auto Free>
struct Deleter {
    template <class T>
    void operator()(T* pointer) const {
        Free(pointer);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;
using Bio = std::unique_ptr<BIO, Deleter<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>>;

template <class T>
T require(T value) {
    if (!value) {
        throw std::runtime_error("OpenSSL refused while making a test certificate");
    }
    return value;
}

Key newKey() {
    return Key(require(EVP_EC_gen("P-256")));
}

std::string take(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string certificateText(X509* certificate) {
    const Bio bio(require(BIO_new(BIO_s_mem())));
    require(PEM_write_bio_X509(bio.get(), certificate));
    return take(bio.get());
}

std::string keyText(EVP_PKEY* key) {
    const Bio bio(require(BIO_new(BIO_s_mem())));
    require(PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr));
    return take(bio.get());
}

void addName(X509_NAME* name, const char* field, const std::string& value) {
    require(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                                       reinterpret_cast<const unsigned char*>(value.c_str()), -1, -1, 0));
}

void addExtension(X509* certificate, X509* issuer, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Extension extension(require(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str())));
    require(X509_add_ext(certificate, extension.get(), -1));
}

Certificate blank(const CertificateOptions& options, EVP_PKEY* key) {
    Certificate certificate(require(X509_new()));
    X509_set_version(certificate.get(), X509_VERSION_3);
    std::uint64_t serial = 0;
    RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial >> 1U);
    ASN1_TIME_set(X509_getm_notBefore(certificate.get()), std::chrono::system_clock::to_time_t(options.notBefore));
    ASN1_TIME_set(X509_getm_notAfter(certificate.get()), std::chrono::system_clock::to_time_t(options.notAfter));
    X509_NAME* name = X509_get_subject_name(certificate.get());
    for (const std::string& organisation : options.organisations) {
        addName(name, "O", organisation);
    }
    addName(name, "CN", options.commonName);
    require(X509_set_pubkey(certificate.get(), key));
    return certificate;
}

}  // namespace

struct TestAuthority::Impl {
    Key key = newKey();
    Certificate certificate;
    std::string pem;

    [[nodiscard]] PemIdentity issue(const CertificateOptions& options, const char* usage) const {
        const Key own = newKey();
        const Certificate issued = blank(options, own.get());
        require(X509_set_issuer_name(issued.get(), X509_get_subject_name(certificate.get())));
        addExtension(issued.get(), certificate.get(), NID_basic_constraints, "critical,CA:FALSE");
        addExtension(issued.get(), certificate.get(), NID_key_usage, "critical,digitalSignature");
        addExtension(issued.get(), certificate.get(), NID_ext_key_usage, usage);
        std::string names;
        for (const std::string& dns : options.dnsNames) {
            names += (names.empty() ? "DNS:" : ",DNS:") + dns;
        }
        for (const std::string& address : options.ipAddresses) {
            names += (names.empty() ? "IP:" : ",IP:") + address;
        }
        if (!names.empty()) {
            addExtension(issued.get(), certificate.get(), NID_subject_alt_name, names);
        }
        require(X509_sign(issued.get(), key.get(), EVP_sha256()));
        return {certificateText(issued.get()), keyText(own.get())};
    }
};

TestAuthority::TestAuthority(const std::string& commonName) : impl_(std::make_unique<Impl>()) {
    CertificateOptions options;
    options.commonName = commonName;
    options.notBefore -= std::chrono::hours(24 * 365);
    options.notAfter += std::chrono::hours(24 * 365);
    impl_->certificate = blank(options, impl_->key.get());
    X509* certificate = impl_->certificate.get();
    require(X509_set_issuer_name(certificate, X509_get_subject_name(certificate)));
    addExtension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE");
    addExtension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
    addExtension(certificate, certificate, NID_subject_key_identifier, "hash");
    require(X509_sign(certificate, impl_->key.get(), EVP_sha256()));
    impl_->pem = certificateText(certificate);
}

TestAuthority::~TestAuthority() = default;

const std::string& TestAuthority::caPem() const {
    return impl_->pem;
}

PemIdentity TestAuthority::server(const CertificateOptions& options) const {
    return impl_->issue(options, "serverAuth");
}

PemIdentity TestAuthority::expiredServer() const {
    CertificateOptions options;
    options.notBefore -= std::chrono::hours(24 * 30);
    options.notAfter -= std::chrono::hours(48);
    return server(options);
}

PemIdentity TestAuthority::notYetValidServer() const {
    CertificateOptions options;
    options.notBefore += std::chrono::hours(25);
    options.notAfter += std::chrono::hours(24 * 30);
    return server(options);
}

PemIdentity TestAuthority::wrongNameServer() const {
    CertificateOptions options;
    options.commonName = "elsewhere.example";
    options.dnsNames = {"elsewhere.example"};
    options.ipAddresses = {"192.0.2.1"};
    return server(options);
}

PemIdentity TestAuthority::client(const std::string& commonName, const std::vector<std::string>& organisations) const {
    CertificateOptions options;
    options.commonName = commonName;
    options.organisations = organisations;
    options.dnsNames.clear();
    options.ipAddresses.clear();
    return impl_->issue(options, "clientAuth");
}

std::string encryptKey(const std::string& keyPem, const std::string& passphrase) {
    const Bio in(require(BIO_new_mem_buf(keyPem.data(), static_cast<int>(keyPem.size()))));
    const Key key(require(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr)));
    const Bio out(require(BIO_new(BIO_s_mem())));
    require(PEM_write_bio_PKCS8PrivateKey(out.get(), key.get(), EVP_aes_256_cbc(), passphrase.data(),
                                          static_cast<int>(passphrase.size()), nullptr, nullptr));
    return take(out.get());
}

}  // namespace quarterdeck::fakes
