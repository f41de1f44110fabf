#include "widgets/palette_popup.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

#include "widgets/card.h"
#include "widgets/icon_set.h"
#include "widgets/label.h"
#include "widgets/palette_list.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kWidth = 640;
constexpr int kTop = 64;
constexpr int kMargin = 24;
constexpr int kInputHeight = 36;
constexpr int kNoteHeight = 28;
constexpr int kEmptyMargin = 16;
constexpr int kMaxLength = 500;

}  // namespace

PalettePopup::PalettePopup(QWidget* host)
    : Overlay(host),
      input_(new QLineEdit(panel())),
      list_(new QListView(panel())),
      model_(new PaletteModel(this)),
      empty_(new TextLabel({}, TextSize::Body, Role::TextMuted, QFont::Normal, panel())),
      note_(new TextLabel({}, TextSize::Caption, Role::TextMuted, QFont::Normal, panel())) {
    setObjectName(QStringLiteral("palette"));
    setAccessibleName(tr("Palette"));
    auto* layout = new QVBoxLayout(panel());
    layout->setContentsMargins(1, 8, 1, 0);
    layout->setSpacing(0);
    auto* inputRow = new QVBoxLayout;
    inputRow->setContentsMargins(8, 0, 8, 8);
    input_->setObjectName(QStringLiteral("palette.input"));
    input_->setAccessibleName(tr("Search or command"));
    input_->setMaxLength(kMaxLength);
    input_->installEventFilter(this);
    lens_ = input_->addAction(QIcon(), QLineEdit::LeadingPosition);
    inputRow->addWidget(input_);
    layout->addLayout(inputRow);
    layout->addWidget(new HairLine(Qt::Horizontal, panel()));
    list_->setObjectName(QStringLiteral("palette.list"));
    list_->setAccessibleName(tr("Found"));
    list_->setModel(model_);
    list_->setItemDelegate(new PaletteDelegate(*model_, list_));
    list_->setFocusPolicy(Qt::NoFocus);
    list_->setFrameShape(QFrame::NoFrame);
    list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list_->setSelectionMode(QAbstractItemView::SingleSelection);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setMouseTracking(true);
    list_->viewport()->setAutoFillBackground(false);
    layout->addWidget(list_, 1);
    empty_->setObjectName(QStringLiteral("palette.empty"));
    empty_->setWordWrap(true);
    empty_->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    empty_->hide();
    auto* emptyRow = new QVBoxLayout;
    emptyRow->addWidget(empty_, 1);
    layout->addLayout(emptyRow);
    emptyMargins_ = emptyRow;
    layout->addWidget(new HairLine(Qt::Horizontal, panel()));
    note_->setObjectName(QStringLiteral("palette.note"));
    note_->setContentsMargins(12, 0, 12, 0);
    note_->setElideMode(Qt::ElideRight);
    layout->addWidget(note_);
    setFirstFocus(input_);
    connect(input_, &QLineEdit::textEdited, this, [this](const QString& text) {
        awaiting_ = true;
        enterWaits_ = false;
        Q_EMIT queryEdited(text);
    });
    connect(list_, &QListView::clicked, this, [this](const QModelIndex& index) {
        select(index.row());
        chooseCurrent(false);
    });
    refresh();
}

PalettePopup::~PalettePopup() = default;

void PalettePopup::openEmpty() {
    input_->clear();
    awaiting_ = false;
    enterWaits_ = false;
    setSections({});
    open();
}

QString PalettePopup::query() const {
    return input_->text();
}

void PalettePopup::setPlaceholder(const QString& text) {
    input_->setPlaceholderText(text);
}

void PalettePopup::setSections(const QVector<PaletteSection>& sections) {
    const QString kept = awaiting_ ? QString() : currentId();
    awaiting_ = false;
    model_->setSections(sections);
    const bool any = model_->itemCount() > 0;
    list_->setVisible(any);
    empty_->setVisible(!any);
    empty_->setText(any ? QString() : emptyText_);  // breaking a long one that is hidden would cost every key
    const int margin = any ? 0 : kEmptyMargin;
    emptyMargins_->setContentsMargins(margin, margin, margin, margin);
    int row = kept.isEmpty() ? -1 : model_->rowOf(kept);
    for (int i = 0; row < 0 && i < model_->rowCount(); ++i) {
        row = model_->canBeChosen(i) ? i : -1;
    }
    list_->scrollToTop();
    select(row);
    arrange();
    if (enterWaits_) {
        enterWaits_ = false;
        chooseCurrent(asideWaits_);
    }
}

void PalettePopup::setEmptyText(const QString& text) {
    emptyText_ = text;
    if (model_->itemCount() == 0) {
        empty_->setText(text);
    }
}

void PalettePopup::setNote(const QString& text) {
    note_->setText(text);
}

QString PalettePopup::currentId() const {
    const PaletteItem* item = model_->itemAt(list_->currentIndex().row());
    return item == nullptr ? QString() : item->id;
}

