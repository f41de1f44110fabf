#pragma once

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <QAction>
#include <QObject>
#include <QString>

#include "app/http/message.h"

namespace quarterdeck::ui {

/// What the person must be allowed to do in the cluster.
struct Permission {
    std::string verb;
    std::string group;
    std::string resource;
};

/// An action as data.
struct ActionSpec {
    /// Stable: "go.back".
    const char* id = "";
    /// English, marked by QT_TRANSLATE_NOOP("Action", …).
    const char* title = "";
    /// In QKeySequence's portable form; the first is the one menus show.
    std::vector<const char*> shortcuts;
    /// Lucide name; may be empty.
    const char* icon = "";
    std::optional<Permission> permission;
    /// What it does to a cluster; nothing at all counts as Read.
    http::Effect effect = http::Effect::Read;
    bool checkable = false;
};

/// All actions of the window.
[[nodiscard]] const std::vector<ActionSpec>& windowActions();

/// Pairs of ids that ask for the same keys or are the same id; empty when all is well. Pure.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> findConflicts(const std::vector<ActionSpec>& specs);

/// The actions of one window as QActions: menus, shortcuts and later the palette come from here.
class ActionRegistry : public QObject {
    Q_OBJECT
public:
    explicit ActionRegistry(const std::vector<ActionSpec>& specs, QObject* parent = nullptr);

    /// Asserts that the id exists.
    [[nodiscard]] QAction* action(const std::string& id) const;
    /// In the order of the table.
    [[nodiscard]] const std::vector<QAction*>& actions() const { return order_; }
    [[nodiscard]] const ActionSpec& spec(const QAction* action) const;
    /// What happens when it is chosen.
    void bind(const std::string& id, QObject* context, std::function<void()> run);

private:
    const std::vector<ActionSpec>& specs_;
    std::vector<QAction*> order_;
    std::unordered_map<std::string, std::size_t> byId_;
};

}  // namespace quarterdeck::ui
