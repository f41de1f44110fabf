#include "app/kinds/protobuf_decode.h"

#include <fmt/format.h>

#include "app/kinds/answer_errors.h"
#include "app/kinds/errors.h"
#include "app/kube/protobuf.h"

namespace quarterdeck::kinds {

namespace {

using kube::ProtobufEnvelope;
using kube::ProtobufFault;
using kube::WatchEventType;

std::string apiVersionOf(const kube::ResourceType& type) {
    return type.group.empty() ? type.version : type.group + "/" + type.version;
}

Error brokenError(const std::string& expected, const std::string& detail) {
    return makeError(kBrokenProtobuf, {{"expected", expected}, {"detail", detail}});
}

/// Field numbers belong to one version of one kind: any other would be misread.
bool isOf(const ProtobufEnvelope& envelope, const kube::ResourceType& type, std::string_view suffix) {
    return envelope.kind.size() == type.kind.size() + suffix.size() && envelope.kind.starts_with(type.kind) &&
           envelope.kind.ends_with(suffix) && envelope.apiVersion == apiVersionOf(type);
}

Error wrongKind(const ProtobufEnvelope& envelope, const std::string& expected) {
    return makeError(kWrongKind,
                     {{"found", fmt::format("{} {}", beginningOf(envelope.apiVersion), beginningOf(envelope.kind))},
                      {"expected", expected}});
}

Error envelopeError(ProtobufFault fault, std::string_view bytes, const std::string& expected) {
    switch (fault) {
        case ProtobufFault::Foreign:
            return makeError(kNotProtobuf, {{"expected", expected}, {"beginning", beginningOf(bytes)}});
        case ProtobufFault::Truncated:
            return makeError(kTruncated, {{"expected", expected}, {"bytes", std::to_string(bytes.size())}});
        case ProtobufFault::Damaged:
            break;
    }
    return brokenError(expected, "its wrapping cannot be read");
}

/// Runs `read` and says what it stumbled over, if it did.
template <class Read>
std::optional<Error> guarded(std::size_t bytes, const std::string& expected, Read&& read) {
    try {
        read();
    } catch (const protozero::exception& fault) {
        return brokenError(expected, fault.what());
    } catch (const ProtobufTooLarge&) {
        return makeError(kTooLarge, {{"bytes", std::to_string(bytes)}, {"expected", expected}});
    }
    return std::nullopt;
}

void readListMeta(std::string_view message, ProtobufReader& reader, kube::DecodedList& list) {
    list.resourceVersion.clear();
    list.continueToken.clear();
    eachProtoField(message, [&](const ProtoField& field) {
        if (field.key == bytesField(2)) {
            list.resourceVersion = reader.text(field.bytes);
        } else if (field.key == bytesField(3)) {
            list.continueToken = reader.text(field.bytes);
        }
    });
}

struct Frame {
    std::string type;
    std::string_view object;
};

Frame readFrame(std::string_view message, ProtobufReader& reader) {
    Frame frame;
    eachProtoField(message, [&](const ProtoField& field) {
        if (field.key == bytesField(1)) {
            frame.type = reader.text(field.bytes);
        } else if (field.key == bytesField(2)) {
            frame.object = {};
            eachProtoField(field.bytes, [&](const ProtoField& inner) {
                if (inner.key == bytesField(1)) {
                    frame.object = inner.bytes;
                }
            });
        }
    });
    return frame;
}

/// Every kind has its metadata in the field 1.
void readBookmark(std::string_view raw, ProtobufReader& reader, kube::WatchEvent& event) {
    eachProtoField(raw, [&](const ProtoField& field) {
        if (field.key == bytesField(1)) {
            kube::ObjectMeta meta;
            MetaExtras extras;
            readMeta(field.bytes, reader, meta, &extras);
            event.resourceVersion = std::move(meta.resourceVersion);
            event.initialEventsEnd = extras.initialEventsEnd;
        }
    });
}

Result<kube::WatchEvent> readObject(kube::WatchEvent event, const Frame& frame, const std::string& expected,
                                    ProtobufReader& reader, const kube::ResourceType& type,
                                    ProtobufItemDecoder decode) {
    if (frame.object.empty()) {
        return fail(kIncompleteObject, {{"type", frame.type}, {"expected", expected}});
    }
    const auto envelope = kube::openEnvelope(frame.object);
    if (!envelope) {
        // The frame itself is whole: an object that ends early is damage, not a cut.
        return fail(brokenError(expected, "the object in it cannot be read"));
    }
    if (event.type == WatchEventType::Error) {
        if (const auto status = kube::readProtobufStatus(envelope->raw); status && envelope->kind == "Status") {
            event.status = *status;
        }
        return event;
    }
    if (!isOf(*envelope, type, "")) {
        return fail(wrongKind(*envelope, expected));
    }
    if (event.type == WatchEventType::Bookmark) {
        readBookmark(envelope->raw, reader, event);
        return event;
    }
    event.object = decode(envelope->raw, reader);
    if (!event.object) {
        return fail(kIncompleteObject, {{"type", frame.type}, {"expected", expected}});
    }
    event.resourceVersion = event.object->meta.resourceVersion;
    return event;
}

}  // namespace

Result<kube::DecodedList> decodeProtobufList(std::string_view body, kube::DecodeContext& context,
                                             const kube::ResourceType& type, ProtobufItemDecoder decode) {
    const std::string expected = type.kind + "List";
    if (auto error = emptyOrHtml(body, expected)) {
        return fail(std::move(*error));
    }
    const auto envelope = kube::openEnvelope(body);
    if (!envelope) {
        return fail(envelopeError(envelope.error(), body, expected));
    }
    if (envelope->kind == "Status") {
        return fail(statusAnswer(kube::readProtobufStatus(envelope->raw).value_or(kube::ApiStatus{}), expected));
    }
    if (!isOf(*envelope, type, "List")) {
        return fail(wrongKind(*envelope, expected));
    }
    kube::DecodedList list;
    auto error = guarded(body.size(), expected, [&] {
        ProtobufReader reader(context.pool, body.size());
        eachProtoField(envelope->raw, [&](const ProtoField& field) {
            if (field.key == bytesField(1)) {
                readListMeta(field.bytes, reader, list);
            } else if (field.key == bytesField(2)) {
                if (auto object = decode(field.bytes, reader)) {
                    list.items.push_back(std::move(object));
                } else {
                    ++list.skipped;
                }
            }
        });
    });
    if (error) {
        return fail(std::move(*error));
    }
    list.items.shrink_to_fit();
    return list;
}

Result<kube::WatchEvent> decodeProtobufFrame(std::string_view frame, kube::DecodeContext& context,
                                             const kube::ResourceType& type, ProtobufItemDecoder decode) {
    const std::string expected = fmt::format("a watch event of {}", type.kind);
    Result<kube::WatchEvent> result;
    auto error = guarded(frame.size(), expected, [&] {
        ProtobufReader reader(context.pool, frame.size());
        const Frame parts = readFrame(frame, reader);
        const auto eventType = watchEventType(parts.type);
        if (!eventType) {
            result = fail(kUnknownWatchEvent, {{"type", parts.type}, {"expected", expected}});
            return;
        }
        kube::WatchEvent event;
        event.type = *eventType;
        result = readObject(std::move(event), parts, expected, reader, type, decode);
    });
    if (error) {
        return fail(std::move(*error));
    }
    return result;
}

}  // namespace quarterdeck::kinds
