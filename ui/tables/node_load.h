#pragma once

#include <memory>
#include <set>
#include <string>
#include <unordered_map>

#include "app/kinds/node.h"
#include "app/kube/object_store.h"

namespace quarterdeck::ui {

/// What the pods of each node of one context ask for, kept by batches of pods: a batch costs what its own pods cost.
class NodeLoads {
public:
    /// Names of the nodes whose sums are others now.
    std::set<std::string> apply(const kube::Batch& pods);
    /// Zeros where no pod is on it.
    [[nodiscard]] kinds::NodeLoad of(const std::string& node) const;

private:
    struct Share {
        std::string node;
        kinds::NodeLoad load;
        friend bool operator==(const Share&, const Share&) = default;
    };
    void add(const Share& share, int sign);

    std::unordered_map<kube::Uid, Share> shares_;
    std::unordered_map<std::string, kinds::NodeLoad> loads_;
};

/// The nodes of one store with their loads from the pods of another, as a store: Node::load is set as soon as the pods
/// are known. How fresh it is says the store of the nodes. Interface thread; lives as long as somebody subscribes.
class LoadedNodeStore : public kube::ObjectStore {
public:
    [[nodiscard]] static std::shared_ptr<LoadedNodeStore> over(const std::shared_ptr<kube::ObjectStore>& nodes,
                                                               const std::shared_ptr<kube::ObjectStore>& pods);

private:
    using NodePtr = std::shared_ptr<const kinds::Node>;
    void takeNodes(const kube::Batch& batch);
    void takePods(const kube::Batch& batch);
    [[nodiscard]] kube::ObjectPtr withLoad(const NodePtr& node) const;

    std::unordered_map<kube::Uid, NodePtr> nodes_;
    NodeLoads loads_;
    bool podsKnown_ = false;
    std::unique_ptr<kube::StoreSubscription> nodeSource_;
    std::unique_ptr<kube::StoreSubscription> podSource_;
};

}  // namespace quarterdeck::ui
