// Events of a watch as they stand on the wire: JSON lines, or protobuf frames with their length before them.

#include "tests/fakes/relay.h"

#include <cstdint>

#include <nlohmann/json.hpp>

namespace quarterdeck::fakes {
namespace {

constexpr std::size_t kLengthBytes = 4;

bool isProtobuf(std::string_view contentType) {
    return contentType.find("protobuf") != std::string_view::npos;
}

std::string varint(std::uint64_t value) {
    std::string bytes;
    for (; value >= 0x80U; value >>= 7U) {
        bytes += static_cast<char>((value & 0x7fU) | 0x80U);
    }
    return bytes + static_cast<char>(value);
}

/// A length-delimited field.
std::string field(unsigned number, const std::string& value) {
    return varint((number << 3U) | 2U) + varint(value.size()) + value;
}

std::string status(int code, const std::string& reason, const std::string& message) {
    const std::string metadata = field(2, "99999999");  // ListMeta.resourceVersion
    return field(1, metadata) + field(2, "Failure") + field(3, message) + field(4, reason) + varint(6U << 3U) +
           varint(static_cast<std::uint64_t>(code));
}

}  // namespace

std::size_t eventLength(std::string_view contentType, std::string_view bytes) {
    if (!isProtobuf(contentType)) {
        const std::size_t end = bytes.find('\n');
        return end == std::string_view::npos ? 0 : end + 1;
    }
    if (bytes.size() < kLengthBytes) {
        return 0;
    }
    std::size_t length = 0;
    for (std::size_t i = 0; i < kLengthBytes; ++i) {
        length = (length << 8U) | static_cast<unsigned char>(bytes[i]);
    }
    return bytes.size() < kLengthBytes + length ? 0 : kLengthBytes + length;
}

bool isBookmark(std::string_view contentType, std::string_view event) {
    if (isProtobuf(contentType)) {
        return event.substr(kLengthBytes)
            .starts_with(
                "\x0a\x08"
                "BOOKMARK");
    }
    return event.find("\"type\":\"BOOKMARK\"") != std::string_view::npos;
}

std::string watchEvent(std::string_view contentType, const std::string& type, const std::string& object) {
    if (!isProtobuf(contentType)) {
        return R"({"type":")" + type + R"(","object":)" + object + "}\n";
    }
    const std::string event = field(1, type) + field(2, field(1, object));
    std::string frame;
    for (int shift = 24; shift >= 0; shift -= 8) {
        frame += static_cast<char>((event.size() >> static_cast<unsigned>(shift)) & 0xffU);
    }
    return frame + event;
}

std::string errorEvent(std::string_view contentType, int code, const std::string& reason, const std::string& message) {
    if (!isProtobuf(contentType)) {
        const nlohmann::json object{
            {"kind", "Status"},    {"apiVersion", "v1"}, {"metadata", {{"resourceVersion", "99999999"}}},
            {"status", "Failure"}, {"message", message}, {"reason", reason},
            {"code", code}};
        return watchEvent(contentType, "ERROR", object.dump());
    }
    const std::string unknown = field(1, field(1, "v1") + field(2, "Status")) + field(2, status(code, reason, message));
    return watchEvent(contentType, "ERROR", std::string("k8s\0", 4) + unknown);
}

}  // namespace quarterdeck::fakes
