#include "app/kinds/json_decode.h"

#include <fmt/format.h>

#include "app/kinds/answer_errors.h"
#include "app/kinds/errors.h"

namespace quarterdeck::kinds {

namespace {

namespace ondemand = simdjson::ondemand;
using kube::ApiStatus;
using kube::WatchEventType;

/// Larger parsers are given back after use: lists are rare and huge, watch lines frequent and small.
constexpr std::size_t kKeptParserCapacity = 1U << 20U;

/// Whether brackets or a string are still open at the end. Only run on what has failed already.
bool endsEarly(std::string_view text) {
    long depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\') {
                ++i;
            } else if (c == '"') {
                inString = false;
            }
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return inString || depth > 0;
}

Error syntaxError(std::string_view json, simdjson::error_code error, const std::string& expected) {
    if (error == simdjson::CAPACITY || error == simdjson::MEMALLOC) {
        return makeError(kTooLarge, {{"bytes", std::to_string(json.size())}, {"expected", expected}});
    }
    if (endsEarly(json)) {
        return makeError(kTruncated, {{"expected", expected}, {"bytes", std::to_string(json.size())}});
    }
    return makeError(kBrokenJson, {{"expected", expected}, {"detail", simdjson::error_message(error)}});
}

/// Says early what is no JSON object at all.
std::optional<Error> foreignAnswer(std::string_view json, const std::string& expected) {
    if (auto error = emptyOrHtml(json, expected)) {
        return error;
    }
    const std::size_t first = json.find_first_not_of(" \t\r\n");
    if (json[first] == '{') {
        return std::nullopt;
    }
    return makeError(kNotJson, {{"expected", expected}, {"beginning", beginningOf(json.substr(first))}});
}

/// Fields of a Status that may stand at the top of an answer or in a watch event.
bool readStatusField(FieldName name, JsonValue& field, Reader& reader, ApiStatus& status) {
    if (name.is("code")) {
        status.code = reader.integer32(field);
    } else if (name.is("reason")) {
        status.reason = reader.text(field);
    } else if (name.is("message")) {
        status.message = reader.text(field);
    } else if (name.is("details")) {
        eachField(field, reader, [&](FieldName inner, JsonValue& value) {
            if (inner.is("retryAfterSeconds")) {
                const std::int32_t seconds = reader.integer32(value, -1);
                status.retryAfterSeconds = seconds >= 0 ? std::optional<int>(seconds) : std::nullopt;
            }
        });
    } else {
        return false;
    }
    return true;
}

/// A document and the parser it needs. The text must outlive it; views into both end with it.
class Document {
public:
    explicit Document(std::string& json, bool small) : owned_(small ? nullptr : std::make_unique<ondemand::parser>()) {
        // The parser may read this far behind the end, but takes nothing from there.
        json.reserve(json.size() + simdjson::SIMDJSON_PADDING);
        error_ = parser().iterate(json.data(), json.size(), json.capacity()).get(document_);
    }

    [[nodiscard]] simdjson::error_code error() const { return error_; }
    /// Visits the fields of the outermost object and makes sure that nothing follows it.
    template <class Visit>
    void eachRootField(Reader& reader, Visit&& visit) {
        ondemand::object object;
        if (const auto error = document_.get_object().get(object)) {
            reader.fail(error);
            return;
        }
        for (auto next : object) {
            ondemand::field field;
            if (const auto error = std::move(next).get(field)) {
                reader.fail(error);
                return;
            }
            visit(FieldName(field.key().raw()), field.value());
            if (reader.failed()) {
                return;
            }
        }
        if (document_.current_location().error() != simdjson::OUT_OF_BOUNDS) {
            reader.fail(simdjson::TRAILING_CONTENT);
        }
    }
    void rewind() { document_.rewind(); }

private:
    ondemand::parser& parser() {
        thread_local ondemand::parser shared;
        return owned_ ? *owned_ : shared;
    }

    std::unique_ptr<ondemand::parser> owned_;
    ondemand::document document_;
    simdjson::error_code error_ = simdjson::SUCCESS;
};

/// Reads `object` of a watch event once its type is known.
struct WatchObject {
    kube::WatchEvent& event;
    const kube::ResourceType& type;
    ItemDecoder decode;
    std::string foreignKind = {};  ///< of an object that is of another kind than asked for

