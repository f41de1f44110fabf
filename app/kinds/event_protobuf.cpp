#include "app/kinds/event.h"
#include "app/kinds/event_times.h"
#include "app/kinds/protobuf_decode.h"

namespace quarterdeck::kinds {

namespace {

void readSubject(std::string_view message, ProtobufReader& reader, EventSubject& subject) {
    subject = {};
    eachProtoField(message, [&](const ProtoField& field) {
        switch (field.key) {
            case bytesField(1):
                subject.kind = reader.pooled(field.bytes);
                break;
            case bytesField(2):
                subject.nameSpace = reader.pooled(field.bytes);
                break;
            case bytesField(3):
                subject.name = reader.text(field.bytes);
                break;
            case bytesField(4):
                subject.uid = reader.text(field.bytes);
                break;
            case bytesField(7):
                subject.fieldPath = reader.pooled(field.bytes);
                break;
            default:
                break;
        }
    });
}

void readSource(std::string_view message, ProtobufReader& reader, Event& event) {
    eachProtoField(message, [&](const ProtoField& field) {
        if (field.key == bytesField(1) && !field.bytes.empty()) {
            event.component = reader.pooled(field.bytes);
        } else if (field.key == bytesField(2)) {
            event.host = reader.pooled(field.bytes);
        }
    });
}

void readSeries(std::string_view message, EventTimes& times) {
    eachProtoField(message, [&](const ProtoField& field) {
        if (field.key == varintField(1)) {
            times.seriesCount = ProtobufReader::integer32(field);
        } else if (field.key == bytesField(2)) {
            times.series = ProtobufReader::microTime(field.bytes);
        }
    });
}

void readTimeField(const ProtoField& field, EventTimes& times) {
    switch (field.key) {
        case bytesField(6):
            times.first = ProtobufReader::time(field.bytes);
            break;
        case bytesField(7):
            times.last = ProtobufReader::time(field.bytes);
            break;
        case varintField(8):
            times.count = ProtobufReader::integer32(field);
            break;
        case bytesField(10):
            times.event = ProtobufReader::microTime(field.bytes);
            break;
        case bytesField(11):
            readSeries(field.bytes, times);
            break;
        default:
            break;
    }
}

void readField(const ProtoField& field, ProtobufReader& reader, Event& event) {
    switch (field.key) {
        case bytesField(1):
            readMeta(field.bytes, reader, event.meta);
            break;
        case bytesField(2):
            readSubject(field.bytes, reader, event.subject);
            break;
        case bytesField(3):
            event.reason = reader.pooled(field.bytes);
            break;
        case bytesField(4):
            event.message = reader.text(field.bytes);
            break;
        case bytesField(5):
            readSource(field.bytes, reader, event);
            break;
        case bytesField(9):
            event.type = reader.pooled(field.bytes);
            break;
        case bytesField(12):
            event.action = reader.pooled(field.bytes);
            break;
        case bytesField(14):
            if (event.component.empty()) {
                event.component = reader.pooled(field.bytes);
            }
            break;
        default:
            break;
    }
}

}  // namespace

kube::ObjectPtr decodeEventMessage(std::string_view message, ProtobufReader& reader) {
    reader.spend(sizeof(Event));
    auto event = std::make_shared<Event>();
    EventTimes times;
    eachProtoField(message, [&](const ProtoField& field) {
        readTimeField(field, times);
        readField(field, reader, *event);
    });
    if (!identifiable(event->meta)) {
        return nullptr;
    }
    completeEvent(*event, times);
    return event;
}

}  // namespace quarterdeck::kinds
