#include "ui/windows/namespace_picker.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QScreen>
#include <QVBoxLayout>

#include "app/kinds/name_space.h"
#include "app/kube/namespace_directory.h"
#include "ui/pages/view_scope.h"
#include "ui/text/shown.h"
#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/style.h"

namespace quarterdeck::ui {

namespace {

constexpr int kWidth = 300;
constexpr int kListHeight = 280;

}  // namespace

NamespacePicker::NamespacePicker(ClusterAccess& access, ViewScope& scope, QWidget* parent)
    : QFrame(parent, Qt::Popup), access_(access), scope_(scope) {
    setObjectName(QStringLiteral("namespaces"));
    setAccessibleName(tr("Namespaces"));
    setFrameShape(QFrame::StyledPanel);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    typed_ = new QLineEdit(this);
    typed_->setObjectName(QStringLiteral("namespaces.type"));
    typed_->setPlaceholderText(tr("Find, or type a name and press Enter"));
    typed_->setAccessibleName(tr("Namespace"));
    typed_->installEventFilter(this);
    note_ = new widgets::TextLabel({}, widgets::TextSize::Secondary, widgets::Role::TextMuted, QFont::Normal, this);
    note_->setObjectName(QStringLiteral("namespaces.note"));
    note_->setWordWrap(true);
    note_->hide();
    list_ = new QListWidget(this);
    list_->setObjectName(QStringLiteral("namespaces.list"));
    list_->setAccessibleName(tr("Namespaces to show"));
    all_ = widgets::makeButton(tr("All namespaces"), {}, widgets::ButtonKind::Secondary, this);
    all_->setObjectName(QStringLiteral("namespaces.all"));
    layout->addWidget(typed_);
    layout->addWidget(note_);
    layout->addWidget(list_);
    layout->addWidget(all_);
    connect(typed_, &QLineEdit::textChanged, this, [this] {
        sayWhatIsKnown();
        refill();
    });
    connect(typed_, &QLineEdit::returnPressed, this, &NamespacePicker::addTyped);
    connect(list_, &QListWidget::itemChanged, this, [this](const QListWidgetItem* item) {
        if (filling_) {
            return;
        }
        const std::string name = item->data(Qt::UserRole).toString().toStdString();
        item->checkState() == Qt::Checked ? static_cast<void>(chosen_.insert(name))
                                          : static_cast<void>(chosen_.erase(name));
        choose();
    });
    connect(all_, &QAbstractButton::clicked, this, [this] {
        chosen_.clear();
        choose();
        hide();
    });
}

NamespacePicker::~NamespacePicker() = default;

void NamespacePicker::popUpBelow(QWidget* anchor) {
    chosen_ = {scope_.namespaces().begin(), scope_.namespaces().end()};
    typed_->clear();
    subscribe();
    refill();
    setFixedWidth(widgets::scaledPx(this, kWidth));
    list_->setFixedHeight(widgets::scaledPx(this, kListHeight));
    adjustSize();
    QPoint place = anchor->mapToGlobal(QPoint(0, anchor->height() + 4));
    if (const QScreen* screen = anchor->screen()) {
        const QRect room = screen->availableGeometry();
        const int above = anchor->mapToGlobal(QPoint()).y() - 4 - height();
        place.setX(std::max(room.left(), std::min(place.x(), room.right() - width())));
        if (place.y() + height() > room.bottom() && above >= room.top()) {
            place.setY(above);
        }
    }
    move(place);
    show();
    typed_->setFocus(Qt::PopupFocusReason);
}

void NamespacePicker::subscribe() {
    known_.clear();
    unlisted_.clear();
    subscriptions_.clear();
    for (const ClusterAccess::OpenContext& context : scope_.shown()) {
        const auto store = access_.store(context.id, kinds::nameSpaceKind());
        if (!store) {
            continue;
        }
        subscriptions_.push_back(store->subscribe([this, id = context.id](const kube::Batch& batch) {
            if (batch.freshness.state == kube::FreshnessState::Forbidden) {
                unlisted_.insert(id);
                // What else can be offered: the configuration's, and what was typed.
                const std::vector<std::string> named = access_.knownNamespaces(id);
                known_.insert(named.begin(), named.end());
            } else {
                unlisted_.erase(id);
            }
            sayWhatIsKnown();
            for (const kube::Delta& delta : batch.deltas) {
                if (delta.object) {
                    known_.insert(delta.object->meta.name);
                }
            }
            refill();
        }));
    }
}

void NamespacePicker::hideEvent(QHideEvent* event) {
    QFrame::hideEvent(event);
    subscriptions_.clear();
}

void NamespacePicker::refill() {
    filling_ = true;
    const QVariant current = list_->currentItem() != nullptr ? list_->currentItem()->data(Qt::UserRole) : QVariant();
    list_->clear();
    std::set<std::string> names = known_;
    names.insert(chosen_.begin(), chosen_.end());
    for (const std::string& name : names) {
        const QString text = fromUtf8(name);
        if (!text.contains(typed_->text().trimmed(), Qt::CaseInsensitive)) {
            continue;
        }
        auto* item = new QListWidgetItem(widgets::shownText(text), list_);
        item->setData(Qt::UserRole, text);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(chosen_.contains(name) ? Qt::Checked : Qt::Unchecked);
        if (current == text) {
            list_->setCurrentItem(item);
        }
    }
    // The keyboard's place can always be seen: on an entry, or not in the list at all.
    if (list_->currentItem() == nullptr && list_->count() > 0) {
        list_->selectionModel()->setCurrentIndex(list_->model()->index(0, 0), QItemSelectionModel::NoUpdate);
    }
    list_->setFocusPolicy(list_->count() > 0 ? Qt::StrongFocus : Qt::NoFocus);
    filling_ = false;
}

void NamespacePicker::addTyped() {
    const QString text = typed_->text().trimmed();
    if (text.isEmpty()) {
        hide();
        return;
    }
    if (!kube::isNamespaceName(text.toStdString())) {
        say(tr("%1 cannot be a namespace: small letters, digits and hyphens, at most 63.").arg(text));
        return;
    }
    chosen_.insert(text.toStdString());
    typed_->clear();
    refill();
    choose();
}

void NamespacePicker::say(const QString& note) {
    note_->setText(note);
    note_->setVisible(!note.isEmpty());
}

void NamespacePicker::sayWhatIsKnown() {
    QStringList contexts;
    for (const std::string& id : unlisted_) {
        contexts += shownUtf8(id);
    }
    say(contexts.isEmpty() ? QString()
                           : tr("You may not list the namespaces of %1. Type the names of those you work in.")
                                 .arg(contexts.join(QStringLiteral(", "))));
}

void NamespacePicker::choose() {
    emit namespacesChosen({chosen_.begin(), chosen_.end()});
}

bool NamespacePicker::eventFilter(QObject* watched, QEvent* event) {
    if (watched == typed_ && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Down) {
        list_->setFocus(Qt::OtherFocusReason);
        if (list_->currentRow() < 0) {
            list_->setCurrentRow(0);
        }
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

}  // namespace quarterdeck::ui
