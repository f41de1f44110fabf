#include "widgets/code_search.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>

#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

CodeSearch::CodeSearch(QWidget* parent) : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 8, 6);
    row->setSpacing(6);
    line_ = new QLineEdit(this);
    line_->setObjectName(QStringLiteral("code.search"));
    line_->setAccessibleName(tr("Search in the text"));
    line_->setPlaceholderText(tr("Search"));
    line_->setClearButtonEnabled(false);
    line_->installEventFilter(this);
    row->addWidget(line_, 1);
    count_ = new TextLabel({}, TextSize::Secondary, Role::TextMuted, QFont::Normal, this);
    count_->setObjectName(QStringLiteral("code.count"));
    row->addWidget(count_);
    const auto addButton = [&](const char* icon, const QString& name, const QString& tip, auto&& what) {
        auto* button = new IconButton(QString::fromLatin1(icon), name, this);
        button->setToolTip(tip);
        connect(button, &QAbstractButton::clicked, this, what);
        row->addWidget(button);
    };
    addButton("chevron-up", tr("Previous match"), tr("Previous match (Shift+F3)"), [this] { Q_EMIT stepped(-1); });
    addButton("chevron-down", tr("Next match"), tr("Next match (F3)"), [this] { Q_EMIT stepped(1); });
    addButton("x", tr("Close the search"), tr("Close the search (Escape)"), [this] { Q_EMIT closed(); });
    connect(line_, &QLineEdit::textChanged, this, &CodeSearch::textChanged);
}

QString CodeSearch::text() const {
    return line_->text();
}

void CodeSearch::begin(const QString& text) {
    show();
    if (!text.isEmpty()) {
        line_->setText(text);
    }
    line_->setFocus(Qt::ShortcutFocusReason);
    line_->selectAll();
}

void CodeSearch::setCount(int current, int count, bool more) {
    const QString all = more ? tr("%1+").arg(QLocale().toString(count)) : QLocale().toString(count);
    QString words;
    if (!line_->text().isEmpty()) {
        words = count == 0 ? tr("No match") : tr("%1 of %2").arg(QLocale().toString(current + 1), all);
    }
    count_->setText(words);
    line_->setAccessibleDescription(words);
}

void CodeSearch::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Role::Raised));
    painter.fillRect(0, height() - 1, width(), 1, theme.color(Role::Border));
}

// The window may have keys of its own for these.
bool CodeSearch::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void CodeSearch::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Escape:
            Q_EMIT closed();
            return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            Q_EMIT stepped(event->modifiers().testFlag(Qt::ShiftModifier) ? -1 : 1);
            return;
        default:
            QWidget::keyPressEvent(event);
    }
}

}  // namespace quarterdeck::widgets
