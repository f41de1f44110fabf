#include "ui/palette/save_view_dialog.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include "ui/palette/palette_places.h"
#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/style.h"

namespace quarterdeck::ui {

using widgets::ButtonKind;
using widgets::Role;
using widgets::TextSize;

namespace {

constexpr int kMaxName = 80;

}  // namespace

SaveViewDialog::SaveViewDialog(const Location& place, std::vector<SavedView> views, QWidget* parent)
    : QDialog(parent), views_(std::move(views)) {
    setObjectName(QStringLiteral("save-view"));
    setWindowTitle(tr("Save this view"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(8);
    const QString detail = placeDetail(place);
    const QString what = placeTitle(place) + (detail.isEmpty() ? QString() : QStringLiteral(" · ")) + detail;
    auto* shown = new widgets::TextLabel(what, TextSize::Secondary, Role::TextMuted, QFont::Normal, this);
    shown->setElideMode(Qt::ElideRight);
    layout->addWidget(shown);
    name_ = new QLineEdit(this);
    name_->setObjectName(QStringLiteral("save-view.name"));
    name_->setAccessibleName(tr("Name of the view"));
    name_->setPlaceholderText(tr("Name"));
    name_->setMaxLength(kMaxName);
    name_->setText(what.left(kMaxName));
    name_->selectAll();
    name_->setMinimumWidth(widgets::scaledPx(this, 360));
    layout->addWidget(name_);
    remark_ = new widgets::TextLabel({}, TextSize::Secondary, Role::Warning, QFont::Normal, this);
    remark_->setObjectName(QStringLiteral("save-view.remark"));
    layout->addWidget(remark_);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    auto* cancel = widgets::makeButton(tr("Cancel"), {}, ButtonKind::Secondary, this);
    cancel->setObjectName(QStringLiteral("save-view.cancel"));
    save_ = widgets::makeButton(tr("Save"), {}, ButtonKind::Primary, this);
    save_->setObjectName(QStringLiteral("save-view.save"));
    save_->setDefault(true);
    buttons->addWidget(cancel);
    buttons->addWidget(save_);
    layout->addLayout(buttons);
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(save_, &QAbstractButton::clicked, this, &QDialog::accept);
    connect(name_, &QLineEdit::textChanged, this, &SaveViewDialog::refresh);
    refresh();
}

QString SaveViewDialog::name() const {
    return name_->text().trimmed();
}

void SaveViewDialog::refresh() {
    const std::string typed = name().toStdString();
    const bool taken =
        std::any_of(views_.begin(), views_.end(), [&](const SavedView& view) { return view.name == typed; });
    remark_->setText(taken ? tr("This replaces the view that has this name now.") : QStringLiteral(" "));
    name_->setAccessibleDescription(taken ? remark_->text() : QString());
    widgets::setDisabledReason(save_, typed.empty() ? tr("Give the view a name") : QString());
}

}  // namespace quarterdeck::ui
