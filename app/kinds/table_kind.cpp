#include "app/kinds/table_kind.h"

#include <fmt/format.h>

#include "app/base/utf8.h"
#include "app/kinds/answer_errors.h"
#include "app/kinds/errors.h"
#include "app/kinds/json_decode.h"
#include "app/kinds/json_document.h"

namespace quarterdeck::kinds {

using kube::TableCell;
using kube::TableColumns;
using kube::TableRow;
using kube::WatchEventType;

namespace {

namespace ondemand = simdjson::ondemand;

constexpr const char* kExpected = "a table";

std::string_view cut(std::string_view text) {
    return utf8Prefix(text, kube::kMaxCellBytes);
}

TableCell readNumber(JsonValue& value, Reader& reader) {
    std::int64_t whole = 0;
    if (value.get_int64().get(whole) == simdjson::SUCCESS) {
        return whole;
    }
    double number = 0;
    if (value.get_double().get(number) == simdjson::SUCCESS) {
        return number;
    }
    return reader.intern(cut(value.raw_json_token()));
}

TableCell readCell(JsonValue& value, Reader& reader) {
    ondemand::json_type type{};
    if (const auto error = value.type().get(type)) {
        reader.fail(error);
        return {};
    }
    switch (type) {
        case ondemand::json_type::string:
            return reader.intern(cut(reader.text(value)));
        case ondemand::json_type::number:
            return readNumber(value, reader);
        case ondemand::json_type::boolean:
            return reader.boolean(value);
        case ondemand::json_type::array:
        case ondemand::json_type::object: {
            std::string_view raw;
            if (const auto error = simdjson::to_json_string(value).get(raw)) {
                reader.fail(error);
                return {};
            }
            return reader.intern(cut(raw));
        }
        default:
            return {};
    }
}

TableColumns readColumns(JsonValue& value, Reader& reader) {
    TableColumns columns;
    eachElement(value, reader, [&](JsonValue& element) {
        kube::TableColumn& column = columns.emplace_back();
        eachField(element, reader, [&](FieldName name, JsonValue& field) {
            if (name.is("name")) {
                column.name = cut(reader.text(field));
            } else if (name.is("type")) {
                column.type = reader.text(field);
            } else if (name.is("format")) {
                column.format = reader.text(field);
            } else if (name.is("description")) {
                column.description = cut(reader.text(field));
            } else if (name.is("priority")) {
                column.priority = reader.integer32(field);
            }
        });
    });
    return columns;
}

/// A row of a table on its way, or a plain object of a server that makes none.
struct Draft {
    std::shared_ptr<TableRow> row = std::make_shared<TableRow>();
    MetaExtras extras;
    bool plain = false;
};

Draft readRow(JsonValue& value, Reader& reader) {
    Draft draft;
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("cells")) {
            draft.row->cells.clear();
            eachElement(field, reader, [&](JsonValue& cell) { draft.row->cells.push_back(readCell(cell, reader)); });
        } else if (name.is("object")) {
            eachField(field, reader, [&](FieldName inner, JsonValue& part) {
                if (inner.is("metadata")) {
                    readMeta(part, reader, draft.row->meta, &draft.extras);
                }
            });
        }
    });
    return draft;
}

Draft readPlain(JsonValue& value, Reader& reader) {
    Draft draft;
    draft.plain = true;
    eachField(value, reader, [&](FieldName name, JsonValue& field) {
        if (name.is("metadata")) {
            readMeta(field, reader, draft.row->meta);
        }
    });
    return draft;
}

/// What stands at the top of an answer or in an event's object.
struct Content {
    std::string kind;
    kube::ObjectMeta meta;
    MetaExtras extras;
    std::optional<TableColumns> columns;
    std::vector<Draft> drafts;
    bool hasRows = false;
    kube::ApiStatus status;

    void read(FieldName name, JsonValue& field, Reader& reader) {
        if (name.is("kind")) {
            kind = reader.text(field);
        } else if (name.is("metadata")) {
            readMeta(field, reader, meta, &extras);
        } else if (name.is("columnDefinitions")) {
            if (TableColumns read = readColumns(field, reader); !read.empty()) {
                columns = std::move(read);
            }
        } else if (name.is("rows") || name.is("items")) {
            const bool table = name.is("rows");
            hasRows = true;
            drafts.clear();
            eachElement(field, reader, [&](JsonValue& element) {
                drafts.push_back(table ? readRow(element, reader) : readPlain(element, reader));
            });
        } else {
            static_cast<void>(readStatusField(name, field, reader, status));
        }
    }
};

std::shared_ptr<const TableColumns> plainColumns() {
    static const auto columns = std::make_shared<const TableColumns>(
        TableColumns{{"Name", "string", "name", "", 0}, {"Age", "date", "", "", 0}});
    return columns;
}

