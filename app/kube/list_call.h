#pragma once

#include <chrono>
#include <stop_token>
#include <string>

#include "app/base/result.h"
#include "app/http/channel.h"
#include "app/kube/kind_descriptor.h"

namespace quarterdeck::kube {

/// What to list and how far to go for it.
struct ListCall {
    ContextId context;
    /// Empty = all namespaces.
    std::string nameSpace;
    /// "0" = whatever the server has at hand, empty = the newest.
    std::string version = "0";
    http::Priority priority = http::Priority::Person;
    std::size_t maxBytes = std::size_t{512} << 20U;
    std::chrono::milliseconds timeout{300'000};
};

/// Reads a collection to its end, page by page where the server pages. All or nothing.
[[nodiscard]] Result<DecodedList> listAll(http::Channel& channel, const KindDescriptor& kind, const ListCall& call,
                                          DecodeContext& decoding, std::stop_token stop);

}  // namespace quarterdeck::kube
