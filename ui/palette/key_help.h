#pragma once

#include <vector>

#include <QObject>

#include "ui/pages/page.h"
#include "widgets/key_sheet.h"

namespace quarterdeck::ui {

class ActionRegistry;

/// Every action that has a shortcut, and the page's own keys, in groups. Pure but for the translation.
[[nodiscard]] QVector<widgets::KeyGroup> keyGroups(const ActionRegistry& actions, const std::vector<PageKey>& pageKeys);

/// The key help of one window.
class KeyHelp : public QObject {
    Q_OBJECT
public:
    /// Both outlive it.
    KeyHelp(QWidget& window, ActionRegistry& actions, QObject* parent = nullptr);

    /// Opens it for this page, or closes it where it is open.
    void toggle(const Page& page);

private:
    QWidget& window_;
    ActionRegistry& actions_;
    widgets::KeySheet* sheet_ = nullptr;
};

}  // namespace quarterdeck::ui
