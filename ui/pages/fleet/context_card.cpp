// The card's parts and what the person can do with it; what it says is in context_card_state.cpp.
#include "ui/pages/fleet/context_card.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/pages/fleet/capacity_row.h"
#include "ui/pages/fleet/problem_list.h"
#include "ui/text/error_text.h"
#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/heat_row.h"
#include "widgets/label.h"
#include "widgets/paint.h"
#include "widgets/pill.h"
#include "widgets/shown_text.h"
#include "widgets/style.h"

namespace quarterdeck::ui {

using widgets::ButtonKind;
using widgets::Role;
using widgets::TextSize;

ContextCard::ContextCard(const QString& context, QWidget* parent) : Card(parent), context_(context) {
    setObjectName(QStringLiteral("card.") + context);
    setAccessibleName(widgets::shownText(context));
    setFocusPolicy(Qt::TabFocus);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kPadding, 12, kPadding, 10);
    layout->setSpacing(4);
    buildMenu();
    buildHead(layout);
    buildBody(layout);
}

void ContextCard::buildHead(QVBoxLayout* layout) {
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    auto* name = new widgets::TextLabel(context_, TextSize::Title, Role::Text, QFont::DemiBold, this);
    name->setElideMode(Qt::ElideMiddle);
    production_ = new widgets::Tag(tr("prod"), this);
    production_->setProduction(true);
    production_->hide();
    health_ = new widgets::Pill(this);
    health_->setObjectName(objectName() + QStringLiteral(".health"));
    menuButton_ =
        new widgets::IconButton(QStringLiteral("ellipsis"), tr("More for %1").arg(widgets::shownText(context_)), this);
    menuButton_->setObjectName(objectName() + QStringLiteral(".menu"));
    connect(menuButton_, &QAbstractButton::clicked, this,
            [this] { menu_->popup(menuButton_->mapToGlobal(QPoint(0, menuButton_->height()))); });
    health_->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);  // a long name gives way, not the state
    head->addWidget(name);
    head->addWidget(production_);
    head->addStretch(1);
    head->addWidget(health_);
    head->addWidget(menuButton_);
    layout->addLayout(head);

    auto* line = new QHBoxLayout;
    about_ = new widgets::TextLabel({}, TextSize::Secondary, Role::TextMuted, QFont::Normal, this);
    about_->setObjectName(objectName() + QStringLiteral(".about"));
    about_->setElideMode(Qt::ElideRight);
    connection_ = new widgets::Pill(this);
    connection_->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);  // a long name gives way, not the state
    connection_->setPlain(true);
    connection_->setObjectName(objectName() + QStringLiteral(".connection"));
    line->addWidget(about_, 1);
    line->addWidget(connection_);
    layout->addLayout(line);

    auto* trouble = new QHBoxLayout;
    reason_ = new widgets::TextLabel({}, TextSize::Secondary, Role::Text, QFont::Normal, this);
    reason_->setObjectName(objectName() + QStringLiteral(".reason"));
    reason_->setWordWrap(true);
    reason_->hide();
    remedy_ = widgets::makeButton(tr("Retry"), QStringLiteral("refresh-cw"), ButtonKind::Secondary, this);
    remedy_->setObjectName(objectName() + QStringLiteral(".remedy"));
    remedy_->setAccessibleName(tr("Retry %1").arg(widgets::shownText(context_)));
    remedy_->hide();
    connect(remedy_, &QAbstractButton::clicked, this, &ContextCard::retryRequested);
    trouble->addWidget(reason_, 1);
    trouble->addWidget(remedy_, 0, Qt::AlignTop);
    layout->addLayout(trouble);
}

void ContextCard::buildBody(QVBoxLayout* layout) {
    const auto heading = [&](const QString& title, const char* id) {
        auto* line = new QHBoxLayout;
        line->setContentsMargins(0, 4, 0, 0);
        line->addWidget(new widgets::TextLabel(title, TextSize::Secondary, Role::Text, QFont::DemiBold, this));
        auto* label = new widgets::TextLabel({}, TextSize::Secondary, Role::TextMuted, QFont::Normal, this);
        label->setObjectName(objectName() + QLatin1Char('.') + QString::fromUtf8(id));
        label->setElideMode(Qt::ElideRight);
        line->addWidget(label, 1);
        layout->addLayout(line);
        return label;
    };
    list_ = new ProblemList(this);
    list_->setObjectName(objectName() + QStringLiteral(".problems"));
    connect(list_, &ProblemList::chosen, this, &ContextCard::goToProblem);
    connect(list_, &ProblemList::moreChosen, this, [this] { go("pods", "is:unhealthy"); });
    layout->addWidget(list_);
    layout->addWidget(new widgets::HairLine(Qt::Horizontal, this));

    pods_ = heading(tr("Pods"), "pods");
    heat_ = new QWidget(this);
    heatLayout_ = new QVBoxLayout(heat_);
    heatLayout_->setContentsMargins(0, 0, 0, 0);
    heatLayout_->setSpacing(0);
    layout->addWidget(heat_);
    more_ = new widgets::TextLabel({}, TextSize::Caption, Role::TextMuted, QFont::Normal, this);
    more_->hide();
    layout->addWidget(more_);

    heading(tr("Capacity"), "capacity")->setText(tr("requested of what ready nodes offer"));
    cpu_ = new CapacityRow(tr("CPU"), this);
    cpu_->setObjectName(objectName() + QStringLiteral(".cpu"));
    memory_ = new CapacityRow(tr("Memory"), this);
    memory_->setObjectName(objectName() + QStringLiteral(".memory"));
    layout->addWidget(cpu_);
    layout->addWidget(memory_);
    layout->addStretch(1);

    auto* rows = new QVBoxLayout;
    rows->setSpacing(0);
    const auto row = [&](const QString& key, const char* icon, const char* id) {
        auto* one = new widgets::KeyValueRow(key, {}, this);
        one->setObjectName(objectName() + QLatin1Char('.') + QString::fromUtf8(id));
        one->setIconName(QString::fromUtf8(icon));
        one->setLineAbove(true);
        rows->addWidget(one);
        return one;
    };
    nodes_ = row(tr("Nodes"), "server", "nodes");
    warnings_ = row(tr("Warnings"), "triangle-alert", "warnings");
    restarts_ = row(tr("Restarts"), "refresh-cw", "restarts");
    layout->addLayout(rows);
}

