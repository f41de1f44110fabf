#include "ui/pages/table/table_foot.h"

#include <QEvent>
#include <QHBoxLayout>

#include "widgets/label.h"
#include "widgets/style.h"

namespace quarterdeck::ui {

using widgets::Role;
using widgets::TextSize;

namespace {

constexpr int kHeight = 28;

}  // namespace

TableFoot::TableFoot(const QString& prefix, QWidget* parent) : Surface(Role::Window, parent) {
    setLines(Qt::TopEdge);
    setFixedHeight(widgets::scaledPx(this, kHeight));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 0, 16, 0);
    words_ = new widgets::TextLabel({}, TextSize::Secondary, Role::TextMuted, QFont::Normal, this);
    words_->setObjectName(prefix + QStringLiteral("foot"));
    words_->setElideMode(Qt::ElideRight);
    selected_ = new widgets::TextLabel({}, TextSize::Secondary, Role::Text, QFont::Normal, this);
    selected_->setObjectName(prefix + QStringLiteral("selected"));
    layout->addWidget(words_, 1);
    layout->addWidget(selected_);
}

void TableFoot::setWords(const QString& words) {
    words_->setText(words);
}

void TableFoot::setSelected(const QString& words) {
    selected_->setText(words);
}

QString TableFoot::words() const {
    return words_->text();
}

void TableFoot::changeEvent(QEvent* event) {
    Surface::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        setFixedHeight(widgets::scaledPx(this, kHeight));
    }
}

}  // namespace quarterdeck::ui
