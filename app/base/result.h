#pragma once

#include <tl/expected.hpp>

#include "app/base/error.h"

namespace quarterdeck {

/// A value or the reason why there is none. Never throws on its own.
template <class T>
using Result = tl::expected<T, Error>;

/// `return fail(kNoServer, {{"cluster", name}});`
[[nodiscard]] inline tl::unexpected<Error> fail(const ErrorCode& code, std::vector<Error::Parameter> parameters = {}) {
    return tl::unexpected<Error>(makeError(code, std::move(parameters)));
}
[[nodiscard]] inline tl::unexpected<Error> fail(const ErrorCode& code, std::vector<Error::Parameter> parameters,
                                                Error cause) {
    return tl::unexpected<Error>(makeError(code, std::move(parameters), std::move(cause)));
}
/// Passes an error on: `if (!answer) return fail(answer.error());`
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
    return tl::unexpected<Error>(std::move(error));
}

}  // namespace quarterdeck
