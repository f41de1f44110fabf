#pragma once

#include "app/kube/object.h"
#include "widgets/button.h"

namespace quarterdeck::session {
class SessionHub;
}

namespace quarterdeck::ui {

/// Tells whether the open contexts refuse writes, and switches it: at once where it is harmless, after a question that
/// names the context where writes to production are to be allowed. With several contexts open it is a menu of them.
class LockButton : public widgets::Button {
    Q_OBJECT
public:
    explicit LockButton(session::SessionHub& hub, QWidget* parent = nullptr);

    /// As if it were pressed.
    void choose();
    /// Icon only; the words stay in tooltip and accessible name.
    void setCompact(bool compact);
    void setLocked(const kube::ContextId& context, bool locked);

private:
    void refresh();
    void openMenu();

    session::SessionHub& hub_;
    bool compact_ = false;
};

}  // namespace quarterdeck::ui
