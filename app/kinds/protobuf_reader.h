#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include "app/base/clock.h"
#include "app/base/string_pool.h"
#include "app/kinds/metadata_extras.h"
#include "app/kube/object.h"
#include "app/kube/protobuf_message.h"

namespace quarterdeck::kinds {

using kube::bytesField;
using kube::eachProtoField;
using kube::ProtoField;
using kube::varintField;

/// Thrown where decoding would take far more memory than the message has bytes.
struct ProtobufTooLarge final : std::exception {};

/// Reads the values of one message into what summaries hold. Values are what the JSON of the same object would give.
/// All may throw protozero::exception where a message is damaged.
class ProtobufReader {
public:
    /// `messageBytes`: size of the whole list or frame, from which follows how much may be made of it.
    ProtobufReader(StringPool& pool, std::size_t messageBytes);

    [[nodiscard]] std::string text(std::string_view bytes) { return std::string(valid(bytes)); }
    [[nodiscard]] PooledString pooled(std::string_view bytes) { return pool_.intern(valid(bytes)); }
    /// metav1.Time in whole seconds; nothing for an empty message and beyond the years 0 to 9999.
    [[nodiscard]] static std::optional<Instant> time(std::string_view message);
    /// metav1.MicroTime.
    [[nodiscard]] static std::optional<Instant> microTime(std::string_view message);
    /// A resource.Quantity in thousandths and in whole units; 0 where unreadable.
    [[nodiscard]] static std::int64_t milli(std::string_view message);
    [[nodiscard]] static std::int64_t whole(std::string_view message);
    [[nodiscard]] static bool boolean(const ProtoField& field) { return field.number != 0; }
    [[nodiscard]] static std::int64_t integer(const ProtoField& field) {
        return static_cast<std::int64_t>(field.number);
    }
    /// `missing` where out of range.
    [[nodiscard]] static std::int32_t integer32(const ProtoField& field, std::int32_t missing = 0);

    /// To be called for everything of variable number that is kept. Real objects stay far below the limit.
    void spend(std::size_t bytes) {
        if (bytes > budget_) {
            throw ProtobufTooLarge();
        }
        budget_ -= bytes;
    }

private:
    [[nodiscard]] std::string_view valid(std::string_view bytes);

    StringPool& pool_;
    std::size_t budget_;
    std::string scratch_;
};

/// Calls `visit(key, value)` for an entry of a map<string, …>; the value is a string or a message.
template <class Visit>
void readMapEntry(std::string_view entry, Visit&& visit) {
    std::string_view key;
    std::string_view value;
    eachProtoField(entry, [&](const ProtoField& field) {
        if (field.key == bytesField(1)) {
            key = field.bytes;
        } else if (field.key == bytesField(2)) {
            value = field.bytes;
        }
    });
    visit(key, value);
}

/// Reads an ObjectMeta into an empty one. managedFields are skipped.
void readMeta(std::string_view message, ProtobufReader& reader, kube::ObjectMeta& meta, MetaExtras* extras = nullptr);

}  // namespace quarterdeck::kinds
