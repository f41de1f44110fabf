#include "app/demo/api/gzip.h"

#include <cstdint>

#include <boost/beast/zlib/deflate_stream.hpp>
#include <boost/crc.hpp>

namespace quarterdeck::demo {
namespace {

void appendLittleEndian(std::string& out, std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) {
        out += static_cast<char>((value >> shift) & 0xffU);
    }
}

}  // namespace

std::string gzip(const std::string& plain) {
    namespace zlib = boost::beast::zlib;
    zlib::deflate_stream deflate;
    deflate.reset(6, 15, 8, zlib::Strategy::normal);
    std::string packed(deflate.upper_bound(plain.size()), '\0');
    zlib::z_params params;
    params.next_in = plain.data();
    params.avail_in = plain.size();
    params.next_out = packed.data();
    params.avail_out = packed.size();
    boost::beast::error_code error;
    deflate.write(params, zlib::Flush::finish, error);
    if (error && error != zlib::error::end_of_stream) {
        return {};
    }
    boost::crc_32_type crc;
    crc.process_bytes(plain.data(), plain.size());
    std::string result("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", 10);
    result.append(packed, 0, params.total_out);
    appendLittleEndian(result, crc.checksum());
    appendLittleEndian(result, static_cast<std::uint32_t>(plain.size()));
    return result;
}

}  // namespace quarterdeck::demo
