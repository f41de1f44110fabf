#pragma once

#include <cstdint>
#include <string_view>

#include <protozero/exception.hpp>
#include <protozero/varint.hpp>

namespace quarterdeck::kube {

/// For protobuf decoders only: pulls in protozero.
/// One field of a message: its key (tag and wire type together) and its value, by the wire type.
struct ProtoField {
    std::uint64_t key = 0;
    std::uint64_t number = 0;  ///< of a varint
    std::string_view bytes;    ///< of strings, messages and maps
};

/// Keys to switch over. A known tag that comes with another wire type matches none of them and reads as if it were
/// missing.
[[nodiscard]] constexpr std::uint64_t varintField(std::uint32_t tag) {
    return std::uint64_t{tag} << 3U;
}
[[nodiscard]] constexpr std::uint64_t bytesField(std::uint32_t tag) {
    return (std::uint64_t{tag} << 3U) | 2U;
}

/// Calls `visit(const ProtoField&)` for each field of a message in its order. Never reads behind the message and never
/// descends by itself. Throws protozero::exception where the message is damaged: a length beyond its end, a varint
/// without end, a group or another wire type that Kubernetes does not use.
template <class Visit>
void eachProtoField(std::string_view message, Visit&& visit) {
    const char* at = message.data();
    const char* const end = at + message.size();
    const auto take = [&](std::uint64_t length) {
        if (length > static_cast<std::uint64_t>(end - at)) {
            throw protozero::end_of_buffer_exception();
        }
        const std::string_view bytes(at, static_cast<std::size_t>(length));
        at += length;
        return bytes;
    };
    while (at != end) {
        ProtoField field;
        field.key = protozero::decode_varint(&at, end);
        if (field.key >> 3U == 0 || field.key > 0xFFFFFFFFU) {
            throw protozero::invalid_tag_exception();
        }
        switch (field.key & 7U) {
            case 0:
                field.number = protozero::decode_varint(&at, end);
                break;
            case 1:
                static_cast<void>(take(8));
                break;
            case 2:
                field.bytes = take(protozero::decode_varint(&at, end));
                break;
            case 5:
                static_cast<void>(take(4));
                break;
            default:
                throw protozero::unknown_pbf_wire_type_exception();
        }
        visit(static_cast<const ProtoField&>(field));
    }
}

}  // namespace quarterdeck::kube
