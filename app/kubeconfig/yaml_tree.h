#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/kubeconfig/text_file.h"

namespace quarterdeck::kubeconfig {

/// A YAML (or JSON) document as a plain tree: aliases and merge keys unfolded, keys unique. Scalars are wiped when it
/// dies.
struct YamlNode {
    enum class Kind { Null, Scalar, Sequence, Map };
    using Field = std::pair<std::string, YamlNode>;

    YamlNode() = default;
    YamlNode(const YamlNode&) = default;
    YamlNode(YamlNode&&) noexcept = default;
    YamlNode& operator=(const YamlNode&) = default;
    YamlNode& operator=(YamlNode&&) noexcept = default;
    ~YamlNode();

    Kind kind = Kind::Null;
    /// Written without quotes: may mean a number or a boolean.
    bool plain = false;
    int line = 0;  ///< 1-based, 0 where unknown
    std::string text;
    std::vector<YamlNode> items;
    std::vector<Field> fields;

    /// Null where missing.
    [[nodiscard]] const YamlNode* find(std::string_view key) const;
};

struct YamlLimits {
    std::size_t depth = 64;
    std::size_t nodes = 200'000;
    /// Text of all scalars together, aliases unfolded.
    std::size_t bytes = std::size_t{32} << 20U;
};

/// The first document of `text`; an empty one gives Null. Duplicate keys, aliases within their own anchor, keys that
/// are not scalars and documents beyond the limits are errors, with the line but nothing of the content.
[[nodiscard]] OrReason<YamlNode> parseYaml(const std::string& text, const YamlLimits& limits = {});

/// The same for each document of `text`, to which the limits apply one by one; JSON values may follow each other.
[[nodiscard]] OrReason<std::vector<YamlNode>> parseYamlDocuments(const std::string& text,
                                                                 const YamlLimits& limits = {});

/// The tree as JSON, plain scalars resolved (true, 12, 1.5, null).
[[nodiscard]] nlohmann::json toJson(const YamlNode& node);

}  // namespace quarterdeck::kubeconfig
