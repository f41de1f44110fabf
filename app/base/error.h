#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <QtGlobal>  // QT_TRANSLATE_NOOP

namespace quarterdeck {

/// One kind of failure. Instances are constants with static storage beside the code that reports them:
///   inline constexpr ErrorCode kNoServer{"kubeconfig.no-server", QT_TRANSLATE_NOOP("Error", "no server found …")};
/// `id` is stable and machine-readable. `sentence` is English with named parameters in braces; `{cause}` stands
/// for the description of the error underneath. A sentence names what failed, where, why and what to do next.
struct ErrorCode {
    const char* id;
    const char* sentence;
};

/// A failure as a value: a code and what is particular to this occurrence. Never holds a secret.
struct Error {
    using Parameter = std::pair<std::string, std::string>;

    const ErrorCode* code = nullptr;
    std::vector<Parameter> parameters;
    std::shared_ptr<const Error> cause;
    /// HTTP status that led to this error, 0 where there was none.
    int httpStatus = 0;
    /// What the server asked to wait before the next try.
    std::optional<std::chrono::seconds> retryAfter;

    [[nodiscard]] bool is(const ErrorCode& other) const { return code == &other; }
    /// Value of a named parameter, empty where missing.
    [[nodiscard]] std::string_view parameter(std::string_view name) const;
};

/// Builds an error: makeError(kNoServer, {{"cluster", name}}).
[[nodiscard]] Error makeError(const ErrorCode& code, std::vector<Error::Parameter> parameters = {});
[[nodiscard]] Error makeError(const ErrorCode& code, std::vector<Error::Parameter> parameters, Error cause);

/// The English sentence with its parameters filled in. Control characters in parameters are shown escaped.
[[nodiscard]] std::string describe(const Error& error);

/// Fills `{name}` in a (translated) sentence; used by describe() and by the translation in ui/.
[[nodiscard]] std::string fillSentence(std::string_view sentence, const Error& error, std::string_view causeText);

/// Text with control characters, bidirectional marks and malformed UTF-8 made visible (\n, \u202e, \xff).
[[nodiscard]] std::string escapeForDisplay(std::string_view text, std::size_t maxLength = 2000);

/// The work was cancelled by whoever asked for it; not a failure to show.
inline constexpr ErrorCode kCancelled{"base.cancelled", QT_TRANSLATE_NOOP("Error", "Cancelled.")};

}  // namespace quarterdeck
