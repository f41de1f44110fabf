#include "app/demo/api/status.h"

#include <fmt/format.h>

namespace quarterdeck::demo {
namespace {

Json detailsOf(const ResourceType& type, const std::string& name) {
    Json details = {{"name", name}, {"kind", type.plural}};
    if (!type.group.empty()) {
        details["group"] = type.group;
    }
    return details;
}

}  // namespace

Json statusObject(const ApiFailure& failure) {
    Json status = {{"kind", "Status"},    {"apiVersion", "v1"},         {"metadata", Json::object()},
                   {"status", "Failure"}, {"message", failure.message}, {"reason", failure.reason},
                   {"code", failure.code}};
    if (!failure.details.empty()) {
        status["details"] = failure.details;
    }
    return status;
}

Json successStatus(const ResourceType& type, const Json& object) {
    Json details = detailsOf(type, nameOf(object));
    details["uid"] = uidOf(object);
    return {{"kind", "Status"},
            {"apiVersion", "v1"},
            {"metadata", Json::object()},
            {"status", "Success"},
            {"details", std::move(details)}};
}

ApiFailure notFound(const ResourceType& type, const std::string& name) {
    return {404, "NotFound", fmt::format("{} \"{}\" not found", type.qualified(), name), detailsOf(type, name)};
}

ApiFailure noSuchPath() {
    return {404, "NotFound", "the server could not find the requested resource"};
}

ApiFailure alreadyExists(const ResourceType& type, const std::string& name) {
    return {409, "AlreadyExists", fmt::format("{} \"{}\" already exists", type.qualified(), name),
            detailsOf(type, name)};
}

ApiFailure conflict(const ResourceType& type, const std::string& name, const std::string& why) {
    return {409, "Conflict", fmt::format("Operation cannot be fulfilled on {} \"{}\": {}", type.qualified(), name, why),
            detailsOf(type, name)};
}

ApiFailure staleVersion(const ResourceType& type, const std::string& name) {
    return conflict(type, name,
                    "the object has been modified; please apply your changes to the latest version and try again");
}

ApiFailure badRequest(const std::string& why) {
    return {400, "BadRequest", why};
}

ApiFailure unsupportedMediaType(const std::string& given) {
    return {415, "UnsupportedMediaType",
            fmt::format("the body of the request was in an unknown format - accepted media types include: "
                        "application/json, application/json-patch+json, application/merge-patch+json, "
                        "application/strategic-merge-patch+json, application/apply-patch+yaml (got \"{}\")",
                        given)};
}

ApiFailure methodNotAllowed() {
    return {405, "MethodNotAllowed", "the server does not allow this method on the requested resource"};
}

ApiFailure expired(const std::string& asked, const std::string& oldest) {
    return {410, "Expired", fmt::format("too old resource version: {} ({})", asked, oldest)};
}

ApiFailure futureVersion(const std::string& asked, const std::string& current) {
    Json details = {{"retryAfterSeconds", 1}};
    details["causes"] =
        Json::array({Json{{"reason", "ResourceVersionTooLarge"}, {"message", "Too large resource version"}}});
    return {504, "Timeout", fmt::format("Too large resource version: {}, current: {}", asked, current), details};
}

ApiFailure invalid(const ResourceType& type, const std::string& name, const std::string& field,
                   const std::string& why) {
    Json details = detailsOf(type, name);
    details["kind"] = type.kind;
    details["causes"] =
        Json::array({Json{{"reason", "FieldValueInvalid"}, {"message", "Invalid value: " + why}, {"field", field}}});
    const std::string kind = type.group.empty() ? type.kind : type.kind + "." + type.group;
    return {422, "Invalid", fmt::format("{} \"{}\" is invalid: {}: Invalid value: {}", kind, name, field, why),
            details};
}

}  // namespace quarterdeck::demo
