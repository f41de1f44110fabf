#include "app/kinds/protobuf_reader.h"

#include <charconv>
#include <limits>

#include "app/base/quantity.h"
#include "app/kube/protobuf.h"

namespace quarterdeck::kinds {

namespace {

/// A real pod's summary takes about a third of its bytes on the wire.
constexpr std::size_t kBudgetPerByte = 4;
constexpr std::size_t kBudgetBase = std::size_t{16} << 20U;

struct Timestamp {
    std::int64_t seconds = 0;
    std::int64_t nanos = 0;
};

std::optional<Timestamp> readTimestamp(std::string_view message) {
    constexpr std::int64_t kYear0 = -62'167'219'200;
    constexpr std::int64_t kYear10000 = 253'402'300'800;
    if (message.empty()) {
        return std::nullopt;
    }
    Timestamp time;
    eachProtoField(message, [&](const ProtoField& field) {
        if (field.key == varintField(1)) {
            time.seconds = ProtobufReader::integer(field);
        } else if (field.key == varintField(2)) {
            time.nanos = ProtobufReader::integer(field);
        }
    });
    if (time.seconds < kYear0 || time.seconds >= kYear10000) {
        return std::nullopt;
    }
    if (time.nanos < 0 || time.nanos > 999'999'999) {
        time.nanos = 0;
    }
    return time;
}

std::optional<Quantity> readQuantity(std::string_view message) {
    std::string_view text;
    eachProtoField(message, [&](const ProtoField& field) {
        if (field.key == bytesField(1)) {
            text = field.bytes;
        }
    });
    return Quantity::parse(text);
}

kube::OwnerReference readOwner(std::string_view message, ProtobufReader& reader) {
    kube::OwnerReference owner;
    eachProtoField(message, [&](const ProtoField& field) {
        switch (field.key) {
            case bytesField(1):
                owner.kind = reader.pooled(field.bytes);
                break;
            case bytesField(3):
                owner.name = reader.text(field.bytes);
                break;
            case bytesField(4):
                owner.uid = reader.text(field.bytes);
                break;
            case varintField(6):
                owner.controller = ProtobufReader::boolean(field);
                break;
            default:
                break;
        }
    });
    return owner;
}

void readAnnotation(std::string_view entry, MetaExtras& extras) {
    readMapEntry(entry, [&](std::string_view key, std::string_view value) {
        if (key == kRevisionAnnotation) {
            std::from_chars(value.data(), value.data() + value.size(), extras.revision);
        } else if (key == kInitialEventsEndAnnotation) {
            extras.initialEventsEnd = value == "true";
        }
    });
}

/// How often a field occurs: repeated fields get exactly the room they need, for there are thousands of objects.
std::size_t countFields(std::string_view message, std::uint64_t key) {
    std::size_t count = 0;
    eachProtoField(message, [&](const ProtoField& field) { count += field.key == key ? 1 : 0; });
    return count;
}

}  // namespace

ProtobufReader::ProtobufReader(StringPool& pool, std::size_t messageBytes)
    : pool_(pool), budget_(kBudgetBase + kBudgetPerByte * messageBytes) {}

std::string_view ProtobufReader::valid(std::string_view bytes) {
    return kube::validUtf8(bytes, scratch_);
}

std::optional<Instant> ProtobufReader::time(std::string_view message) {
    const auto time = readTimestamp(message);
    return time ? std::optional(Instant(std::chrono::seconds(time->seconds))) : std::nullopt;
}

std::optional<Instant> ProtobufReader::microTime(std::string_view message) {
    const auto time = readTimestamp(message);
    return time ? std::optional(Instant(std::chrono::seconds(time->seconds)) +
                                std::chrono::milliseconds(time->nanos / 1'000'000))
                : std::nullopt;
}

std::int64_t ProtobufReader::milli(std::string_view message) {
    const auto quantity = readQuantity(message);
    return quantity ? quantity->milli() : 0;
}

std::int64_t ProtobufReader::whole(std::string_view message) {
    const auto quantity = readQuantity(message);
    return quantity ? quantity->value() : 0;
}

std::int32_t ProtobufReader::integer32(const ProtoField& field, std::int32_t missing) {
    using Limits = std::numeric_limits<std::int32_t>;
    const std::int64_t number = integer(field);
    return number >= Limits::min() && number <= Limits::max() ? static_cast<std::int32_t>(number) : missing;
}

void readMeta(std::string_view message, ProtobufReader& reader, kube::ObjectMeta& meta, MetaExtras* extras) {
    meta = {};
    const std::size_t labels = countFields(message, bytesField(11));
    reader.spend(labels * sizeof(meta.labels[0]));
    meta.labels.reserve(labels);
    eachProtoField(message, [&](const ProtoField& field) {
        switch (field.key) {
            case bytesField(1):
                meta.name = reader.text(field.bytes);
                break;
            case bytesField(3):
                meta.nameSpace = reader.pooled(field.bytes);
                break;
            case bytesField(5):
                meta.uid = reader.text(field.bytes);
                break;
            case bytesField(6):
                meta.resourceVersion = reader.text(field.bytes);
                break;
            case varintField(7):
                if (extras != nullptr) {
                    extras->generation = ProtobufReader::integer(field);
                }
                break;
            case bytesField(8):
                meta.creation = ProtobufReader::time(field.bytes);
                break;
            case bytesField(9):
                meta.deletion = ProtobufReader::time(field.bytes);
                break;
            case bytesField(11):
                readMapEntry(field.bytes, [&](std::string_view key, std::string_view value) {
                    auto label = reader.pooled(key);
                    meta.labels.emplace_back(std::move(label), reader.pooled(value));
                });
                break;
            case bytesField(12):
                if (extras != nullptr) {
                    readAnnotation(field.bytes, *extras);
                }
                break;
            case bytesField(13):
                reader.spend(sizeof(kube::OwnerReference));
                meta.owners.push_back(readOwner(field.bytes, reader));
                break;
            default:
                break;
        }
    });
}

}  // namespace quarterdeck::kinds
