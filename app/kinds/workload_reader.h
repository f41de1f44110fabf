#pragma once

#include <vector>

#include "app/kinds/deployment.h"
#include "app/kinds/json_reader.h"

namespace quarterdeck::kinds {

/// Name and image of each container in a pod template.
inline void readTemplate(JsonValue& value, Reader& reader, std::vector<TemplateContainer>& containers) {
    const auto readContainer = [&](JsonValue& element) {
        TemplateContainer container;
        eachField(element, reader, [&](FieldName name, JsonValue& field) {
            if (name.is("name")) {
                container.name = reader.pooled(field);
            } else if (name.is("image")) {
                container.image = reader.pooled(field);
            }
        });
        containers.push_back(std::move(container));
    };
    eachField(value, reader, [&](FieldName outer, JsonValue& spec) {
        if (!outer.is("spec")) {
            return;
        }
        eachField(spec, reader, [&](FieldName name, JsonValue& field) {
            if (name.is("containers")) {
                containers.clear();
                eachElement(field, reader, readContainer);
            }
        });
    });
}

}  // namespace quarterdeck::kinds
