#include "app/kube/object.h"

namespace quarterdeck::kube {

std::string Object::path() const {
    if (meta.nameSpace.empty()) {
        return meta.name;
    }
    std::string text = meta.nameSpace.str();
    text += '/';
    text += meta.name;
    return text;
}

std::optional<std::string_view> Object::label(std::string_view key) const {
    for (const auto& [name, value] : meta.labels) {
        if (name == key) {
            return value.view();
        }
    }
    return std::nullopt;
}

}  // namespace quarterdeck::kube
