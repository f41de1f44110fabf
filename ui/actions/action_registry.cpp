#include "ui/actions/action_registry.h"

#include <utility>

#include <QCoreApplication>
#include <QKeySequence>

namespace quarterdeck::ui {

std::vector<std::pair<std::string, std::string>> findConflicts(const std::vector<ActionSpec>& specs) {
    std::vector<std::pair<std::string, std::string>> conflicts;
    std::unordered_map<std::string, std::string> owners;
    std::unordered_map<std::string, int> ids;
    for (const ActionSpec& spec : specs) {
        if (++ids[spec.id] == 2) {
            conflicts.emplace_back(spec.id, spec.id);
        }
        for (const char* keys : spec.shortcuts) {
            const QKeySequence sequence(QString::fromUtf8(keys), QKeySequence::PortableText);
            const auto [owner, fresh] =
                owners.emplace(sequence.toString(QKeySequence::PortableText).toStdString(), spec.id);
            if (!fresh) {
                conflicts.emplace_back(owner->second, spec.id);
            }
        }
    }
    return conflicts;
}

ActionRegistry::ActionRegistry(const std::vector<ActionSpec>& specs, QObject* parent) : QObject(parent), specs_(specs) {
    for (const ActionSpec& spec : specs_) {
        auto* action = new QAction(QCoreApplication::translate("Action", spec.title), this);
        action->setObjectName(QStringLiteral("action.") + QString::fromUtf8(spec.id));
        action->setCheckable(spec.checkable);
        QList<QKeySequence> keys;
        for (const char* one : spec.shortcuts) {
            keys.append(QKeySequence(QString::fromUtf8(one), QKeySequence::PortableText));
        }
        action->setShortcuts(keys);
        byId_.emplace(spec.id, order_.size());
        order_.push_back(action);
    }
}

QAction* ActionRegistry::action(const std::string& id) const {
    const auto found = byId_.find(id);
    Q_ASSERT_X(found != byId_.end(), "ActionRegistry", id.c_str());
    return order_[found->second];
}

const ActionSpec& ActionRegistry::spec(const QAction* action) const {
    for (std::size_t i = 0; i < order_.size(); ++i) {
        if (order_[i] == action) {
            return specs_[i];
        }
    }
    Q_UNREACHABLE();
}

void ActionRegistry::bind(const std::string& id, QObject* context, std::function<void()> run) {
    connect(action(id), &QAction::triggered, context, [run = std::move(run)] { run(); });
}

}  // namespace quarterdeck::ui
