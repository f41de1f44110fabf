#include "widgets/state_panel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "widgets/button.h"
#include "widgets/icon_set.h"
#include "widgets/label.h"
#include "widgets/paint.h"
#include "widgets/shown_text.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kMargin = 24;
constexpr int kTextWidth = 520;
constexpr int kAwaitMs = 2000;
constexpr int kCopiedMs = 2000;
// How wide the skeleton bars of the rows are, as shares of their column in percent: text is never of one length.
constexpr int kBarShares[] = {72, 58, 80, 64, 50, 76, 68};

}  // namespace

// The icon of a state in a round patch of its tint; for the welcome the application's mark.
class StateEmblem : public QWidget {
public:
    explicit StateEmblem(QWidget* parent) : QWidget(parent) { setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed); }

    void set(const QString& icon, Role color, Role patch, int side, int px) {
        icon_ = icon;
        color_ = color;
        patch_ = patch;
        side_ = side;
        px_ = px;
        updateGeometry();
        update();
    }
    QSize sizeHint() const override {
        const int side = scaledPx(this, side_);
        return {side, side};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = themeOf(this);
        QPainter painter(this);
        const double radius = side_ > 48 ? width() * 0.22 : width() / 2.0;
        paintRounded(painter, rect(), radius, theme.color(patch_),
                     theme.isHighContrast() ? theme.color(color_) : QColor());
        paintIcon(painter, rect(), icon_, theme.color(color_), scaledPx(this, px_));
    }

private:
    QString icon_;
    Role color_ = Role::TextMuted;
    Role patch_ = Role::UnknownTint;
    int side_ = 44;
    int px_ = 20;
};

StatePanel::StatePanel(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    column->setSpacing(0);
    column->addStretch(2);
    emblem_ = new StateEmblem(this);
    column->addWidget(emblem_, 0, Qt::AlignHCenter);
    column->addSpacing(12);
    const auto addLabel = [&](TextSize size, Role role, QFont::Weight weight) {
        auto* label = new TextLabel({}, size, role, weight, this);
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignCenter);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(label, 0, Qt::AlignHCenter);
        return label;
    };
    title_ = addLabel(TextSize::DrawerTitle, Role::Text, QFont::DemiBold);
    column->addSpacing(4);
    text_ = addLabel(TextSize::Body, Role::TextMuted, QFont::Normal);
    column->addSpacing(16);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    first_ = makeButton({}, {}, ButtonKind::Secondary, this);
    second_ = makeButton({}, {}, ButtonKind::Ghost, this);
    buttons->addWidget(first_);
    buttons->addWidget(second_);
    buttons->addStretch();
    column->addLayout(buttons);
    column->addSpacing(12);
    details_ = addLabel(TextSize::Secondary, Role::TextMuted, QFont::Normal);
    details_->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    column->addStretch(3);
    awaited_ = new TextLabel({}, TextSize::Body, Role::TextMuted, QFont::Normal, this);
    awaited_->setElideMode(Qt::ElideRight);
    awaited_->setAlignment(Qt::AlignCenter);
    connect(first_, &QPushButton::clicked, this, &StatePanel::onFirst);
    connect(second_, &QPushButton::clicked, this, &StatePanel::onSecond);
    awaitTimer_.setSingleShot(true);
    awaitTimer_.setInterval(kAwaitMs);
    connect(&awaitTimer_, &QTimer::timeout, this, [this] {
        awaited_->setVisible(!awaited_->text().isEmpty());
        update();
    });
    copiedTimer_.setSingleShot(true);
    copiedTimer_.setInterval(kCopiedMs);
    connect(&copiedTimer_, &QTimer::timeout, this, [this] { first_->setText(copyLabel_); });
    begin(State::None);
}

StatePanel::~StatePanel() = default;

// The labels adapt to the room there is, whatever they have now.
QSize StatePanel::minimumSizeHint() const {
    return {scaledPx(this, 200), scaledPx(this, 140)};
}

QSize StatePanel::sizeHint() const {
    return {scaledPx(this, 560), scaledPx(this, 280)};
}

void StatePanel::begin(State state) {
    state_ = state;
    awaitTimer_.stop();
    copiedTimer_.stop();
    for (QWidget* part : {static_cast<QWidget*>(emblem_), static_cast<QWidget*>(title_), static_cast<QWidget*>(text_),
                          static_cast<QWidget*>(first_), static_cast<QWidget*>(second_),
                          static_cast<QWidget*>(details_), static_cast<QWidget*>(awaited_)}) {
        part->hide();
    }
    setAccessibleName({});
    setAccessibleDescription({});
    update();
}

void StatePanel::setWords(const QString& title, const QString& text) {
    title_->setText(title);
    title_->setVisible(!title.isEmpty());
    text_->setText(text);
    text_->setVisible(!text.isEmpty());
    setAccessibleName(shownText(title.isEmpty() ? text : title));
    setAccessibleDescription(title.isEmpty() ? QString() : shownText(text));
    fitLabels();
}

// A wrapping label in a centred layout takes the width it is given, not the one it wishes.
void StatePanel::fitLabels() {
    const int room = std::max(120, std::min(width() - 48, scaledPx(this, kTextWidth)));
    for (TextLabel* label : {title_, text_, details_}) {
        label->breakWordsFor(room - 8);
        const QRect words =
            QFontMetrics(label->font())
                .boundingRect(QRect(0, 0, room, 10000), Qt::TextWordWrap | Qt::AlignCenter, label->text());
        label->setFixedSize(std::min(room, words.width() + 8), words.height() + 2);
    }
    // The words come first: where there is little room the emblem goes, then the margins.
    const bool emblem = state_ == State::Forbidden || state_ == State::Failed || state_ == State::Welcome;
    for (const bool roomy : {true, false}) {
        const int margin = roomy ? kMargin : kMargin / 4;
        layout()->setContentsMargins(kMargin, margin, kMargin, margin);
        emblem_->setVisible(emblem && roomy);
        layout()->invalidate();
        if (layout()->minimumSize().height() <= height()) {
            break;
        }
    }
}

