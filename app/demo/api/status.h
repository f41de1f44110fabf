#pragma once

#include <string>

#include <tl/expected.hpp>

#include "app/demo/store/json.h"
#include "app/demo/store/resource_types.h"

namespace quarterdeck::demo {

/// A failure as the API server tells it: the members of a metav1.Status.
struct ApiFailure {
    int code = 500;
    std::string reason;
    std::string message;
    Json details = Json::object();
};

template <class T>
using Answer = tl::expected<T, ApiFailure>;

[[nodiscard]] inline tl::unexpected<ApiFailure> refuse(ApiFailure failure) {
    return tl::unexpected<ApiFailure>(std::move(failure));
}

[[nodiscard]] Json statusObject(const ApiFailure& failure);
[[nodiscard]] Json successStatus(const ResourceType& type, const Json& object);

[[nodiscard]] ApiFailure notFound(const ResourceType& type, const std::string& name);
[[nodiscard]] ApiFailure noSuchPath();
[[nodiscard]] ApiFailure alreadyExists(const ResourceType& type, const std::string& name);
[[nodiscard]] ApiFailure conflict(const ResourceType& type, const std::string& name, const std::string& why);
[[nodiscard]] ApiFailure staleVersion(const ResourceType& type, const std::string& name);
[[nodiscard]] ApiFailure badRequest(const std::string& why);
[[nodiscard]] ApiFailure unsupportedMediaType(const std::string& given);
[[nodiscard]] ApiFailure methodNotAllowed();
/// 410: the asked-for version is forgotten.
[[nodiscard]] ApiFailure expired(const std::string& asked, const std::string& oldest);
/// 504: the asked-for version has not happened yet.
[[nodiscard]] ApiFailure futureVersion(const std::string& asked, const std::string& current);
/// 422 for one field.
[[nodiscard]] ApiFailure invalid(const ResourceType& type, const std::string& name, const std::string& field,
                                 const std::string& why);

}  // namespace quarterdeck::demo
