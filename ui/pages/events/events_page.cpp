#include "ui/pages/events/events_page.h"

#include <QAction>

#include "app/kinds/event.h"
#include "ui/actions/action_registry.h"
#include "ui/pages/deriving_access.h"
#include "ui/tables/event_groups.h"
#include "ui/tables/table_specs.h"
#include "ui/view_memory.h"
#include "widgets/button.h"

namespace quarterdeck::ui {

namespace {

constexpr const char* kRemembered = "events.grouped";
constexpr const char* kNo = "no";

}  // namespace

EventsPage* EventsPage::make(const PageServices& services, QWidget* parent) {
    auto* grouping = new DerivingAccess(
        services.access, kinds::eventKind(),
        [](ClusterAccess& access, const kube::ContextId& context) -> std::shared_ptr<kube::ObjectStore> {
            const auto events = access.store(context, kinds::eventKind());
            return events ? EventGroupStore::over(events) : nullptr;
        });
    return new EventsPage(grouping, services, parent);
}

EventsPage::EventsPage(DerivingAccess* grouping, const PageServices& services, QWidget* parent)
    : TablePage(eventTable(), withAccess(services, *grouping), parent),
      grouping_(grouping),
      actions_(services.actions),
      memory_(services.memory) {
    grouping_->setParent(this);
    grouping_->setDeriving(memory_.get(kRemembered) != kNo);
    QAction* action = actions_.action("view.group");
    button_ = widgets::makeButton(tr("Grouped"), QStringLiteral("layers"), widgets::ButtonKind::Secondary, this);
    button_->setObjectName(QStringLiteral("header.group"));
    button_->setCheckable(true);
    button_->setAccessibleName(tr("Group events by object and reason"));
    button_->setToolTip(action->text() + QStringLiteral("  ") + action->shortcut().toString(QKeySequence::NativeText));
    connect(button_, &QAbstractButton::clicked, action, &QAction::trigger);
    addToHeader(button_);
    showGrouping();
}

bool EventsPage::isGrouped() const {
    return grouping_->isDeriving();
}

void EventsPage::toggleGroups() {
    grouping_->setDeriving(!grouping_->isDeriving());
    memory_.put(kRemembered, grouping_->isDeriving() ? "" : kNo);
    showGrouping();
}

void EventsPage::showEvent(QShowEvent* event) {
    TablePage::showEvent(event);
    showGrouping();
}

void EventsPage::showGrouping() {
    button_->setChecked(isGrouped());
    actions_.action("view.group")->setChecked(isGrouped());
}

}  // namespace quarterdeck::ui
