#include "ui/palette/key_help.h"

#include <array>
#include <string_view>

#include <QAction>

#include "ui/actions/action_registry.h"

namespace quarterdeck::ui {

namespace {

/// Groups in their order; an action belongs to the one that names the part of its id before the dot, and to the last
/// where none does.
struct Group {
    const char* title;
    std::array<std::string_view, 4> prefixes;
};
constexpr std::array kGroups{
    Group{QT_TRANSLATE_NOOP("KeyHelp", "Go"), {"go"}},
    Group{QT_TRANSLATE_NOOP("KeyHelp", "Table"), {"table"}},
    Group{QT_TRANSLATE_NOOP("KeyHelp", "View"), {"view", "data", "theme"}},
    Group{QT_TRANSLATE_NOOP("KeyHelp", "Details"), {"details"}},
    Group{QT_TRANSLATE_NOOP("KeyHelp", "Window"), {}},
};
constexpr std::size_t kTableGroup = 1;

std::size_t groupOf(std::string_view id) {
    const std::string_view prefix = id.substr(0, id.find('.'));
    for (std::size_t i = 0; i < kGroups.size(); ++i) {
        for (const std::string_view one : kGroups[i].prefixes) {
            if (!one.empty() && one == prefix) {
                return i;
            }
        }
    }
    return kGroups.size() - 1;
}

}  // namespace

QVector<widgets::KeyGroup> keyGroups(const ActionRegistry& actions, const std::vector<PageKey>& pageKeys) {
    std::array<widgets::KeyGroup, kGroups.size()> groups;
    for (const PageKey& key : pageKeys) {
        groups[kTableGroup].lines.append({key.text, key.keys});
    }
    for (const QAction* action : actions.actions()) {
        if (!action->shortcuts().isEmpty() && action->isVisible()) {
            groups[groupOf(actions.spec(action).id)].lines.append({action->text(), action->shortcuts()});
        }
    }
    QVector<widgets::KeyGroup> filled;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (!groups[i].lines.isEmpty()) {
            groups[i].title = QCoreApplication::translate("KeyHelp", kGroups[i].title);
            filled.append(groups[i]);
        }
    }
    return filled;
}

KeyHelp::KeyHelp(QWidget& window, ActionRegistry& actions, QObject* parent)
    : QObject(parent), window_(window), actions_(actions) {}

void KeyHelp::toggle(const Page& page) {
    if (sheet_ == nullptr) {
        sheet_ = new widgets::KeySheet(&window_);
        sheet_->letThrough(actions_.action("help.keys")->shortcuts());
    }
    if (sheet_->isOpen()) {
        sheet_->close();
    } else {
        sheet_->openWith(tr("Keys on the page %1").arg(page.title()), keyGroups(actions_, page.keys()));
    }
}

}  // namespace quarterdeck::ui