void StatePanel::setButtons(const QString& first, ButtonKind kind, const QString& icon, const QString& second) {
    first_->setText(first);
    first_->setKind(kind);
    first_->setIconName(icon);
    first_->setVisible(!first.isEmpty());
    second_->setText(second);
    second_->setVisible(!second.isEmpty());
    fitLabels();  // what the buttons take is not the words'
}

void StatePanel::showLoading(const QList<int>& columnWidths, const QString& awaited) {
    if (state_ == State::Loading) {
        awaited_->setText(awaited);
        setAccessibleName(awaited);
        return;
    }
    begin(State::Loading);
    columns_ = columnWidths;
    awaited_->setText(awaited);
    setAccessibleName(awaited);
    awaitTimer_.start();
}

void StatePanel::showEmpty(const QString& why, const QString& action) {
    begin(State::Empty);
    setWords({}, why);
    setButtons(action, ButtonKind::Secondary, {}, {});
}

void StatePanel::showForbidden(const QString& needs, const QString& why, const QString& copyLabel,
                               const QString& copiedLabel, const QString& textToCopy) {
    begin(State::Forbidden);
    emblem_->set(QStringLiteral("lock"), Role::Unknown, Role::UnknownTint, 44, 20);
    setWords(needs, why);
    copyText_ = textToCopy;
    copyLabel_ = copyLabel;
    copiedLabel_ = copiedLabel;
    setButtons(copyLabel, ButtonKind::Secondary, QStringLiteral("copy"), {});
}

void StatePanel::showFailed(const QString& sentence, const QString& cause, const QString& retryLabel,
                            const QString& detailsLabel, const QString& details) {
    // The same failure again leaves unfolded details open.
    const bool same = state_ == State::Failed && title_->givenText() == sentence && text_->givenText() == cause &&
                      details_->givenText() == details && first_->text() == retryLabel;
    if (same) {
        return;
    }
    begin(State::Failed);
    emblem_->set(QStringLiteral("octagon-x"), Role::Critical, Role::CriticalTint, 44, 20);
    details_->setText(details);
    setWords(sentence, cause);
    setButtons(retryLabel, ButtonKind::Secondary, QStringLiteral("refresh-cw"),
               details.isEmpty() ? QString() : detailsLabel);
}

void StatePanel::showWelcome(const QString& title, const QString& text, const QString& action,
                             const QString& secondAction) {
    begin(State::Welcome);
    emblem_->set(QStringLiteral("quarterdeck"), Role::Accent, Role::AccentTint, 72, 48);
    setWords(title, text);
    setButtons(action, ButtonKind::Primary, {}, secondAction);
}

void StatePanel::onFirst() {
    if (state_ == State::Forbidden) {
        QGuiApplication::clipboard()->setText(copyText_);
        first_->setText(copiedLabel_);
        copiedTimer_.start();
        return;
    }
    Q_EMIT actionTriggered();
}

void StatePanel::onSecond() {
    if (state_ == State::Failed) {
        details_->setVisible(!details_->isVisibleTo(this));
        fitLabels();
        return;
    }
    Q_EMIT secondActionTriggered();
}

void StatePanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitLabels();
    layout()->activate();  // at once: nothing is painted at its old place
    const int wide = std::min(width() - 32, scaledPx(this, kTextWidth));
    const int high = scaledPx(this, 40);
    awaited_->setGeometry((width() - wide) / 2, std::max(0, (height() - high) / 2), wide, high);
}

void StatePanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange && title_ != nullptr) {
        fitLabels();
        update();
    }
}

void StatePanel::paintEvent(QPaintEvent*) {
    if (state_ != State::Loading) {
        return;
    }
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    const int rowHeight = scaledPx(this, 28);
    QList<int> columns = columns_;
    if (columns.isEmpty()) {
        columns = {width() / 4, width() / 4, width() / 4, width() / 4};
    }
    const int rows = std::max(1, height() / rowHeight);
    int share = 0;
    for (int row = 0; row < rows; ++row) {
        int x = 0;
        for (const int column : columns) {
            const int bar = std::max(16, (column - 16) * kBarShares[share % 7] / 100);
            ++share;
            if (x + 32 < width()) {
                const QRect barRect(x + 8, row * rowHeight + (rowHeight - 8) / 2, std::min(bar, width() - x - 16), 8);
                paintRounded(painter, barRect, 4, theme.color(Role::ChartGrid));
            }
            x += column;
        }
        painter.fillRect(0, (row + 1) * rowHeight - 1, width(), 1, theme.color(Role::ChartGrid));
    }
    if (awaited_->isVisibleTo(this)) {
        const int text = QFontMetrics(awaited_->font()).horizontalAdvance(awaited_->text());
        const int wide = std::min(awaited_->width(), text + 32);
        const QRect patch(awaited_->geometry().center().x() - wide / 2, awaited_->y(), wide, awaited_->height());
        paintRounded(painter, patch, kControlRadius, theme.color(Role::Raised), theme.color(Role::Border));
    }
}

}  // namespace quarterdeck::widgets
