#include "app/kubeconfig/client_certificate.h"

#include <sys/stat.h>

#include "app/kubeconfig/errors.h"
#include "app/kubeconfig/material.h"

namespace quarterdeck::kubeconfig {

FileStamp FileStamp::of(const std::string& path) {
    struct stat info {};
    if (path.empty() || ::stat(path.c_str(), &info) != 0) {
        return {};
    }
    const auto nanoseconds = [](const timespec& time) {
        return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
    };
    return {static_cast<std::uint64_t>(info.st_dev), static_cast<std::uint64_t>(info.st_ino),
            static_cast<std::int64_t>(info.st_size), nanoseconds(info.st_mtim), nanoseconds(info.st_ctim)};
}

ClientCertificate::ClientCertificate(const User& user)
    : userName_(user.name),
      file_(user.origin.file),
      certificatePath_(user.clientCertificateData.empty() ? resolvePath(user.origin, user.clientCertificate) : ""),
      keyPath_(user.clientKeyData.empty() ? resolvePath(user.origin, user.clientKey) : ""),
      inline_{user.clientCertificateData, user.clientKeyData} {}

Result<ClientCertificate::Pair> ClientCertificate::read() const {
    Pair pair = inline_;
    const auto unreadable = [this](const ErrorCode& code, const std::string& path, std::string reason) {
        return fail(code, {{"path", path}, {"user", userName_}, {"reason", std::move(reason)}, {"file", file_}});
    };
    if (!certificatePath_.empty()) {
        OrReason<std::string> bytes = readBytes(certificatePath_, kMaxMaterialBytes);
        if (!bytes || !holdsPem(*bytes, "CERTIFICATE")) {
            return unreadable(kCertUnreadable, certificatePath_, bytes ? "it holds no PEM certificate" : bytes.error());
        }
        pair.certificatePem = std::move(*bytes);
    }
    if (!keyPath_.empty()) {
        OrReason<std::string> bytes = readBytes(keyPath_, kMaxMaterialBytes);
        if (!bytes || !holdsPem(*bytes, "PRIVATE KEY")) {
            return unreadable(kKeyUnreadable, keyPath_, bytes ? "it holds no PEM private key" : bytes.error());
        }
        pair.keyPem = Secret(*bytes);
        wipeString(*bytes);
    }
    return pair;
}

Result<ClientCertificate::Pair> ClientCertificate::pair() {
    const std::scoped_lock lock(mutex_);
    const std::array<FileStamp, 2> stamps{FileStamp::of(certificatePath_), FileStamp::of(keyPath_)};
    if (last_ && stamps == stamps_) {
        return *last_;
    }
    Result<Pair> fresh = read();
    if (!fresh) {
        return last_ ? Result<Pair>(*last_) : fresh;
    }
    if (last_ && !mayBePair(fresh->certificatePem, fresh->keyPem.reveal())) {
        return *last_;
    }
    stamps_ = stamps;
    last_ = std::move(*fresh);
    return *last_;
}

}  // namespace quarterdeck::kubeconfig
