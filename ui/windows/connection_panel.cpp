#include "ui/windows/connection_panel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QScreen>
#include <QScrollArea>
#include <QVBoxLayout>

#include "app/session/session_hub.h"
#include "ui/windows/connection_section.h"
#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/style.h"

namespace quarterdeck::ui {

using widgets::Role;
using widgets::TextSize;

namespace {

constexpr int kWidth = 480;
constexpr int kMostHeight = 620;
constexpr int kAround = 40;  ///< margins and scroll bar
constexpr int kHead = 76;    ///< title and margins

}  // namespace

ConnectionPanel::ConnectionPanel(session::SessionHub& hub, std::shared_ptr<const Clock> clock, QWidget* parent)
    : QFrame(parent, Qt::Popup), hub_(hub), clock_(std::move(clock)) {
    setObjectName(QStringLiteral("connections"));
    setAccessibleName(tr("Connections"));
    setFrameShape(QFrame::StyledPanel);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    auto* head = new QHBoxLayout;
    head->addWidget(new widgets::TextLabel(tr("Connections"), TextSize::Title, Role::Text, QFont::DemiBold, this), 1);
    copy_ = widgets::makeButton(tr("Copy as text"), QStringLiteral("copy"), widgets::ButtonKind::Secondary, this);
    copy_->setObjectName(QStringLiteral("connections.copy"));
    connect(copy_, &QAbstractButton::clicked, this, [this] {
        const Instant now = clock_->now();
        QGuiApplication::clipboard()->setText(connectionReport(connectionFacts(hub_, now, zone_), now, zone_));
    });
    head->addWidget(copy_);
    layout->addLayout(head);
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("connections.scroll"));
    scroll->setAccessibleName(tr("Open contexts"));
    scroll->setFocusPolicy(Qt::NoFocus);  // Tab goes to what is in it, and it scrolls along
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* content = new QWidget(scroll);
    auto* outer = new QVBoxLayout(content);
    outer->setContentsMargins(0, 0, 0, 0);
    sections_ = new QVBoxLayout;
    sections_->setSpacing(8);
    outer->addLayout(sections_);
    empty_ = new widgets::TextLabel(tr("No context is open. Open one on the Fleet page."), TextSize::Body,
                                    Role::TextMuted, QFont::Normal, content);
    outer->addWidget(empty_);
    outer->addStretch(1);
    scroll->setWidget(content);
    layout->addWidget(scroll, 1);
    ticker_.setInterval(1000);
    connect(&ticker_, &QTimer::timeout, this, &ConnectionPanel::refresh);
    connect(&hub_, &session::SessionHub::sessionOpened, this, &ConnectionPanel::refresh);
    connect(&hub_, &session::SessionHub::lockChanged, this, &ConnectionPanel::refresh);
    connect(&hub_, &session::SessionHub::sessionClosing, this, &ConnectionPanel::refresh, Qt::QueuedConnection);
}

ConnectionPanel::~ConnectionPanel() = default;

void ConnectionPanel::popUpBelow(QWidget* anchor, ZoneChoice zone) {
    zone_ = zone;
    show();
    refresh();
    place(anchor);
    ticker_.start();
    copy_->setFocus(Qt::PopupFocusReason);
}

void ConnectionPanel::place(QWidget* anchor) {
    auto* content = findChild<QScrollArea*>(QStringLiteral("connections.scroll"))->widget();
    const QRect screen = anchor->screen()->availableGeometry();
    const int width = std::min(widgets::scaledPx(this, kWidth), screen.width());
    content->ensurePolished();
    QLayout* layout = content->layout();
    const int inner =
        layout->hasHeightForWidth() ? layout->totalHeightForWidth(width - kAround) : layout->totalSizeHint().height();
    const int wanted = inner + widgets::scaledPx(this, kHead);
    const int height = std::min({wanted, widgets::scaledPx(this, kMostHeight), screen.height() - 64});
    resize(width, height);
    QPoint corner = anchor->mapToGlobal(QPoint(anchor->width() - width, anchor->height() + 4));
    corner.setX(std::clamp(corner.x(), screen.left(), std::max(screen.left(), screen.right() - width)));
    corner.setY(std::min(corner.y(), screen.bottom() - height));
    move(corner);
}

void ConnectionPanel::refresh() {
    if (!isVisible()) {
        return;
    }
    const std::vector<ConnectionFacts> all = connectionFacts(hub_, clock_->now(), zone_);
    std::map<kube::ContextId, ConnectionSection*> gone = shown_;
    for (const ConnectionFacts& facts : all) {
        ConnectionSection*& section = shown_[facts.id];
        if (section == nullptr) {
            section = new ConnectionSection(facts.context, sections_->parentWidget());
            const kube::ContextId id = facts.id;
            const auto session = [this, id] { return hub_.session(id); };
            connect(section, &ConnectionSection::retryRequested, this, [session] {
                if (auto* open = session()) {
                    open->retry();
                }
            });
            connect(section, &ConnectionSection::signInRequested, this, [this, id] { hub_.signInAgain(id); });
            // Queued: the section goes with its context.
            connect(
                section, &ConnectionSection::closeRequested, this, [this, id] { emit closeRequested(id); },
                Qt::QueuedConnection);
            sections_->addWidget(section);
        }
        section->show(facts);
        static_cast<QWidget*>(section)->show();
        gone.erase(facts.id);
    }
    for (const auto& [id, section] : gone) {
        section->hide();
        section->deleteLater();
        shown_.erase(id);
    }
    empty_->setVisible(all.empty());
}

void ConnectionPanel::hideEvent(QHideEvent* event) {
    QFrame::hideEvent(event);
    ticker_.stop();
}

}  // namespace quarterdeck::ui
