#pragma once

#include <string>
#include <vector>

#include "app/demo/api/status.h"
#include "app/demo/store/json.h"

namespace quarterdeck::demo {

/// The labelSelector and fieldSelector of a request.
class Selection {
public:
    /// 400 on a selector that cannot be read or names a field that this resource does not select by.
    [[nodiscard]] static Answer<Selection> parse(const ResourceType& type, const std::string& labels,
                                                 const std::string& fields);
    [[nodiscard]] bool matches(const Json& object) const;
    [[nodiscard]] bool isEmpty() const { return labels_.empty() && fields_.empty(); }

private:
    struct LabelTerm {
        std::string key;
        std::string operation;  ///< "in", "notin", "exists", "!"
        std::vector<std::string> values;
    };
    struct FieldTerm {
        std::vector<std::string> path;
        bool equal = true;
        std::string value;
    };
    std::vector<LabelTerm> labels_;
    std::vector<FieldTerm> fields_;
};

}  // namespace quarterdeck::demo
