#include "app/kinds/answer_errors.h"

#include "app/base/utf8.h"
#include "app/kinds/errors.h"

namespace quarterdeck::kinds {

using kube::WatchEventType;

std::string beginningOf(std::string_view answer) {
    return escapeForDisplay(utf8Prefix(answer, 120), 120);
}

std::optional<Error> emptyOrHtml(std::string_view answer, const std::string& expected) {
    const std::size_t first = answer.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return makeError(kEmptyAnswer, {{"expected", expected}});
    }
    if (answer[first] == '<') {
        return makeError(kHtmlAnswer, {{"expected", expected}, {"beginning", beginningOf(answer.substr(first))}});
    }
    return std::nullopt;
}

Error statusAnswer(const kube::ApiStatus& status, const std::string& expected) {
    Error error = makeError(kStatusAnswer, {{"code", std::to_string(status.code)},
                                            {"reason", status.reason},
                                            {"message", status.message},
                                            {"expected", expected}});
    error.httpStatus = status.code;
    if (status.retryAfterSeconds) {
        error.retryAfter = std::chrono::seconds(*status.retryAfterSeconds);
    }
    return error;
}

std::optional<WatchEventType> watchEventType(std::string_view text) {
    if (text == "MODIFIED") {
        return WatchEventType::Modified;
    }
    if (text == "ADDED") {
        return WatchEventType::Added;
    }
    if (text == "DELETED") {
        return WatchEventType::Deleted;
    }
    if (text == "BOOKMARK") {
        return WatchEventType::Bookmark;
    }
    if (text == "ERROR") {
        return WatchEventType::Error;
    }
    return std::nullopt;
}

}  // namespace quarterdeck::kinds
