#pragma once

#include <map>
#include <string>

#include "ui/pages/cluster_access.h"

namespace quarterdeck::tests {

/// Open contexts whose stores the test feeds by hand.
class FakeAccess : public ui::ClusterAccess {
public:
    explicit FakeAccess(QObject* parent = nullptr) : ClusterAccess(parent) {}

    void openContext(const std::string& id, bool production = false) {
        open_.push_back({id, production});
        emit openChanged();
    }
    void closeContext(const std::string& id) {
        emit closing(QString::fromStdString(id));
        std::erase_if(open_, [&](const OpenContext& context) { return context.id == id; });
        std::erase_if(stores_, [&](const auto& entry) { return entry.first.first == id; });
        emit openChanged();
    }
    /// The store of a kind, made on first use.
    kube::ObjectStore& feed(const std::string& id, const kube::KindDescriptor& kind) {
        auto& store = stores_[{id, kind.type.resource}];
        if (!store) {
            store = std::make_shared<kube::ObjectStore>();
        }
        return *store;
    }

    [[nodiscard]] std::vector<OpenContext> open() const override { return open_; }
    [[nodiscard]] std::shared_ptr<kube::ObjectStore> store(const kube::ContextId& id,
                                                           const kube::KindDescriptor& kind) override {
        feed(id, kind);
        return stores_[{id, kind.type.resource}];
    }
    [[nodiscard]] std::shared_ptr<kube::KubeClient> client(const kube::ContextId&) const override { return kubeClient; }
    [[nodiscard]] Instant serverNow(const kube::ContextId&) const override { return now; }
    void retry(const kube::ContextId& id) override { retried.push_back(id); }

    Instant now = Instant(std::chrono::seconds(1'700'000'300));
    std::vector<std::string> retried;
    std::shared_ptr<kube::KubeClient> kubeClient;  ///< of every context

private:
    std::vector<OpenContext> open_;
    std::map<std::pair<std::string, std::string>, std::shared_ptr<kube::ObjectStore>> stores_;
};

}  // namespace quarterdeck::tests
