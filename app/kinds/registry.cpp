#include "app/kinds/registry.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "app/kinds/deployment.h"
#include "app/kinds/event.h"
#include "app/kinds/name_space.h"
#include "app/kinds/node.h"
#include "app/kinds/pod.h"
#include "app/kinds/replica_set.h"

namespace quarterdeck::kinds {

namespace {

struct Entry {
    const kube::KindDescriptor& (*kind)();
    std::string_view shortName;
};

/// One line per kind.
constexpr std::array kEntries{
    Entry{podKind, "po"},  Entry{deploymentKind, "deploy"}, Entry{replicaSetKind, "rs"},
    Entry{nodeKind, "no"}, Entry{nameSpaceKind, "ns"},      Entry{eventKind, "ev"},
};

bool sameText(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

}  // namespace

std::span<const kube::KindDescriptor* const> allKinds() {
    static const auto kinds = [] {
        std::array<const kube::KindDescriptor*, kEntries.size()> all{};
        std::transform(kEntries.begin(), kEntries.end(), all.begin(), [](const Entry& entry) { return &entry.kind(); });
        return all;
    }();
    return kinds;
}

const kube::KindDescriptor* findKind(std::string_view name) {
    for (const Entry& entry : kEntries) {
        const kube::KindDescriptor& kind = entry.kind();
        const std::string qualified = kind.type.resource + "." + kind.type.group;
        // The singular of every kind here is its kind in lower case.
        if (sameText(name, kind.type.resource) || sameText(name, kind.type.kind) || sameText(name, entry.shortName) ||
            (!kind.type.group.empty() && sameText(name, qualified))) {
            return &kind;
        }
    }
    return nullptr;
}

}  // namespace quarterdeck::kinds
