#include "app/kube/scoped_list.h"

#include "app/kube/errors.h"
#include "app/kube/kind_feed.h"
#include "app/kube/scope_freshness.h"

namespace quarterdeck::kube {

Result<ScopedList> listWhereAllowed(http::Channel& channel, const KindDescriptor& kind, ListCall call,
                                    DecodeContext& decoding, NamespaceDirectory& namespaces, const Clock& clock,
                                    std::stop_token stop) {
    call.nameSpace.clear();
    ScopedList result;
    auto everywhere = listAll(channel, kind, call, decoding, stop);
    if (everywhere) {
        result.items = std::move(everywhere->items);
        return result;
    }
    if (everywhere.error().httpStatus != 403 || !kind.type.namespaced) {
        return fail(everywhere.error());
    }
    const std::vector<std::string> names = namespaces.ask(stop);
    ScopedParts scoped{call.context, kind.type, everywhere.error(), {}, 0, 0, std::nullopt};
    std::size_t tried = 0;
    std::size_t refused = 0;
    for (const std::string& name : names) {
        // What is refused costs little and does not count.
        if (tried - refused == KindFeed::kMostNamespaces || tried == KindFeed::kMostTried) {
            break;
        }
        ++tried;
        call.nameSpace = name;
        auto listed = listAll(channel, kind, call, decoding, stop);
        if (!listed && listed.error().httpStatus == 403 && ++refused > KindFeed::kMostNamespaces) {
            ++scoped.refusedMore;
            continue;
        }
        Freshness& part = scoped.parts[name];
        part.since = clock.now();
        if (listed) {
            part.state = FreshnessState::Live;
            result.items.insert(result.items.end(), listed->items.begin(), listed->items.end());
        } else {
            part.state = listed.error().httpStatus == 403 ? FreshnessState::Forbidden : FreshnessState::Failed;
            part.reason = listed.error();
        }
    }
    scoped.leftOut = names.size() - tried;
    const Freshness whole = combine(scoped);
    if (whole.state == FreshnessState::Forbidden || whole.state == FreshnessState::Failed) {
        return fail(*whole.reason);
    }
    result.narrowed = whole.reason;
    return result;
}

}  // namespace quarterdeck::kube
