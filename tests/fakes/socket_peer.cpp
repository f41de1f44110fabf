#include "tests/fakes/socket_peer.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>

namespace quarterdeck::fakes {

namespace {

std::string acceptKey(const std::string& key) {
    const std::string text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
    SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
    std::array<unsigned char, 32> encoded{};
    const int size = EVP_EncodeBlock(encoded.data(), digest.data(), SHA_DIGEST_LENGTH);
    return {reinterpret_cast<const char*>(encoded.data()), static_cast<std::size_t>(size)};
}

}  // namespace

bool SocketPeer::accept(const HostileRequest& request, const std::string& protocol,
                        const std::vector<std::pair<std::string, std::string>>& headers) {
    std::vector<std::pair<std::string, std::string>> all{
        {"Upgrade", "websocket"},
        {"Connection", "Upgrade"},
        {"Sec-WebSocket-Accept", acceptKey(request.header("sec-websocket-key"))}};
    if (!protocol.empty()) {
        all.emplace_back("Sec-WebSocket-Protocol", protocol);
    }
    all.insert(all.end(), headers.begin(), headers.end());
    return connection_.head(101, all);
}

std::string SocketPeer::encode(int opcode, std::string_view payload, bool final, int reserved, bool masked) {
    std::string frame(1, static_cast<char>((final ? 0x80 : 0) | (reserved << 4) | opcode));
    const char mask = masked ? static_cast<char>(0x80) : '\0';
    const int lengthBytes = payload.size() < 126 ? 0 : payload.size() < 65536 ? 2 : 8;
    frame += static_cast<char>(mask | static_cast<char>(lengthBytes == 0   ? static_cast<int>(payload.size())
                                                        : lengthBytes == 2 ? 126
                                                                           : 127));
    for (int i = lengthBytes - 1; i >= 0; --i) {
        frame += static_cast<char>(payload.size() >> (8U * static_cast<unsigned>(i)));
    }
    if (masked) {
        frame.append(4, '\0');  // masking with zeroes changes nothing
    }
    frame += payload;
    return frame;
}

bool SocketPeer::close(unsigned code, std::string_view text) {
    std::string payload{static_cast<char>(code >> 8U), static_cast<char>(code)};
    payload += text;
    return frame(8, payload);
}

bool SocketPeer::fill(std::size_t size) {
    if (at_ > 0 && at_ == buffer_.size()) {
        buffer_.clear();
        at_ = 0;
    }
    while (buffer_.size() - at_ < size) {
        const std::string more = connection_.receive();
        if (more.empty()) {
            return false;
        }
        buffer_ += more;
    }
    return true;
}

std::optional<SocketFrame> SocketPeer::next() {
    const auto byte = [this](std::size_t offset) { return static_cast<unsigned char>(buffer_[at_ + offset]); };
    if (!fill(2)) {
        return std::nullopt;
    }
    SocketFrame frame;
    frame.final = (byte(0) & 0x80U) != 0;
    frame.opcode = byte(0) & 0x0fU;
    frame.masked = (byte(1) & 0x80U) != 0;
    std::size_t size = byte(1) & 0x7fU;
    std::size_t head = 2;
    const std::size_t lengthBytes = size == 126 ? 2 : size == 127 ? 8 : 0;
    if (!fill(head + lengthBytes + 4)) {
        return std::nullopt;
    }
    if (lengthBytes > 0) {
        size = 0;
        for (std::size_t i = 0; i < lengthBytes; ++i) {
            size = size << 8U | byte(head + i);
        }
        head += lengthBytes;
    }
    std::array<unsigned char, 4> mask{};
    for (std::size_t i = 0; frame.masked && i < 4; ++i) {
        mask[i] = byte(head + i);
    }
    head += frame.masked ? 4 : 0;
    if (!fill(head + size)) {
        return std::nullopt;
    }
    frame.payload = buffer_.substr(at_ + head, size);
    for (std::size_t i = 0; i < size; ++i) {
        frame.payload[i] = static_cast<char>(static_cast<unsigned char>(frame.payload[i]) ^ mask[i % 4]);
    }
    at_ += head + size;
    allMasked_ = allMasked_ && frame.masked;
    return frame;
}

std::optional<std::string> SocketPeer::message() {
    while (auto frame = next()) {
        if (frame->opcode == 9) {
            ++pings_;
            if (!this->frame(10, frame->payload)) {
                return std::nullopt;
            }
        } else if (frame->opcode == 8) {
            this->frame(8, frame->payload);
            return std::nullopt;
        } else if (frame->opcode == 2) {
            return frame->payload;
        }
    }
    return std::nullopt;
}

}  // namespace quarterdeck::fakes
