#include "app/kinds/json_decode.h"

#include <fmt/format.h>

#include "app/kinds/answer_errors.h"
#include "app/kinds/errors.h"
#include "app/kinds/json_document.h"

namespace quarterdeck::kinds {

namespace {

using kube::ApiStatus;
using kube::WatchEventType;

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