    void read(JsonValue& value, Reader& reader) {
        if (event.type == WatchEventType::Error) {
            eachField(value, reader, [&](FieldName name, JsonValue& field) {
                static_cast<void>(readStatusField(name, field, reader, event.status));
            });
        } else if (event.type == WatchEventType::Bookmark) {
            eachObjectField(value, reader, [&](FieldName name, JsonValue& field) {
                if (name.is("metadata")) {
                    kube::ObjectMeta meta;
                    MetaExtras extras;
                    readMeta(field, reader, meta, &extras);
                    event.resourceVersion = std::move(meta.resourceVersion);
                    event.initialEventsEnd = extras.initialEventsEnd;
                }
            });
            foreignKind = reader.foreign(type.kind) ? reader.kind() : std::string_view();
        } else {
            event.object = decode(value, reader);
            foreignKind = reader.foreign(type.kind) ? reader.kind() : std::string_view();
            if (event.object) {
                event.resourceVersion = event.object->meta.resourceVersion;
            }
        }
    }
};

}  // namespace

Result<kube::DecodedList> decodeList(std::string& json, kube::DecodeContext& context, const kube::ResourceType& type,
                                     ItemDecoder decode) {
    const std::string expected = type.kind + "List";
    if (auto error = foreignAnswer(json, expected)) {
        return fail(std::move(*error));
    }
    Document document(json, false);
    Reader reader(context.pool);
    reader.fail(document.error());
    kube::DecodedList list;
    std::string kind;
    ApiStatus status;
    bool hasItems = false;
    if (!reader.failed()) {
        document.eachRootField(reader, [&](FieldName name, JsonValue& field) {
            if (name.is("items")) {
                hasItems = true;
                list.items.clear();
                list.skipped = 0;
                eachElement(field, reader, [&](JsonValue& element) {
                    if (auto object = decode(element, reader); object && !reader.foreign(type.kind)) {
                        list.items.push_back(std::move(object));
                    } else {
                        ++list.skipped;
                    }
                });
            } else if (name.is("metadata")) {
                kube::ObjectMeta meta;
                MetaExtras extras;
                readMeta(field, reader, meta, &extras);
                list.resourceVersion = std::move(meta.resourceVersion);
                list.continueToken = std::move(extras.continueToken);
            } else if (name.is("kind")) {
                kind = reader.text(field);
            } else {
                static_cast<void>(readStatusField(name, field, reader, status));
            }
        });
    }
    if (reader.failed()) {
        return fail(syntaxError(json, reader.error(), expected));
    }
    if (kind == "Status") {
        return fail(statusAnswer(status, expected));
    }
    if ((!kind.empty() && kind != expected && kind != "List") || !hasItems) {
        return fail(kWrongKind, {{"found", kind}, {"expected", expected}});
    }
    list.items.shrink_to_fit();
    return list;
}

Result<kube::WatchEvent> decodeWatchLine(std::string& json, kube::DecodeContext& context,
                                         const kube::ResourceType& type, ItemDecoder decode) {
    const std::string expected = fmt::format("a watch event of {}", type.kind);
    if (auto error = foreignAnswer(json, expected)) {
        return fail(std::move(*error));
    }
    Document document(json, json.size() <= kKeptParserCapacity);
    Reader reader(context.pool);
    reader.fail(document.error());
    kube::WatchEvent event;
    WatchObject object{event, type, decode};
    std::string typeText;
    std::optional<WatchEventType> eventType;
    std::string kind;
    ApiStatus status;
    bool deferred = false;
    if (!reader.failed()) {
        document.eachRootField(reader, [&](FieldName name, JsonValue& field) {
            if (name.is("type")) {
                typeText = reader.text(field);
                eventType = watchEventType(typeText);
                event.type = eventType.value_or(WatchEventType::Error);
            } else if (name.is("object")) {
                if (eventType) {
                    object.read(field, reader);
                } else {
                    deferred = true;
                }
            } else if (name.is("kind")) {
                kind = reader.text(field);
            } else {
                static_cast<void>(readStatusField(name, field, reader, status));
            }
        });
    }
    if (!reader.failed() && deferred && eventType) {
        document.rewind();
        document.eachRootField(reader, [&](FieldName name, JsonValue& field) {
            if (name.is("object")) {
                object.read(field, reader);
            }
        });
    }
    if (reader.failed()) {
        return fail(syntaxError(json, reader.error(), expected));
    }
    if (!eventType) {
        // A watch that is refused answers with a bare Status instead of events.
        return kind == "Status" ? fail(statusAnswer(status, expected))
                                : fail(kUnknownWatchEvent, {{"type", typeText}, {"expected", expected}});
    }
    if (!object.foreignKind.empty()) {
        return fail(kWrongKind, {{"found", beginningOf(object.foreignKind)}, {"expected", expected}});
    }
    const bool needsObject = event.type != WatchEventType::Error && event.type != WatchEventType::Bookmark;
    if (needsObject && !event.object) {
        return fail(kIncompleteObject, {{"type", typeText}, {"expected", expected}});
    }
    return event;
}

}  // namespace quarterdeck::kinds
