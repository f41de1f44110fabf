#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include <simdjson.h>

#include "app/base/clock.h"
#include "app/base/string_pool.h"
#include "app/kinds/metadata_extras.h"
#include "app/kube/kind_descriptor.h"

namespace quarterdeck::kinds {

/// For the decoders of this folder only: pulls in simdjson.
using JsonValue = simdjson::ondemand::value;

/// A field name as it stands in the document, without unescaping: the API never escapes its own names.
class FieldName {
public:
    explicit FieldName(const char* start) : start_(start) {}
    /// May look at as many bytes as `name` has; the padding behind the document covers that.
    template <std::size_t N>
    [[nodiscard]] bool is(const char (&name)[N]) const {
        static_assert(N <= simdjson::SIMDJSON_PADDING);
        return std::memcmp(start_, name, N - 1) == 0 && start_[N - 1] == '"';
    }

private:
    const char* start_;
};

/// Steps through one document from front to back, each field once. Values of the wrong type read as if they were
/// missing; broken syntax is kept here and ends all reading.
class Reader {
public:
    explicit Reader(StringPool& pool) : pool_(pool) {}
    [[nodiscard]] bool failed() const { return error_ != simdjson::SUCCESS; }
    [[nodiscard]] simdjson::error_code error() const { return error_; }
    void fail(simdjson::error_code error) {
        if (error_ == simdjson::SUCCESS) {
            error_ = error;
        }
    }

    /// The `kind` that the last object named, if it did: see eachObjectField. Valid until the document is gone.
    [[nodiscard]] std::string_view kind() const { return kind_; }
    void setKind(std::string_view kind) { kind_ = kind; }
    /// Whether the last object said that it is of another kind. Items of typed lists say nothing.
    [[nodiscard]] bool foreign(std::string_view expected) const { return !kind_.empty() && kind_ != expected; }

    /// A string; empty for anything else. Valid until the document is gone.
    [[nodiscard]] std::string_view text(JsonValue& value);
    [[nodiscard]] PooledString pooled(JsonValue& value) { return pool_.intern(text(value)); }
    [[nodiscard]] PooledString intern(std::string_view text) { return pool_.intern(text); }
    /// Integers, and floats cut to integers; `missing` for anything else and out of range.
    [[nodiscard]] std::int64_t integer(JsonValue& value, std::int64_t missing = 0);
    [[nodiscard]] std::int32_t integer32(JsonValue& value, std::int32_t missing = 0);
    [[nodiscard]] bool boolean(JsonValue& value);
    [[nodiscard]] std::optional<Instant> time(JsonValue& value);
    /// A resource quantity, as string or number, in thousandths and in whole units; 0 where unreadable.
    [[nodiscard]] std::int64_t milli(JsonValue& value);
    [[nodiscard]] std::int64_t whole(JsonValue& value);

private:
    [[nodiscard]] std::string_view scalar(JsonValue& value);

    StringPool& pool_;
    std::string_view kind_;
    simdjson::error_code error_ = simdjson::SUCCESS;
};

/// Calls `visit(ondemand::field&)` for each field; for none where the value is no object.
template <class Visit>
void eachRawField(JsonValue& value, Reader& reader, Visit&& visit) {
    simdjson::ondemand::object object;
    if (const auto error = value.get_object().get(object)) {
        if (error != simdjson::INCORRECT_TYPE) {
            reader.fail(error);
        }
        return;
    }
    for (auto next : object) {
        simdjson::ondemand::field field;
        if (const auto error = std::move(next).get(field)) {
            reader.fail(error);
            return;
        }
        visit(field);
        if (reader.failed()) {
            return;
        }
    }
}

/// Calls `visit(FieldName, JsonValue&)` for each field of an object with fixed field names.
template <class Visit>
void eachField(JsonValue& value, Reader& reader, Visit&& visit) {
    eachRawField(value, reader,
                 [&visit](simdjson::ondemand::field& field) { visit(FieldName(field.key().raw()), field.value()); });
}

/// eachField for an object of the API, which may name its kind.
template <class Visit>
void eachObjectField(JsonValue& value, Reader& reader, Visit&& visit) {
    reader.setKind({});
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("kind")) {
            reader.setKind(reader.text(field));
        } else {
            visit(name, field);
        }
    });
}

/// Calls `visit(std::string_view key, JsonValue&)` for each entry of a map such as labels. Keys are unescaped.
template <class Visit>
void eachEntry(JsonValue& value, Reader& reader, Visit&& visit) {
    eachRawField(value, reader, [&](simdjson::ondemand::field& field) {
        std::string_view key;
        if (const auto error = field.unescaped_key().get(key)) {
            reader.fail(error);
            return;
        }
        visit(key, field.value());
    });
}

/// Calls `visit(JsonValue&)` for each element; for none where the value is no array.
template <class Visit>
void eachElement(JsonValue& value, Reader& reader, Visit&& visit) {
    simdjson::ondemand::array array;
    if (const auto error = value.get_array().get(array)) {
        if (error != simdjson::INCORRECT_TYPE) {
            reader.fail(error);
        }
        return;
    }
    for (auto next : array) {
        JsonValue element;
        // NOLINTNEXTLINE(performance-move-const-arg): trivial on some processors, asked for by the rvalue overload
        if (const auto error = std::move(next).get(element)) {
            reader.fail(error);
            return;
        }
        visit(element);
        if (reader.failed()) {
            return;
        }
    }
}

/// Reads metadata into an empty ObjectMeta. managedFields are skipped.
void readMeta(JsonValue& value, Reader& reader, kube::ObjectMeta& meta, MetaExtras* extras = nullptr);

}  // namespace quarterdeck::kinds
