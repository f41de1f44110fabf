#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/kinds/event.h"
#include "app/kinds/node.h"
#include "app/kinds/pod.h"
#include "app/kube/object_store.h"

namespace quarterdeck::ui {

/// Which object is looked at.
struct SubjectQuery {
    const kube::KindDescriptor* kind = nullptr;
    std::string nameSpace;
    std::string name;
    kube::Uid uid;  ///< empty where only the name is known
    /// Of an event: under which uid its group stands where events are shown in groups; empty where that is not known.
    kube::Uid group = {};
};

/// An owner of the subject, or an owner's owner.
struct OwnerLink {
    std::string kind;
    std::string name;
    kube::Uid uid;
    std::int64_t revision = 0;  ///< of a ReplicaSet or Deployment; 0 = unknown
};

using EventPtr = std::shared_ptr<const kinds::Event>;
using PodPtr = std::shared_ptr<const kinds::Pod>;

/// What the live stores know about one object and what belongs to it. A value, made off the interface thread.
struct Surroundings {
    /// Its newest version; null until it is found. Stays after the object went away.
    kube::ObjectPtr self;
    /// The store is up to date and does not hold the object (any more).
    bool gone = false;
    /// Where it is gone: another object that took its name; null without one.
    kube::ObjectPtr successor;
    kube::Freshness selfFreshness;

    /// Newest first, at most kMostEvents. Of an event: the other events of its object.
    std::vector<EventPtr> events;
    std::size_t eventCount = 0;
    kube::Freshness eventsFreshness;

    /// The direct owner first.
    std::vector<OwnerLink> owners;
    /// Other pods of the same controller, worst first, at most kMostPods.
    std::vector<PodPtr> siblings;
    std::size_t siblingCount = 0;

    /// Of a node: its pods that have not finished, worst first, at most kMostPods, and what all of them request.
    std::vector<PodPtr> pods;
    std::size_t podCount = 0;
    std::size_t podsInTrouble = 0;
    std::int64_t requestedCpuMilli = 0;
    std::int64_t requestedMemory = 0;
    kube::Freshness podsFreshness;

    static constexpr std::size_t kMostEvents = 100;
    static constexpr std::size_t kMostPods = 100;
};

/// Gathers the surroundings of one object from batches of the stores. Each change is looked at once; only when the
/// subject itself changes its owner, node or identity are all objects gone through again. One thread.
class SurroundingsBuilder {
public:
    explicit SurroundingsBuilder(SubjectQuery query) : query_(std::move(query)) {}

    /// Kinds whose stores it wants: the subject's own first.
    [[nodiscard]] static std::vector<const kube::KindDescriptor*> sources(const kube::KindDescriptor& subject);

    /// True where the surroundings are others now.
    bool apply(const kube::KindDescriptor& kind, const kube::Batch& batch);
    [[nodiscard]] Surroundings build() const;

private:
    struct Source {
        std::unordered_map<kube::Uid, kube::ObjectPtr> all;
        std::map<kube::Uid, kube::ObjectPtr> matched;
        kube::Freshness freshness;
    };
    /// What objects are compared with.
    struct Marks {
        kube::Uid uid;
        std::string kind;
        std::string nameSpace;
        std::string name;
        kube::Uid controller;
        friend bool operator==(const Marks&, const Marks&) = default;
    };
    [[nodiscard]] const Source* source(const kube::KindDescriptor& kind) const;
    [[nodiscard]] bool isSelf(const kube::KindDescriptor& kind) const { return &kind == query_.kind; }
    bool refreshSelf();
    /// Of an event whose uid the store does not hold: the group that it is in, or the newest event of the group that it
    /// was. Null where there is none.
    [[nodiscard]] kube::ObjectPtr regrouped(const Source& own) const;
    /// Whether it has the subject's name and is another.
    [[nodiscard]] bool takesNameOf(const kube::Object& object) const;
    [[nodiscard]] Marks marks() const;
    [[nodiscard]] bool matches(const kube::KindDescriptor& kind, const kube::Object& object) const;
    bool rematch();
    void addEvents(Surroundings& into) const;
    void addOwners(Surroundings& into) const;
    void addPods(Surroundings& into) const;

    SubjectQuery query_;
    std::map<const kube::KindDescriptor*, Source> sources_;
    kube::ObjectPtr self_;
    bool gone_ = false;
    Marks marks_;
};

/// What a pod asks a node for: the larger of what its containers ask together and what one init container asks.
struct PodRequests {
    std::int64_t cpuMilli = 0;
    std::int64_t memory = 0;
};
[[nodiscard]] PodRequests requestsOf(const kinds::Pod& pod);

}  // namespace quarterdeck::ui
