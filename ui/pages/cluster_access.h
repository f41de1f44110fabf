#pragma once

#include <memory>
#include <string>
#include <vector>

#include <QObject>

#include "app/kube/kind_descriptor.h"
#include "app/kube/object_store.h"

namespace quarterdeck::kube {
class KubeClient;
}

namespace quarterdeck::ui {

/// What pages see of the open contexts. Interface thread.
class ClusterAccess : public QObject {
    Q_OBJECT
public:
    struct OpenContext {
        kube::ContextId id;
        bool production = false;
        friend bool operator==(const OpenContext&, const OpenContext&) = default;
    };
    /// By name.
    [[nodiscard]] virtual std::vector<OpenContext> open() const = 0;
    /// Null where the context is not open. Objects arrive while somebody holds it.
    [[nodiscard]] virtual std::shared_ptr<kube::ObjectStore> store(const kube::ContextId& id,
                                                                   const kube::KindDescriptor& kind) = 0;
    /// The same where it is fed already, and null where it is not: asking neither begins a watch nor prolongs one.
    [[nodiscard]] virtual std::shared_ptr<kube::ObjectStore> fedStore(const kube::ContextId& id,
                                                                      const kube::KindDescriptor& kind) const {
        static_cast<void>(id);
        static_cast<void>(kind);
        return nullptr;
    }
    /// Under which version and scope this context serves a kind.
    [[nodiscard]] virtual kube::ResourceType typeAt(const kube::ContextId&, const kube::KindDescriptor& kind) const {
        return kind.type;
    }
    /// Blocking calls for worker threads; null where the context is not open.
    [[nodiscard]] virtual std::shared_ptr<kube::KubeClient> client(const kube::ContextId& id) const = 0;
    /// Time as the server tells it.
    [[nodiscard]] virtual Instant serverNow(const kube::ContextId& id) const = 0;
    /// Tries everything of this context again at once.
    virtual void retry(const kube::ContextId& id) = 0;
    /// Somebody looks into these namespaces: matters where lists go namespace by namespace.
    virtual void seekNamespaces(const kube::ContextId& id, const std::vector<std::string>& names) {
        static_cast<void>(id);
        static_cast<void>(names);
    }
    /// Names that can be offered where namespaces may not be listed.
    [[nodiscard]] virtual std::vector<std::string> knownNamespaces(const kube::ContextId& id) const {
        static_cast<void>(id);
        return {};
    }

signals:
    void openChanged();
    /// Stores got from this context end: ask again after openChanged().
    void closing(const QString& id);

protected:
    using QObject::QObject;
};

}  // namespace quarterdeck::ui
