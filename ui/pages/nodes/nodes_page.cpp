#include "ui/pages/nodes/nodes_page.h"

#include "app/kinds/node.h"
#include "app/kinds/pod.h"
#include "ui/pages/deriving_access.h"
#include "ui/pages/table/table_page.h"
#include "ui/tables/node_load.h"
#include "ui/tables/table_specs.h"

namespace quarterdeck::ui {

Page* makeNodesPage(const PageServices& services, QWidget* parent) {
    auto* loading = new DerivingAccess(
        services.access, kinds::nodeKind(),
        [](ClusterAccess& access, const kube::ContextId& context) -> std::shared_ptr<kube::ObjectStore> {
            const auto nodes = access.store(context, kinds::nodeKind());
            const auto pods = access.store(context, kinds::podKind());
            return nodes && pods ? LoadedNodeStore::over(nodes, pods) : nullptr;
        });
    auto* page = new TablePage(nodeTable(), withAccess(services, *loading), parent);
    loading->setParent(page);
    return page;
}

}  // namespace quarterdeck::ui
