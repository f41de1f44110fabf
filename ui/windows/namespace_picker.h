#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include <QFrame>

#include "ui/pages/cluster_access.h"

class QLineEdit;
class QListWidget;

namespace quarterdeck::widgets {
class Button;
class TextLabel;
}  // namespace quarterdeck::widgets

namespace quarterdeck::ui {

class ViewScope;

/// A popup with the namespaces of the shown contexts: several can be ticked, others typed in. Knows only what may be
/// listed, what was typed before and what the configuration names; typing works without any permission.
class NamespacePicker : public QFrame {
    Q_OBJECT
public:
    NamespacePicker(ClusterAccess& access, ViewScope& scope, QWidget* parent = nullptr);
    ~NamespacePicker() override;

    /// Shows it below a widget.
    void popUpBelow(QWidget* anchor);

signals:
    /// Empty = all.
    void namespacesChosen(const std::vector<std::string>& namespaces);

protected:
    void hideEvent(QHideEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void subscribe();
    void refill();
    void addTyped();
    void choose();
    void say(const QString& note);
    void sayWhatIsKnown();

    ClusterAccess& access_;
    ViewScope& scope_;
    QLineEdit* typed_ = nullptr;
    widgets::TextLabel* note_ = nullptr;
    QListWidget* list_ = nullptr;
    widgets::Button* all_ = nullptr;
    std::vector<std::unique_ptr<kube::StoreSubscription>> subscriptions_;
    std::set<std::string> known_;
    /// Contexts whose namespaces may not be listed.
    std::set<std::string> unlisted_;
    std::set<std::string> chosen_;
    bool filling_ = false;
};

}  // namespace quarterdeck::ui
