#include "app/kube/protobuf.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>

#include <simdjson.h>

#include "app/kube/protobuf_message.h"

namespace quarterdeck::kube {

namespace {

constexpr std::string_view kMagic("k8s\0", 4);
constexpr std::string_view kMediaType = "application/vnd.kubernetes.protobuf";

/// Most text is, and most is short.
bool isAscii(std::string_view text) {
    std::uint64_t bits = 0;
    while (text.size() >= sizeof bits) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data(), sizeof word);
        bits |= word;
        text.remove_prefix(sizeof word);
    }
    for (const char c : text) {
        bits |= static_cast<unsigned char>(c);
    }
    return (bits & 0x8080808080808080U) == 0;
}

bool isContinuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// Length of the valid UTF-8 sequence that `text` begins with; 0 where it begins with none.
std::size_t sequenceLength(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC2 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    if (length < 2) {
        return length;
    }
    if (length > text.size() ||
        !std::all_of(text.begin() + 1, text.begin() + static_cast<long>(length), isContinuation)) {
        return 0;
    }
    const auto second = static_cast<unsigned char>(text[1]);
    const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
    const bool outside = (lead == 0xED && second > 0x9F) || (lead == 0xF4 && second > 0x8F);
    return overlong || outside ? 0 : length;
}

std::int32_t narrow(std::uint64_t number) {
    using Limits = std::numeric_limits<std::int32_t>;
    const auto value = static_cast<std::int64_t>(number);
    return value >= Limits::min() && value <= Limits::max() ? static_cast<std::int32_t>(value) : 0;
}

}  // namespace

tl::expected<ProtobufEnvelope, ProtobufFault> openEnvelope(std::string_view bytes) {
    if (bytes.substr(0, kMagic.size()) != kMagic.substr(0, bytes.size())) {
        return tl::unexpected(ProtobufFault::Foreign);
    }
    if (bytes.size() <= kMagic.size()) {
        return tl::unexpected(ProtobufFault::Truncated);
    }
    ProtobufEnvelope envelope;
    bool hasRaw = false;
    try {
        eachProtoField(bytes.substr(kMagic.size()), [&](const ProtoField& field) {
            if (field.key == bytesField(1)) {
                envelope.apiVersion = {};
                envelope.kind = {};
                eachProtoField(field.bytes, [&](const ProtoField& type) {
                    if (type.key == bytesField(1)) {
                        envelope.apiVersion = type.bytes;
                    } else if (type.key == bytesField(2)) {
                        envelope.kind = type.bytes;
                    }
                });
            } else if (field.key == bytesField(2)) {
                envelope.raw = field.bytes;
                hasRaw = true;
            }
        });
    } catch (const protozero::end_of_buffer_exception&) {
        return tl::unexpected(ProtobufFault::Truncated);
    } catch (const protozero::exception&) {
        return tl::unexpected(ProtobufFault::Damaged);
    }
    if (!hasRaw) {
        return tl::unexpected(ProtobufFault::Truncated);
    }
    return envelope;
}

std::optional<ApiStatus> readProtobufStatus(std::string_view raw) {
    ApiStatus status;
    std::string scratch;
    try {
        eachProtoField(raw, [&](const ProtoField& field) {
            switch (field.key) {
                case bytesField(3):
                    status.message = validUtf8(field.bytes, scratch);
                    break;
                case bytesField(4):
                    status.reason = validUtf8(field.bytes, scratch);
                    break;
                case bytesField(5):
                    eachProtoField(field.bytes, [&](const ProtoField& detail) {
                        // Written even where it is not set: zero means none.
                        if (detail.key == varintField(5) && narrow(detail.number) > 0) {
                            status.retryAfterSeconds = narrow(detail.number);
                        }
                    });
                    break;
                case varintField(6):
                    status.code = narrow(field.number);
                    break;
                default:
                    break;
            }
        });
    } catch (const protozero::exception&) {
        return std::nullopt;
    }
    return status;
}

std::string_view validUtf8(std::string_view text, std::string& scratch) {
    if (isAscii(text) || simdjson::validate_utf8(text.data(), text.size())) {
        return text;
    }
    scratch.clear();
    while (!text.empty()) {
        const std::size_t length = sequenceLength(text);
        if (length == 0) {
            scratch += "\xEF\xBF\xBD";
            text.remove_prefix(1);
        } else {
            scratch += text.substr(0, length);
            text.remove_prefix(length);
        }
    }
    return scratch;
}

std::string acceptHeader(const KindDescriptor& kind, bool watch) {
    if (!kind.accept.empty()) {
        return std::string(kind.accept);
    }
    if (kind.decodeProtobufList == nullptr || kind.decodeProtobufFrame == nullptr) {
        return "application/json";
    }
    return std::string(kMediaType) + (watch ? ";stream=watch" : "") + ", application/json";
}

bool isProtobuf(const http::ResponseHead& head) {
    const std::string_view type = http::findHeader(head.headers, "content-type");
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; };
    return type.size() >= kMediaType.size() &&
           std::equal(kMediaType.begin(), kMediaType.end(), type.begin(), [&](char b, char a) { return same(a, b); }) &&
           (type.size() == kMediaType.size() || type[kMediaType.size()] == ';' || type[kMediaType.size()] == ' ');
}

}  // namespace quarterdeck::kube
