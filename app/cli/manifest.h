#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/base/result.h"

namespace quarterdeck::cli {

// Parameters: {file}, {detail}.
inline constexpr ErrorCode kCannotReadFile{
    "cli.cannot-read-file",
    QT_TRANSLATE_NOOP("Error", "The file {file} cannot be read: {detail}. Check its path and permissions.")};
inline constexpr ErrorCode kBadManifest{
    "cli.bad-manifest",
    QT_TRANSLATE_NOOP("Error",
                      "The file {file} is no list of Kubernetes objects: {detail}. Nothing was sent; correct it, then "
                      "try again.")};

/// One object of a file, with what the server must know to find it.
struct ManifestObject {
    std::string group;  ///< empty for core
    std::string version;
    std::string kind;
    std::string nameSpace;  ///< as it stands there; may be empty
    std::string name;
    nlohmann::json object;
};

/// The objects of a text of YAML documents or JSON; those of a List one by one. `file` is for messages, which hold
/// nothing of the content.
[[nodiscard]] Result<std::vector<ManifestObject>> parseManifest(const std::string& text, const std::string& file);

/// Reads a file; "-" is standard input.
[[nodiscard]] Result<std::string> readManifest(const std::string& file);

}  // namespace quarterdeck::cli
