#include "tests/fakes/hostile_peer.h"

#include <charconv>

namespace quarterdeck::fakes {

bool HostileServer::Peer::readRequest(HostileRequest& request) {
    char part[16384];
    std::size_t end = std::string::npos;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
        const int count = read(part, sizeof part);
        if (count <= 0) {
            return false;
        }
        buffer_.append(part, static_cast<std::size_t>(count));
    }
    request.headText = buffer_.substr(0, end + 4);
    buffer_.erase(0, end + 4);
    const std::string_view text = request.headText;
    std::size_t at = text.find("\r\n");
    const std::string_view line = text.substr(0, at);
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || last <= first) {
        return false;
    }
    request.method = line.substr(0, first);
    request.target = line.substr(first + 1, last - first - 1);
    for (at += 2; at + 2 < text.size();) {
        const std::size_t next = text.find("\r\n", at);
        const std::string_view header = text.substr(at, next - at);
        const std::size_t colon = header.find(':');
        if (colon != std::string_view::npos) {
            const std::size_t value = header.find_first_not_of(' ', colon + 1);
            request.headers.emplace_back(header.substr(0, colon),
                                         value == std::string_view::npos ? std::string_view() : header.substr(value));
        }
        at = next + 2;
    }
    std::size_t length = 0;
    const std::string announced = request.header("content-length");
    std::from_chars(announced.data(), announced.data() + announced.size(), length);
    const bool chunked = request.header("transfer-encoding") == "chunked";
    while (chunked ? buffer_.find("0\r\n\r\n") == std::string::npos : buffer_.size() < length) {
        const int count = read(part, sizeof part);
        if (count <= 0) {
            return false;
        }
        buffer_.append(part, static_cast<std::size_t>(count));
    }
    if (chunked) {
        std::size_t size = 1;
        while (size != 0) {
            const std::size_t lineEnd = buffer_.find("\r\n");
            size = 0;
            std::from_chars(buffer_.data(), buffer_.data() + lineEnd, size, 16);
            request.body += buffer_.substr(lineEnd + 2, size);
            buffer_.erase(0, lineEnd + 2 + size + 2);
        }
    } else {
        request.body = buffer_.substr(0, length);
        buffer_.erase(0, length);
    }
    if (tls_) {
        if (X509* certificate = SSL_get0_peer_certificate(tls_.get())) {
            const std::unique_ptr<BIO, BioFree> bio(BIO_new(BIO_s_mem()));
            X509_NAME_print_ex(bio.get(), X509_get_subject_name(certificate), 0, XN_FLAG_ONELINE);
            char* data = nullptr;
            const long size = BIO_get_mem_data(bio.get(), &data);
            request.clientSubject.assign(data, static_cast<std::size_t>(size));
        }
    }
    request.connection = number_;
    return true;
}

}  // namespace quarterdeck::fakes
