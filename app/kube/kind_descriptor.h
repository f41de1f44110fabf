#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/base/string_pool.h"
#include "app/kube/object.h"
#include "app/kube/table.h"

namespace quarterdeck::kube {

/// A list answer, decoded whole.
struct DecodedList {
    std::vector<ObjectPtr> items;
    std::string resourceVersion;
    std::string continueToken;
    /// Items that were left out because they lack a name or uid or have the wrong shape.
    std::size_t skipped = 0;
};

enum class WatchEventType { Added, Modified, Deleted, Bookmark, Error };

/// A Status object of the API (errors, results).
struct ApiStatus {
    int code = 0;
    std::string reason;
    std::string message;
    std::optional<int> retryAfterSeconds;
};

struct WatchEvent {
    WatchEventType type = WatchEventType::Error;
    ObjectPtr object;  ///< null for Bookmark and Error
    /// Of the object or bookmark. Empty for Error.
    std::string resourceVersion;
    /// Bookmark annotated k8s.io/initial-events-end.
    bool initialEventsEnd = false;
    ApiStatus status;  ///< for Error
};

/// A watch event whose object lacks a name or uid: only this line is unusable, the stream goes on.
inline constexpr ErrorCode kIncompleteObject{
    "kinds.incomplete-object",
    QT_TRANSLATE_NOOP("Error", "A watch event ({type}) came without a usable object where {expected} was expected.")};

/// What a decoder shares between calls. Lives as long as its session.
struct DecodeContext {
    StringPool& pool;
    /// Of tables: a stream names its columns once, with its first event.
    std::shared_ptr<const TableColumns> columns = nullptr;
};

/// One kind as data: where it is served and how its bytes become summaries. Pure functions, any thread.
/// Decoders may append padding to the text they are given; they never keep it.
struct KindDescriptor {
    ResourceType type;
    Result<DecodedList> (*decodeList)(std::string& json, DecodeContext& context) = nullptr;
    /// One line of a watch stream, without its newline.
    Result<WatchEvent> (*decodeWatchLine)(std::string& json, DecodeContext& context) = nullptr;
    /// The same summaries from protobuf, for kinds that come in thousands; null where a kind is only read as JSON.
    Result<DecodedList> (*decodeProtobufList)(std::string_view body, DecodeContext& context) = nullptr;
    /// One frame of a watch stream, without its length.
    Result<WatchEvent> (*decodeProtobufFrame)(std::string_view frame, DecodeContext& context) = nullptr;
    /// What to accept of lists and watches; empty = plain JSON.
    std::string_view accept{};
    /// Further query of lists and watches ("includeObject=Metadata"); may be empty.
    std::string_view query{};
    /// False where servers know lists and no watch of it (metrics): it is listed now and then.
    bool watched = true;
    /// Rows are kube::TableRow as the server prints them, not the kind's own summary.
    [[nodiscard]] bool isTable() const { return !accept.empty(); }
};

}  // namespace quarterdeck::kube
