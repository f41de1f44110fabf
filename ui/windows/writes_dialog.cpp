#include "ui/windows/writes_dialog.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/style.h"

namespace quarterdeck::ui {

using widgets::ButtonKind;
using widgets::Role;
using widgets::TextLabel;
using widgets::TextSize;

namespace {

constexpr int kWidth = 440;
constexpr int kProductionLine = 3;

}  // namespace

WritesDialog::WritesDialog(const QString& context, QWidget* parent) : QDialog(parent) {
    setObjectName(QStringLiteral("writes"));
    setWindowTitle(tr("Turn writes on?"));
    setModal(true);
    setFixedWidth(widgets::scaledPx(this, kWidth));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(new widgets::IconLabel(QStringLiteral("shield"), Role::Production, 20, this), 0, Qt::AlignTop);
    auto* title =
        new TextLabel(tr("Turn writes on for %1?").arg(context), TextSize::Title, Role::Text, QFont::DemiBold, this);
    title->setObjectName(QStringLiteral("writes.title"));
    title->setWordWrap(true);
    head->addWidget(title, 1);
    layout->addLayout(head);
    auto* text = new TextLabel(tr("This is a production context. Actions that change it will be sent until you make it "
                                  "read-only again, close it or quit. Each action still asks for itself."),
                               TextSize::Body, Role::TextMuted, QFont::Normal, this);
    text->setWordWrap(true);
    layout->addWidget(text);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    auto* cancel = widgets::makeButton(tr("Cancel"), {}, ButtonKind::Secondary, this);
    cancel->setObjectName(QStringLiteral("writes.cancel"));
    cancel->setButtonSize(widgets::ButtonSize::Large);
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    auto* turnOn = widgets::makeButton(tr("Turn writes on"), QStringLiteral("lock-open"), ButtonKind::Primary, this);
    turnOn->setObjectName(QStringLiteral("writes.on"));
    turnOn->setButtonSize(widgets::ButtonSize::Large);
    connect(turnOn, &QAbstractButton::clicked, this, &QDialog::accept);
    buttons->addWidget(cancel);
    buttons->addWidget(turnOn);
    layout->addLayout(buttons);
    cancel->setDefault(true);
    cancel->setFocus();
}

void WritesDialog::showEvent(QShowEvent* event) {
    setFixedHeight(layout()->totalHeightForWidth(width()));  // all the words at this width
    QDialog::showEvent(event);
}

void WritesDialog::paintEvent(QPaintEvent* event) {
    QDialog::paintEvent(event);
    QPainter painter(this);
    painter.fillRect(0, 0, width(), kProductionLine, widgets::themeOf(this).color(Role::Production));
}

}  // namespace quarterdeck::ui
