#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace quarterdeck::fakes {

/// A certificate chain and its private key, both PEM.
struct PemIdentity {
    std::string certificatePem;
    std::string keyPem;
};

struct CertificateOptions {
    std::string commonName = "quarterdeck-test-server";
    std::vector<std::string> dnsNames{"localhost"};
    std::vector<std::string> ipAddresses{"127.0.0.1"};
    std::chrono::sys_seconds notBefore =
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) - std::chrono::hours(1);
    std::chrono::sys_seconds notAfter =
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + std::chrono::hours(24);
    /// Only for clients: the O= entries that Kubernetes reads as groups.
    std::vector<std::string> organisations;
};

/// A certificate authority made at run time, in memory (EC P-256). Throws std::runtime_error where OpenSSL fails.
class TestAuthority {
public:
    explicit TestAuthority(const std::string& commonName = "Quarterdeck Test CA");
    ~TestAuthority();
    TestAuthority(const TestAuthority&) = delete;
    TestAuthority& operator=(const TestAuthority&) = delete;

    [[nodiscard]] const std::string& caPem() const;
    [[nodiscard]] PemIdentity server(const CertificateOptions& options = {}) const;
    /// Expired a day ago / valid from tomorrow / for "elsewhere.example" and 192.0.2.1 only.
    [[nodiscard]] PemIdentity expiredServer() const;
    [[nodiscard]] PemIdentity notYetValidServer() const;
    [[nodiscard]] PemIdentity wrongNameServer() const;
    [[nodiscard]] PemIdentity client(const std::string& commonName,
                                     const std::vector<std::string>& organisations = {}) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The key of an identity encrypted with a passphrase (AES-256, PKCS#8).
[[nodiscard]] std::string encryptKey(const std::string& keyPem, const std::string& passphrase);

}  // namespace quarterdeck::fakes
