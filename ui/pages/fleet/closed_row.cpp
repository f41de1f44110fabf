#include "ui/pages/fleet/closed_row.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "ui/text/error_text.h"
#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/label.h"
#include "widgets/pill.h"

namespace quarterdeck::ui {

using widgets::ButtonKind;
using widgets::Role;
using widgets::TextSize;
using widgets::Tone;

ClosedRow::ClosedRow(const session::ContextEntry& entry, QWidget* parent) : Card(parent) {
    const QString name = fromUtf8(entry.id);
    setObjectName(QStringLiteral("closed.") + name);
    setAccessibleName(name);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(6);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    auto* title = new widgets::TextLabel(name, TextSize::Body, Role::Text, QFont::DemiBold, this);
    title->setElideMode(Qt::ElideMiddle);
    head->addWidget(title);
    if (entry.production) {
        auto* tag = new widgets::Tag(tr("production"), this);
        tag->setProduction(true);
        head->addWidget(tag);
    }
    head->addWidget(new widgets::Pill(entry.usable() ? tr("Not connected") : tr("Cannot be used"),
                                      entry.usable() ? Tone::Unknown : Tone::Critical, this));
    head->addStretch(1);
    if (entry.usable()) {
        auto* open = widgets::makeButton(tr("Open"), QStringLiteral("plug"), ButtonKind::Secondary, this);
        open->setObjectName(objectName() + QStringLiteral(".open"));
        open->setAccessibleName(tr("Open %1").arg(name));
        connect(open, &QAbstractButton::clicked, this, &ClosedRow::openRequested);
        head->addWidget(open);
    }
    layout->addLayout(head);
    const QString server = entry.server.empty() ? tr("no server address") : fromUtf8(entry.server);
    const QString user =
        entry.userKind == "none" ? tr("no user") : tr("signs in with %1").arg(fromUtf8(entry.userKind));
    const QString about = server + QStringLiteral(" · ") + user + QStringLiteral(" · ") +
                          tr("namespace %1").arg(fromUtf8(entry.nameSpace));
    auto* facts = new widgets::TextLabel(about, TextSize::Secondary, Role::TextMuted, QFont::Normal, this);
    facts->setElideMode(Qt::ElideRight);
    layout->addWidget(facts);
    for (const Error& error : entry.errors) {
        auto* reason = new widgets::TextLabel(errorText(error), TextSize::Secondary, Role::Text, QFont::Normal, this);
        reason->setWordWrap(true);
        layout->addWidget(reason);
    }
}

}  // namespace quarterdeck::ui
