#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/kube/discovery.h"
#include "app/kube/freshness.h"
#include "app/kube/kind_descriptor.h"

namespace quarterdeck::kube {

/// A resource of a server as an object, so that stores and tables hold what is served as they hold everything else.
/// Its name and uid are the qualified name ("certificates.cert-manager.io").
struct ServedKind : Object {
    ServedResource resource;
    /// The contexts it stands for: one, or several where somebody put them together.
    std::vector<ContextId> contexts;
    /// Its group does not answer now: this is what was known before. Health::Unknown.
    bool stale = false;
};

/// Stands for the served kinds where stores are asked for (by its address); nothing decodes them from an answer. Its
/// type is that of the definitions, which have the names of the kinds that they define.
[[nodiscard]] const KindDescriptor& servedKinds();

/// `version` of the object follows from the content, so that stores see what changed.
[[nodiscard]] std::shared_ptr<const ServedKind> makeServedKind(ServedResource resource, std::vector<ContextId> contexts,
                                                               bool stale);

/// What a context serves over time. What a discovery misses for once stays (servers forget a kind for a moment, and
/// 404 in the middle of an upgrade); what it misses twice goes; of stale groups everything stays.
class KindLedger {
public:
    explicit KindLedger(ContextId context) : context_(std::move(context)) {}

    /// Everything that counts as served now.
    [[nodiscard]] std::vector<ObjectPtr> take(const Discovery& discovery);
    /// Something was missed for the first time: worth another look soon.
    [[nodiscard]] bool inDoubt() const { return inDoubt_; }

private:
    struct Entry {
        ServedResource resource;
        bool missed = false;
    };
    ContextId context_;
    std::map<std::string, Entry> entries_;
    bool inDoubt_ = false;
};

/// Why what is served is known in part only; nothing where all groups answer.
[[nodiscard]] std::optional<Error> staleReason(const ContextId& context, const Discovery& discovery);

}  // namespace quarterdeck::kube
