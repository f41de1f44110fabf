#include "app/kinds/json_reader.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "app/base/quantity.h"
#include "app/base/time_text.h"

namespace quarterdeck::kinds {

namespace {

constexpr std::string_view kJsonSpace = " \t\r\n";

std::string_view trimmed(std::string_view token) {
    const std::size_t last = token.find_last_not_of(kJsonSpace);
    return token.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

void readLabels(JsonValue& value, Reader& reader, kube::ObjectMeta& meta) {
    meta.labels.clear();
    // Gathered aside first, so that the vector gets exactly the size it needs.
    std::array<std::pair<PooledString, PooledString>, 16> first;
    std::size_t count = 0;
    eachEntry(value, reader, [&](std::string_view key, JsonValue& entry) {
        auto label = std::pair(reader.intern(key), reader.pooled(entry));
        if (count < first.size()) {
            first[count++] = std::move(label);
            return;
        }
        if (meta.labels.empty()) {
            meta.labels.assign(std::make_move_iterator(first.begin()), std::make_move_iterator(first.end()));
        }
        meta.labels.push_back(std::move(label));
    });
    if (meta.labels.empty() && count > 0) {
        const auto end = first.begin() + static_cast<std::ptrdiff_t>(count);
        meta.labels.assign(std::make_move_iterator(first.begin()), std::make_move_iterator(end));
    }
}

kube::OwnerReference readOwner(JsonValue& value, Reader& reader) {
    kube::OwnerReference owner;
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("kind")) {
            owner.kind = reader.pooled(field);
        } else if (name.is("name")) {
            owner.name = reader.text(field);
        } else if (name.is("uid")) {
            owner.uid = reader.text(field);
        } else if (name.is("controller")) {
            owner.controller = reader.boolean(field);
        }
    });
    return owner;
}

void readAnnotations(JsonValue& value, Reader& reader, MetaExtras& extras) {
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is(kRevisionAnnotation)) {
            const std::string_view text = reader.text(field);
            std::from_chars(text.data(), text.data() + text.size(), extras.revision);
        } else if (name.is(kInitialEventsEndAnnotation)) {
            extras.initialEventsEnd = reader.text(field) == "true";
        }
    });
}

}  // namespace

std::string_view Reader::scalar(JsonValue& value) {
    return trimmed(value.raw_json_token());
}

std::string_view Reader::text(JsonValue& value) {
    const std::string_view token = scalar(value);
    if (!token.starts_with('"')) {
        return {};
    }
    if (token.size() < 2 || !token.ends_with('"')) {
        fail(simdjson::TAPE_ERROR);
        return {};
    }
    const std::string_view inner = token.substr(1, token.size() - 2);
    if (std::memchr(inner.data(), '\\', inner.size()) == nullptr) {
        return inner;
    }
    std::string_view unescaped;
    if (const auto error = value.get_string().get(unescaped)) {
        fail(error);
        return {};
    }
    return unescaped;
}

std::int64_t Reader::integer(JsonValue& value, std::int64_t missing) {
    const std::string_view token = scalar(value);
    std::int64_t whole = 0;
    const char* const end = token.data() + token.size();
    if (const auto [at, error] = std::from_chars(token.data(), end, whole); error == std::errc() && at == end) {
        return whole;
    }
    double number = 0;
    // Within what a double holds exactly.
    if (value.get_double().get(number) == simdjson::SUCCESS && std::abs(number) <= 9007199254740992.0) {
        return static_cast<std::int64_t>(number);
    }
    return missing;
}

std::int32_t Reader::integer32(JsonValue& value, std::int32_t missing) {
    using Limits = std::numeric_limits<std::int32_t>;
    const std::int64_t number = integer(value, missing);
    return number >= Limits::min() && number <= Limits::max() ? static_cast<std::int32_t>(number) : missing;
}

bool Reader::boolean(JsonValue& value) {
    return scalar(value) == "true";
}

std::optional<Instant> Reader::time(JsonValue& value) {
    return parseRfc3339(text(value));
}

std::int64_t Reader::milli(JsonValue& value) {
    std::string_view token = scalar(value);
    if (token.starts_with('"')) {
        token = text(value);
    }
    const auto quantity = Quantity::parse(token);
    return quantity ? quantity->milli() : 0;
}

std::int64_t Reader::whole(JsonValue& value) {
    std::string_view token = scalar(value);
    if (token.starts_with('"')) {
        token = text(value);
    }
    const auto quantity = Quantity::parse(token);
    return quantity ? quantity->value() : 0;
}

void readMeta(JsonValue& value, Reader& reader, kube::ObjectMeta& meta, MetaExtras* extras) {
    meta = {};
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("name")) {
            meta.name = reader.text(field);
        } else if (name.is("namespace")) {
            meta.nameSpace = reader.pooled(field);
        } else if (name.is("uid")) {
            meta.uid = reader.text(field);
        } else if (name.is("resourceVersion")) {
            meta.resourceVersion = reader.text(field);
        } else if (name.is("creationTimestamp")) {
            meta.creation = reader.time(field);
        } else if (name.is("deletionTimestamp")) {
            meta.deletion = reader.time(field);
        } else if (name.is("labels")) {
            readLabels(field, reader, meta);
        } else if (name.is("ownerReferences")) {
            meta.owners.clear();
            eachElement(field, reader, [&](JsonValue& owner) { meta.owners.push_back(readOwner(owner, reader)); });
        } else if (extras != nullptr) {
            if (name.is("generation")) {
                extras->generation = reader.integer(field);
            } else if (name.is("annotations")) {
                readAnnotations(field, reader, *extras);
            } else if (name.is("continue")) {
                extras->continueToken = reader.text(field);
            }
        }
    });
}

}  // namespace quarterdeck::kinds
