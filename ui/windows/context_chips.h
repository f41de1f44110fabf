#pragma once

#include <functional>
#include <string>
#include <vector>

#include <QWidget>

#include "ui/pages/cluster_access.h"
#include "widgets/theme.h"

namespace quarterdeck::widgets {
class Button;
class ContextChip;
}  // namespace quarterdeck::widgets

namespace quarterdeck::ui {

class ViewScope;

/// The open contexts in the top bar, production first; each can be switched on and off. What does not fit goes into a
/// menu.
class ContextChips : public QWidget {
    Q_OBJECT
public:
    ContextChips(ClusterAccess& access, ViewScope& scope, QWidget* parent = nullptr);

    /// How a connection is: a sign on the chip, and in words for those who cannot see it.
    struct State {
        widgets::Tone tone = widgets::Tone::Unknown;
        QString word;
    };
    /// Called again where connections may have changed.
    void setStateSource(std::function<State(const kube::ContextId&)> state);
    void refreshStates();

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    /// As a Location has them: empty = all.
    void contextsChosen(const std::vector<std::string>& contexts);
    /// The person asked for a context's menu.
    void menuRequested(const std::string& context, const QPoint& globalPlace);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    void arrange();
    void openMenu();
    void toggle(const std::string& context);

    ClusterAccess& access_;
    ViewScope& scope_;
    std::vector<widgets::ContextChip*> chips_;
    std::vector<kube::ContextId> ids_;
    std::size_t visible_ = 0;
    QSize askedFor_;  ///< size hint the layout last heard of
    widgets::Button* more_ = nullptr;
    std::function<State(const kube::ContextId&)> state_;
};

}  // namespace quarterdeck::ui