/// Null where it cannot be told from others.
kube::ObjectPtr finish(Draft draft, const kube::DecodeContext& context) {
    TableRow& row = *draft.row;
    if (row.meta.name.empty()) {
        return nullptr;
    }
    if (row.meta.uid.empty()) {
        row.meta.uid = fmt::format("{}:{}", row.meta.nameSpace.view(), row.meta.name);
    }
    if (draft.plain || !context.columns) {
        row.columns = plainColumns();
        row.cells = {context.pool.intern(cut(row.meta.name)), TableCell{}};
    } else {
        row.columns = context.columns;
    }
    row.cells.shrink_to_fit();
    row.health = healthOf(row);
    return std::move(draft.row);
}

/// Columns that did not change stay the same object: whoever holds rows can compare the pointer.
void takeColumns(std::optional<TableColumns> columns, kube::DecodeContext& context) {
    if (columns && (!context.columns || *context.columns != *columns)) {
        context.columns = std::make_shared<const TableColumns>(std::move(*columns));
    }
}

Result<kube::DecodedList> decodeTable(std::string& json, kube::DecodeContext& context) {
    if (auto error = foreignAnswer(json, kExpected)) {
        return fail(std::move(*error));
    }
    Document document(json, false);
    Reader reader(context.pool);
    reader.fail(document.error());
    Content content;
    if (!reader.failed()) {
        document.eachRootField(reader, [&](FieldName name, JsonValue& field) { content.read(name, field, reader); });
    }
    if (reader.failed()) {
        return fail(syntaxError(json, reader.error(), kExpected));
    }
    if (content.kind == "Status") {
        return fail(statusAnswer(content.status, kExpected));
    }
    const bool known = content.kind == "Table" || content.kind.ends_with("List");
    // A table without rows has "rows": null or [].
    if (!known || (!content.hasRows && content.kind != "Table")) {
        return fail(kWrongKind, {{"found", content.kind}, {"expected", kExpected}});
    }
    takeColumns(std::move(content.columns), context);
    kube::DecodedList list;
    list.resourceVersion = std::move(content.meta.resourceVersion);
    list.continueToken = std::move(content.extras.continueToken);
    list.items.reserve(content.drafts.size());
    for (Draft& draft : content.drafts) {
        if (auto object = finish(std::move(draft), context)) {
            list.items.push_back(std::move(object));
        } else {
            ++list.skipped;
        }
    }
    return list;
}

Result<kube::WatchEvent> decodeTableEvent(std::string& json, kube::DecodeContext& context) {
    const std::string expected = "a watch event of a table";
    if (auto error = foreignAnswer(json, expected)) {
        return fail(std::move(*error));
    }
    Document document(json, json.size() <= kKeptParserCapacity);
    Reader reader(context.pool);
    reader.fail(document.error());
    std::string type;
    Content outer;
    Content content;
    if (!reader.failed()) {
        document.eachRootField(reader, [&](FieldName name, JsonValue& field) {
            if (name.is("type")) {
                type = reader.text(field);
            } else if (name.is("object")) {
                eachField(field, reader, [&](FieldName inner, JsonValue& part) { content.read(inner, part, reader); });
            } else {
                outer.read(name, field, reader);
            }
        });
    }
    if (reader.failed()) {
        return fail(syntaxError(json, reader.error(), expected));
    }
    const auto eventType = watchEventType(type);
    if (!eventType) {
        // A watch that is refused answers with a bare Status instead of events.
        return outer.kind == "Status" ? fail(statusAnswer(outer.status, expected))
                                      : fail(kUnknownWatchEvent, {{"type", type}, {"expected", expected}});
    }
    kube::WatchEvent event;
    event.type = *eventType;
    if (event.type == WatchEventType::Error) {
        event.status = std::move(content.status);
        return event;
    }
    takeColumns(std::move(content.columns), context);
    const bool table = content.kind == "Table";
    Draft draft;
    if (table && !content.drafts.empty()) {
        draft = std::move(content.drafts.front());
    } else if (!table) {
        draft.plain = true;
        draft.row->meta = content.meta;
        draft.extras = content.extras;
    }
    const std::string& own = draft.row->meta.resourceVersion;
    event.resourceVersion = own.empty() ? content.meta.resourceVersion : own;
    if (event.type == WatchEventType::Bookmark) {
        event.initialEventsEnd = draft.extras.initialEventsEnd || content.extras.initialEventsEnd;
        return event;
    }
    event.object = finish(std::move(draft), context);
    if (!event.object) {
        return fail(kIncompleteObject, {{"type", type}, {"expected", expected}});
    }
    return event;
}

}  // namespace

kube::KindDescriptor tableKind(kube::ResourceType type, bool watched) {
    return {.type = std::move(type),
            .decodeList = decodeTable,
            .decodeWatchLine = decodeTableEvent,
            .accept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json",
            .query = "includeObject=Metadata",
            .watched = watched};
}

}  // namespace quarterdeck::kinds
