#pragma once

#include <string>

namespace quarterdeck::demo {

/// `plain` as one gzip member; empty when it cannot be compressed.
[[nodiscard]] std::string gzip(const std::string& plain);

}  // namespace quarterdeck::demo
