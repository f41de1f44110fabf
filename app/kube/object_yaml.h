#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

namespace quarterdeck::kube {

/// How deep an object may nest before the rest is replaced by a mark.
inline constexpr int kYamlDepth = 64;

/// An object of the API as block YAML for reading: apiVersion, kind, metadata, spec, data and status first, then the
/// rest by name; two spaces a level. metadata.managedFields is left out. Of a Secret no value is written: each value
/// of data and stringData, and the annotation of the last applied configuration, is replaced by its size. What is
/// written parses back, by the rules of YAML 1.1, to the identical JSON (but for what is left out, and below
/// kYamlDepth levels). Text that could deceive the eye (control characters, bidirectional marks) is escaped.
/// Pure; any thread.
[[nodiscard]] std::string objectYaml(const nlohmann::json& object);

/// The copy of the object that objectYaml() writes: without managedFields and without the values of Secrets.
[[nodiscard]] nlohmann::json withoutSecrets(nlohmann::json object);

}  // namespace quarterdeck::kube