void ContextCard::buildMenu() {
    menu_ = new QMenu(this);
    const auto item = [&](const QString& text, const char* id, auto run) {
        QAction* action = menu_->addAction(text);
        action->setObjectName(objectName() + QLatin1Char('.') + QString::fromUtf8(id));
        connect(action, &QAction::triggered, this, run);
    };
    item(tr("Open in Pods"), "openPods", [this] { go("pods"); });
    item(tr("Open in Nodes"), "openNodes", [this] { go("nodes"); });
    item(tr("Open warnings in Events"), "openWarnings", [this] { go("events", "is:unhealthy"); });
    menu_->addSeparator();
    item(tr("Copy server address"), "copyServer", [this] { QGuiApplication::clipboard()->setText(server_); });
    item(tr("Close"), "close", &ContextCard::closeRequested);
}

void ContextCard::setProduction(bool production) {
    production_->setVisible(production);
    setTopLine(production ? Role::Production : Role::BorderStrong);
}

void ContextCard::setPlace(const QString& server, const QString& nameSpace) {
    server_ = server;
    nameSpace_ = nameSpace;
}

QString ContextCard::connectionText() const {
    return connection_->text();
}

QWidget* ContextCard::lastInTabOrder() const {
    return heatRows_.empty() ? static_cast<QWidget*>(list_) : heatRows_.back();
}

void ContextCard::go(const char* page, const std::string& filter, const std::vector<std::string>& namespaces) {
    Location location;
    location.page = page;
    location.contexts = {context_.toStdString()};
    location.namespaces = namespaces;
    location.filter = filter;
    emit goRequested(location);
}

void ContextCard::goToProblem(int line) {
    if (line < 0 || line >= static_cast<int>(problems_.size())) {
        return;
    }
    const FleetProblem& problem = problems_[static_cast<std::size_t>(line)];
    const std::vector<std::string> spaces =
        problem.nameSpace.empty() ? std::vector<std::string>{} : std::vector<std::string>{problem.nameSpace};
    switch (problem.kind) {
        case FleetProblem::Kind::Pods:
            go("pods", problem.subject, spaces);
            return;
        case FleetProblem::Kind::Node:
            go("nodes", problem.subject);
            return;
        case FleetProblem::Kind::Event:
            go("events", problem.subject, spaces);
            return;
    }
}

void ContextCard::goToPod(const QString& uid) {
    for (const kube::ObjectPtr& pod : cells_) {
        if (fromUtf8(pod->meta.uid) == uid) {
            Location location;
            location.page = "pods";
            location.contexts = {context_.toStdString()};
            location.filter = pod->meta.name;
            location.object =
                ObjectReference{context_.toStdString(), pod->meta.nameSpace.str(), pod->meta.name, pod->meta.uid};
            emit goRequested(location);
            return;
        }
    }
}

void ContextCard::keyPressEvent(QKeyEvent* event) {
    if (!hasFocus()) {
        Card::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space:
            go("pods");
            return;
        case Qt::Key_Left:
        case Qt::Key_Right:
        case Qt::Key_Up:
        case Qt::Key_Down:
            if (event->modifiers() == Qt::NoModifier) {
                emit moveRequested(event->key());
                return;
            }
            break;
        default:
            break;
    }
    Card::keyPressEvent(event);
}

void ContextCard::contextMenuEvent(QContextMenuEvent* event) {
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    menu_->popup(byKey ? menuButton_->mapToGlobal(QPoint(0, menuButton_->height())) : event->globalPos());
    event->accept();
}

void ContextCard::focusInEvent(QFocusEvent* event) {
    keyboard_ = event->reason() != Qt::MouseFocusReason;
    update();
    Card::focusInEvent(event);
}

void ContextCard::focusOutEvent(QFocusEvent* event) {
    update();
    Card::focusOutEvent(event);
}

void ContextCard::paintEvent(QPaintEvent* event) {
    Card::paintEvent(event);
    if (hasFocus() && keyboard_) {
        QPainter painter(this);
        widgets::paintFocusRing(painter, QRectF(rect()), widgets::kControlRadius,
                                widgets::themeOf(this).color(Role::Accent));
    }
}

}  // namespace quarterdeck::ui