QVector<PaletteItem> PalettePopup::items() const {
    QVector<PaletteItem> items;
    for (int row = 0; row < model_->rowCount(); ++row) {
        if (const PaletteItem* item = model_->itemAt(row)) {
            items.append(*item);
        }
    }
    return items;
}

QRect PalettePopup::panelRect() const {
    const int width = std::min(scaledPx(this, kWidth), this->width() - 2 * kMargin);
    int content = 0;
    if (model_->itemCount() == 0) {
        content = empty_->heightForWidth(width - 2 - 2 * kEmptyMargin) + 2 * kEmptyMargin;
    } else {
        const auto* delegate = static_cast<PaletteDelegate*>(list_->itemDelegate());
        content = 8;
        for (int row = 0; row < model_->rowCount(); ++row) {
            content += delegate->heightOf(row);
        }
    }
    const int frame = scaledPx(this, kInputHeight) + scaledPx(this, kNoteHeight) + 20;
    const int height = std::min(frame + content, this->height() - kTop - kMargin);
    return {(this->width() - width) / 2, kTop, width, height};
}

bool PalettePopup::eventFilter(QObject* watched, QEvent* event) {
    if (watched == input_ && event->type() == QEvent::KeyPress && onKey(*static_cast<QKeyEvent*>(event))) {
        return true;
    }
    return Overlay::eventFilter(watched, event);
}

bool PalettePopup::onKey(const QKeyEvent& event) {
    const bool plain = (event.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    switch (event.key()) {
        case Qt::Key_Up:
            move(-1, true);
            return true;
        case Qt::Key_Down:
            move(1, true);
            return true;
        case Qt::Key_PageUp:
            move(-pageRows(), false);
            return true;
        case Qt::Key_PageDown:
            move(pageRows(), false);
            return true;
        case Qt::Key_Home:
        case Qt::Key_End:
            if (!plain) {
                return false;  // Shift selects in the line
            }
            move(event.key() == Qt::Key_Home ? -model_->rowCount() : model_->rowCount(), false);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            chooseCurrent(event.modifiers().testFlag(Qt::ControlModifier));
            return true;
        case Qt::Key_Escape:
            close();
            return true;
        case Qt::Key_Delete: {
            const PaletteItem* item = model_->itemAt(list_->currentIndex().row());
            if (item == nullptr || !item->removable || input_->hasSelectedText() ||
                input_->cursorPosition() < input_->text().size()) {
                return false;
            }
            Q_EMIT removeRequested(item->id);
            return true;
        }
        default:
            return false;
    }
}

int PalettePopup::pageRows() const {
    return std::max(1, list_->viewport()->height() / scaledPx(this, 30) - 1);
}

// Counts rows that can be the current one: also disabled ones, so that their reason can be read.
void PalettePopup::move(int by, bool wrap) {
    QVector<int> rows;
    for (int row = 0; row < model_->rowCount(); ++row) {
        if (model_->itemAt(row) != nullptr) {
            rows.append(row);
        }
    }
    if (rows.isEmpty()) {
        return;
    }
    const int count = static_cast<int>(rows.size());
    const int at = static_cast<int>(rows.indexOf(list_->currentIndex().row()));
    const int next = wrap ? (at + by + count) % count : std::clamp(at + by, 0, count - 1);
    select(rows.at(next));
    if (next == 0) {
        list_->scrollToTop();  // with its caption
    }
}

void PalettePopup::select(int row) {
    const QModelIndex index = model_->index(row, 0);
    list_->setCurrentIndex(index);
    if (index.isValid()) {
        list_->scrollTo(index);
    }
    announce();
}

void PalettePopup::chooseCurrent(bool aside) {
    if (awaiting_) {
        enterWaits_ = true;
        asideWaits_ = aside;
        return;
    }
    const int row = list_->currentIndex().row();
    if (model_->canBeChosen(row)) {
        Q_EMIT chosen(model_->itemAt(row)->id, aside);
    }
}

void PalettePopup::announce() {
    const QString current = list_->currentIndex().data(Qt::AccessibleTextRole).toString();
    const QString count = model_->itemCount() == 0 ? empty_->text() : tr("%n found", nullptr, model_->itemCount());
    input_->setAccessibleDescription(current.isEmpty() ? count : count + QStringLiteral(". ") + current);
}

void PalettePopup::changeEvent(QEvent* event) {
    Overlay::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        refresh();
        arrange();
    }
}

void PalettePopup::refresh() {
    input_->setFixedHeight(scaledPx(this, kInputHeight));
    note_->setFixedHeight(scaledPx(this, kNoteHeight));
    lens_->setIcon(themedIcon(QStringLiteral("search"), themeOf(this), Role::TextMuted, scaledPx(this, 16)));
    input_->setFont(textFont(this, TextSize::Body));
}

}  // namespace quarterdeck::widgets
