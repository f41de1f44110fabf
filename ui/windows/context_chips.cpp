#include "ui/windows/context_chips.h"

#include <algorithm>

#include <QMenu>

#include "ui/pages/view_scope.h"
#include "ui/text/shown.h"
#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/icon_set.h"
#include "widgets/style.h"

namespace quarterdeck::ui {

namespace {

constexpr int kGap = 8;
constexpr int kHeight = 28;
constexpr int kIconPx = 16;

}  // namespace

ContextChips::ContextChips(ClusterAccess& access, ViewScope& scope, QWidget* parent)
    : QWidget(parent), access_(access), scope_(scope) {
    setObjectName(QStringLiteral("topbar.contexts"));
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    more_ = new widgets::Button({}, QStringLiteral("ellipsis"), widgets::ButtonKind::Control, this);
    more_->setObjectName(QStringLiteral("topbar.contexts.more"));
    more_->hide();
    connect(more_, &QAbstractButton::clicked, this, &ContextChips::openMenu);
    connect(&access_, &ClusterAccess::openChanged, this, &ContextChips::rebuild);
    connect(&scope_, &ViewScope::shownChanged, this, &ContextChips::rebuild);
    rebuild();
}

void ContextChips::setStateSource(std::function<State(const kube::ContextId&)> state) {
    state_ = std::move(state);
    refreshStates();
}

void ContextChips::refreshStates() {
    for (std::size_t i = 0; i < chips_.size() && state_; ++i) {
        const State state = state_(ids_[i]);
        const QString words = chips_[i]->isProduction() ? tr("production, %1").arg(state.word) : state.word;
        if (words != chips_[i]->accessibleDescription()) {
            chips_[i]->setAccessibleDescription(words);
        }
        if (state.tone != chips_[i]->tone()) {
            chips_[i]->setTone(state.tone);
            arrange();
        }
    }
}

void ContextChips::rebuild() {
    auto open = access_.open();
    std::stable_partition(open.begin(), open.end(), [](const auto& context) { return context.production; });
    std::vector<kube::ContextId> ids;
    for (const auto& context : open) {
        ids.push_back(context.id);
    }
    if (ids != ids_) {
        for (widgets::ContextChip* chip : chips_) {
            chip->hide();
            chip->deleteLater();
        }
        chips_.clear();
        ids_ = ids;
        for (const kube::ContextId& id : ids_) {
            auto* chip = new widgets::ContextChip(fromUtf8(id), this);
            chip->setObjectName(QStringLiteral("topbar.context.") + fromUtf8(id));
            chip->setCheckable(true);
            // The window decides; the chip shows what it decided.
            connect(
                chip, &QAbstractButton::clicked, this, [this, id] { toggle(id); }, Qt::QueuedConnection);
            chip->setContextMenuPolicy(Qt::CustomContextMenu);
            connect(chip, &QWidget::customContextMenuRequested, this,
                    [this, chip, id](const QPoint& place) { emit menuRequested(id, chip->mapToGlobal(place)); });
            chips_.push_back(chip);
        }
    }
    for (std::size_t i = 0; i < chips_.size(); ++i) {
        const auto& shown = scope_.shown();
        const bool on =
            std::any_of(shown.begin(), shown.end(), [&](const auto& context) { return context.id == ids_[i]; });
        chips_[i]->setProduction(open[i].production);
        chips_[i]->setChecked(on);
        const QString name = shownUtf8(ids_[i]);
        chips_[i]->setToolTip(on ? tr("%1 is shown; click to hide it").arg(name)
                                 : tr("%1 is hidden; click to show it").arg(name));
    }
    refreshStates();
    arrange();
    updateGeometry();
}

QSize ContextChips::sizeHint() const {
    int width = 0;
    for (const widgets::ContextChip* chip : chips_) {
        width += chip->sizeHint().width() + kGap;
    }
    return {std::max(0, width - kGap), widgets::scaledPx(this, kHeight)};
}

QSize ContextChips::minimumSizeHint() const {
    return {std::min(sizeHint().width(), 40 + (chips_.empty() ? 0 : chips_.front()->sizeHint().width() + kGap)),
            widgets::scaledPx(this, kHeight)};
}

void ContextChips::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void ContextChips::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange && more_ != nullptr) {
        arrange();
    }
}

void ContextChips::arrange() {
    if (const QSize hint = sizeHint(); hint != askedFor_) {
        askedFor_ = hint;  // marks of production and trouble widen a chip
        updateGeometry();
    }
    const int moreWidth = more_->sizeHint().width();
    int x = 0;
    visible_ = 0;
    bool full = false;
    for (std::size_t i = 0; i < chips_.size(); ++i) {
        const QSize size = chips_[i]->sizeHint();
        const int reserve = i + 1 < chips_.size() ? moreWidth + kGap : 0;
        const bool allFit = sizeHint().width() <= width();
        full = full || (!allFit && x + size.width() + reserve > width());
        chips_[i]->setVisible(!full);
        if (!full) {
            chips_[i]->setGeometry(x, 0, size.width(), size.height());
            x += size.width() + kGap;
            ++visible_;
        }
    }
    const auto hidden = static_cast<int>(chips_.size() - visible_);
    more_->setVisible(hidden > 0);
    more_->setText(QStringLiteral("+%1").arg(hidden));
    more_->setAccessibleName(tr("%n more contexts", nullptr, hidden));
    more_->setGeometry(x, 0, more_->sizeHint().width(), widgets::scaledPx(this, kHeight));
}

void ContextChips::openMenu() {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("menu.contexts"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (std::size_t i = visible_; i < chips_.size(); ++i) {
        // What the chip would show by its marks.
        const bool trouble =
            chips_[i]->tone() == widgets::Tone::Critical || chips_[i]->tone() == widgets::Tone::Warning;
        QAction* action = menu->addAction(contextMenuText(ids_[i], chips_[i]->isProduction()));
        if (trouble) {
            action->setIcon(widgets::themedIcon(widgets::toneIconName(chips_[i]->tone()), widgets::themeOf(this),
                                                widgets::toneTextRole(chips_[i]->tone()),
                                                widgets::scaledPx(this, kIconPx)));
        }
        action->setObjectName(QStringLiteral("topbar.contexts.more.") + fromUtf8(ids_[i]));
        action->setCheckable(true);
        action->setChecked(chips_[i]->isChecked());
        connect(action, &QAction::triggered, this, [this, id = ids_[i]] { toggle(id); });
    }
    menu->popup(more_->mapToGlobal(QPoint(0, more_->height())));
}

void ContextChips::toggle(const std::string& context) {
    std::vector<std::string> wanted;
    bool wasOn = false;
    for (const auto& shown : scope_.shown()) {
        if (shown.id == context) {
            wasOn = true;
        } else {
            wanted.push_back(shown.id);
        }
    }
    if (!wasOn) {
        wanted.push_back(context);
    }
    if (wanted.empty()) {
        rebuild();  // one context at least is always shown: nothing at all tells nobody anything
        return;
    }
    if (wanted.size() == ids_.size()) {
        wanted.clear();
    } else {
        std::sort(wanted.begin(), wanted.end());  // equal choices are equal places
    }
    emit contextsChosen(wanted);
}

}  // namespace quarterdeck::ui
