#pragma once

#include <string>
#include <vector>

#include "app/demo/api/request.h"
#include "app/demo/api/status.h"
#include "app/demo/api/tables.h"

namespace quarterdeck::demo {

/// In which form a client wants objects: as they are, as a Table, or their metadata only.
struct Representation {
    enum class Form { Object, Table, Metadata };

    const ResourceType* type = nullptr;
    std::string version;  ///< the API version in the path: "v1" for an HPA asked for as autoscaling/v1
    Form form = Form::Object;
    IncludeObject include = IncludeObject::Metadata;

    /// From the Accept header; 406 where nothing that we speak is accepted.
    [[nodiscard]] static Answer<Representation> of(const ApiRequest& request, const ResourceType& type,
                                                   const std::string& version);
    [[nodiscard]] Json one(const Json& object, Instant now) const;
    [[nodiscard]] Json list(const std::vector<ObjectPtr>& objects, Json listMetadata, Instant now) const;
    /// The object of a watch event; a bookmark has only a resourceVersion.
    [[nodiscard]] Json bookmark(const std::string& resourceVersion, bool endOfInitialEvents) const;
};

/// An HPA between autoscaling/v2, as it is stored, and autoscaling/v1.
[[nodiscard]] Json autoscalerToV1(Json stored);
[[nodiscard]] Json autoscalerFromV1(Json given);

}  // namespace quarterdeck::demo
