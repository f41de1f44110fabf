#include "widgets/key_sheet.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/key_cap.h"
#include "widgets/label.h"
#include "widgets/scroll_pane.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kColumnWidth = 470;
constexpr int kMargin = 32;
constexpr int kGroupGap = 16;
constexpr int kHeadHeight = 68;

QWidget* makeGroup(const KeyGroup& group, QWidget* parent) {
    auto* box = new QWidget(parent);
    box->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(makeSectionLabel(group.title, box));
    for (const KeyLine& line : group.lines) {
        auto* row = new QHBoxLayout;
        row->setSpacing(12);
        auto* text = new TextLabel(line.text, TextSize::Body, Role::Text, QFont::Normal, box);
        text->setElideMode(Qt::ElideRight);
        auto* caps = new KeyCaps(box);
        caps->setKeys(line.keys);
        text->setAccessibleName(line.text + QStringLiteral(": ") + caps->text());
        row->addWidget(text, 1);
        row->addWidget(caps);
        layout->addLayout(row);
    }
    return box;
}

}  // namespace

KeySheet::KeySheet(QWidget* host) : Overlay(host) {
    setObjectName(QStringLiteral("keys"));
    auto* layout = new QVBoxLayout(panel());
    layout->setContentsMargins(1, 8, 1, 1);
    layout->setSpacing(8);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(16, 0, 8, 0);
    title_ = new TextLabel({}, TextSize::Title, Role::Text, QFont::DemiBold, panel());
    title_->setElideMode(Qt::ElideRight);
    head->addWidget(title_, 1);
    auto* shut = new IconButton(QStringLiteral("x"), tr("Close (Escape)"), panel());
    shut->setObjectName(QStringLiteral("keys.close"));
    shut->setFocusPolicy(Qt::NoFocus);  // Escape does it
    connect(shut, &QAbstractButton::clicked, this, &Overlay::close);
    head->addWidget(shut);
    layout->addLayout(head);
    layout->addWidget(new HairLine(Qt::Horizontal, panel()));
    scroll_ = new ScrollPane(panel());
    scroll_->setObjectName(QStringLiteral("keys.list"));
    scroll_->setWidgetResizable(true);
    layout->addWidget(scroll_, 1);
    setFirstFocus(scroll_);
}

void KeySheet::openWith(const QString& title, const QVector<KeyGroup>& groups) {
    title_->setText(title);
    setAccessibleName(title);
    scroll_->setAccessibleName(title);
    setGeometry(parentWidget()->rect());
    fill(groups);
    open();
    refreshBar();
}

void KeySheet::resizeEvent(QResizeEvent* event) {
    Overlay::resizeEvent(event);
    refreshBar();
}

// What is polished by showing may need more room.
void KeySheet::showEvent(QShowEvent* event) {
    Overlay::showEvent(event);
    arrange();
    refreshBar();
}

// By hand: as needed, the bar would keep its room from the first layout on.
void KeySheet::refreshBar() {
    panel()->layout()->activate();  // the area has its height only then
    const bool fits = scroll_->widget() == nullptr || scroll_->widget()->sizeHint().height() <= scroll_->height();
    scroll_->setVerticalScrollBarPolicy(fits ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAlwaysOn);
}

int KeySheet::columns() const {
    return width() >= 2 * scaledPx(this, kColumnWidth) + 2 * kMargin ? 2 : 1;
}

// Groups stay whole and in their order; the second column begins where the first has about half of the lines.
void KeySheet::fill(const QVector<KeyGroup>& groups) {
    auto* content = new QWidget;
    auto* row = new QHBoxLayout(content);
    row->setContentsMargins(16, 8, 16, 4);
    row->setSpacing(32);
    qsizetype total = 0;
    for (const KeyGroup& group : groups) {
        total += group.lines.size() + 2;
    }
    auto* column = new QVBoxLayout;
    column->setSpacing(kGroupGap);
    row->addLayout(column, 1);
    qsizetype filled = 0;
    bool second = columns() == 1;
    for (const KeyGroup& group : groups) {
        const qsizetype lines = group.lines.size() + 2;
        if (!second && filled > 0 && filled + lines / 2 > total / 2) {
            column->addStretch(1);
            column = new QVBoxLayout;
            column->setSpacing(kGroupGap);
            row->addLayout(column, 1);
            second = true;
        }
        filled += lines;
        column->addWidget(makeGroup(group, content));
    }
    column->addStretch(1);
    scroll_->setBody(content);  // takes over, and deletes the one before
}

QRect KeySheet::panelRect() const {
    const int width = std::min(columns() * scaledPx(this, kColumnWidth) + 2 * kMargin, this->width() - 2 * kMargin);
    const int content = scroll_->widget() == nullptr ? 0 : scroll_->widget()->sizeHint().height();
    const int height = std::min(content + scaledPx(this, kHeadHeight), this->height() - 2 * kMargin);
    return {(this->width() - width) / 2, (this->height() - height) / 2, width, height};
}

}  // namespace quarterdeck::widgets
