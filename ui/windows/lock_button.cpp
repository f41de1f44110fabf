#include "ui/windows/lock_button.h"

#include <algorithm>

#include <QMenu>

#include "app/session/cluster_session.h"
#include "app/session/session_hub.h"
#include "ui/text/shown.h"
#include "ui/windows/writes_dialog.h"

namespace quarterdeck::ui {

using session::SessionHub;

LockButton::LockButton(SessionHub& hub, QWidget* parent)
    : Button({}, QStringLiteral("lock"), widgets::ButtonKind::Control, parent), hub_(hub) {
    setObjectName(QStringLiteral("topbar.lock"));
    connect(this, &QAbstractButton::clicked, this, &LockButton::choose);
    connect(&hub_, &SessionHub::lockChanged, this, &LockButton::refresh);
    connect(&hub_, &SessionHub::sessionOpened, this, &LockButton::refresh);
    connect(&hub_, &SessionHub::contextsChanged, this, &LockButton::refresh);
    connect(&hub_, &SessionHub::sessionClosing, this, &LockButton::refresh, Qt::QueuedConnection);
    refresh();
}

void LockButton::refresh() {
    const auto sessions = hub_.sessions();
    const auto open = static_cast<int>(sessions.size());
    const auto locked = static_cast<int>(
        std::count_if(sessions.begin(), sessions.end(), [](const auto* session) { return session->locked(); }));
    setVisible(open > 0);
    QString text = tr("Writes on");
    QString tip = tr("Writes are allowed in every open context. Press to change it.");
    if (locked == open) {
        text = tr("Read-only");
        tip = tr("Every open context refuses writes. Press to change it.");
    } else if (locked > 0) {
        text = tr("%1 of %2 locked").arg(locked).arg(open);
        tip = tr("Some open contexts refuse writes. Press to see which.");
    }
    setText(compact_ ? QString() : text);
    setToolTip(compact_ ? text + QLatin1Char('\n') + tip : tip);
    setAccessibleName(text);
    setAccessibleDescription(tip);
    setIconName(locked > 0 ? QStringLiteral("lock") : QStringLiteral("lock-open"));
}

void LockButton::setCompact(bool compact) {
    compact_ = compact;
    refresh();
}

void LockButton::choose() {
    const auto sessions = hub_.sessions();
    if (sessions.size() == 1) {
        setLocked(sessions.front()->contextId(), !sessions.front()->locked());
    } else if (!sessions.empty()) {
        openMenu();
    }
}

void LockButton::openMenu() {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("menu.lock"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addSection(tr("Read-only"));
    for (const session::ClusterSession* session : hub_.sessions()) {
        const kube::ContextId id = session->contextId();
        const session::ContextEntry* entry = hub_.context(id);
        QAction* action = menu->addAction(contextMenuText(id, entry != nullptr && entry->production));
        action->setObjectName(QStringLiteral("lock.") + fromUtf8(id));
        action->setCheckable(true);
        action->setChecked(session->locked());
        connect(action, &QAction::triggered, this, [this, id](bool checked) { setLocked(id, checked); });
    }
    menu->addSeparator();
    QAction* all = menu->addAction(tr("Make all read-only"));
    all->setObjectName(QStringLiteral("lock.all"));
    connect(all, &QAction::triggered, this, [this] {
        for (const session::ClusterSession* session : hub_.sessions()) {
            hub_.setLocked(session->contextId(), true);
        }
    });
    menu->popup(mapToGlobal(QPoint(0, height() + 4)));
}

void LockButton::setLocked(const kube::ContextId& context, bool locked) {
    const session::ContextEntry* entry = hub_.context(context);
    if (locked || entry == nullptr || !entry->production) {
        hub_.setLocked(context, locked);
        return;
    }
    auto* question = new WritesDialog(fromUtf8(escapeForDisplay(context)), window());
    question->setAttribute(Qt::WA_DeleteOnClose);
    connect(question, &QDialog::accepted, this, [this, context] { hub_.setLocked(context, false); });
    question->open();
}

}  // namespace quarterdeck::ui
