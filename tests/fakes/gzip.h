#pragma once

#include <QByteArray>

#include <cstdint>
#include <string>

namespace quarterdeck::fakes {

/// A gzip member holding this text (RFC 1952), from Qt's zlib stream.
inline std::string gzip(const std::string& text) {
    const QByteArray zlib = qCompress(QByteArray::fromStdString(text));
    std::uint32_t crc = 0xffffffffU;
    for (const char letter : text) {
        crc ^= static_cast<unsigned char>(letter);
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc & 1U) != 0 ? (crc >> 1U) ^ 0xedb88320U : crc >> 1U;
        }
    }
    crc ^= 0xffffffffU;
    std::string member("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
    // qCompress puts 4 bytes of length before the stream; the stream has 2 bytes before the deflate data and 4 after
    // it.
    member += zlib.mid(6, zlib.size() - 10).toStdString();
    for (std::uint32_t value : {crc, static_cast<std::uint32_t>(text.size())}) {
        for (int i = 0; i < 4; ++i) {
            member += static_cast<char>(value & 0xffU);
            value >>= 8U;
        }
    }
    return member;
}

}  // namespace quarterdeck::fakes
