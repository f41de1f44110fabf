#pragma once

#include <string>

#include <tl/expected.hpp>

namespace quarterdeck::settings {

/// Reads a whole file of at most `maxBytes`. The error is in plain words; ENOENT gives "missing" as `isMissing`.
struct ReadFailure {
    bool isMissing = false;
    std::string reason;
};
[[nodiscard]] tl::expected<std::string, ReadFailure> readFile(const std::string& path, std::size_t maxBytes);

/// Writes through a temporary file beside it, synced and renamed; mode 0600. Missing folders are made with 0700. Where
/// `path` is a symbolic link its target is replaced. Returns the reason where it failed, empty on success.
[[nodiscard]] std::string writeFileAtomically(const std::string& path, const std::string& content);

/// Renames a file to `path`.broken-N with the first free N, never over an existing one. Returns the new name, or empty.
[[nodiscard]] std::string keepAside(const std::string& path);

/// Gives a file a second name `path`.broken-N, so that its content survives the next atomic write. A file that has one
/// already gets no further. Returns that name, or empty.
[[nodiscard]] std::string keepCopy(const std::string& path);

}  // namespace quarterdeck::settings
