#pragma once

#include <cstddef>
#include <string>

#include <tl/expected.hpp>

namespace quarterdeck::kubeconfig {

/// A value, or the reason in plain words; the reason holds nothing of the file's content.
template <class T>
using OrReason = tl::expected<T, std::string>;

inline constexpr std::size_t kMaxConfigBytes = std::size_t{8} << 20U;
inline constexpr std::size_t kMaxMaterialBytes = std::size_t{1} << 20U;

/// All bytes of a file (or of a pipe whose writer ends within two seconds). Blocks for disk.
[[nodiscard]] OrReason<std::string> readBytes(const std::string& path, std::size_t maxBytes);

/// UTF-8 from bytes that are UTF-8 (with or without BOM) or UTF-16 of either order (with or without BOM). Fails on
/// anything that is not text: zero bytes, binaries, malformed encodings.
[[nodiscard]] OrReason<std::string> decodeText(std::string bytes);

/// Bytes of strict base64 with white space allowed between.
[[nodiscard]] OrReason<std::string> decodeBase64(const std::string& text);

}  // namespace quarterdeck::kubeconfig
