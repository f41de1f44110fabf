#include "app/demo/api/patch.h"

#include <fmt/format.h>

namespace quarterdeck::demo {

Answer<Json> applyPatch(const std::string& contentType, const Json& current, const std::string& body) {
    const std::string type = contentType.substr(0, contentType.find(';'));
    const bool known = type == "application/json-patch+json" || type == "application/merge-patch+json" ||
                       type == "application/strategic-merge-patch+json" || type == "application/apply-patch+yaml";
    if (!known) {
        return refuse(unsupportedMediaType(contentType));
    }
    Json patch = Json::parse(body, nullptr, false);
    if (patch.is_discarded()) {
        return refuse(badRequest("error decoding patch: the body is not JSON"));
    }
    if (type == "application/json-patch+json") {
        if (!patch.is_array()) {
            return refuse(badRequest("error decoding patch: a JSON patch is an array of operations"));
        }
        try {
            return current.patch(patch);
        } catch (const Json::exception& error) {
            return refuse(
                {422, "Invalid",
                 fmt::format("the server rejected our request due to an error in our request: {}", error.what())});
        }
    }
    if (!patch.is_object()) {
        return refuse(badRequest("error decoding patch: the patch is not an object"));
    }
    if (type == "application/merge-patch+json") {
        Json result = current;
        result.merge_patch(patch);
        return result;
    }
    return strategicMerge(current, patch);
}

}  // namespace quarterdeck::demo
