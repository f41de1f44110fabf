#pragma once

#include <map>
#include <memory>

#include <QFrame>
#include <QTimer>

#include "ui/windows/connection_facts.h"

class QVBoxLayout;

namespace quarterdeck::widgets {
class Button;
class TextLabel;
}  // namespace quarterdeck::widgets

namespace quarterdeck::ui {

class ConnectionSection;

/// A popup that tells of each open context how it is connected, how far each kind can be trusted and why, and what can
/// be done about it. The hub outlives it.
class ConnectionPanel : public QFrame {
    Q_OBJECT
public:
    ConnectionPanel(session::SessionHub& hub, std::shared_ptr<const Clock> clock, QWidget* parent = nullptr);
    ~ConnectionPanel() override;

    void popUpBelow(QWidget* anchor, ZoneChoice zone);

signals:
    /// The person wants this context closed.
    void closeRequested(const std::string& context);

protected:
    void hideEvent(QHideEvent* event) override;

private:
    void refresh();
    void place(QWidget* anchor);

    session::SessionHub& hub_;
    std::shared_ptr<const Clock> clock_;
    ZoneChoice zone_ = ZoneChoice::Local;
    QVBoxLayout* sections_ = nullptr;
    widgets::TextLabel* empty_ = nullptr;
    widgets::Button* copy_ = nullptr;
    std::map<kube::ContextId, ConnectionSection*> shown_;
    QTimer ticker_;
};

}  // namespace quarterdeck::ui
