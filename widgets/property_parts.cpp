#include "widgets/property_parts.h"

#include <QVBoxLayout>

#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/label.h"
#include "widgets/paint.h"
#include "widgets/property_row.h"
#include "widgets/shown_text.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kCardPadding = 12;
constexpr int kCardGap = 8;
constexpr int kWidestKey = 42;  // percent of the row

TextLabel* wrappingLabel(TextSize size, QFont::Weight weight, QWidget* parent) {
    auto* label = new TextLabel({}, size, Role::Text, weight, parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

}  // namespace

NoticePanel::NoticePanel(QWidget* parent) : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 8, 10, 8);
    row->setSpacing(8);
    icon_ = new IconLabel({}, Role::Info, 16, this);
    row->addWidget(icon_, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout;
    column->setSpacing(2);
    sentence_ = wrappingLabel(TextSize::Secondary, QFont::DemiBold, this);
    reason_ = wrappingLabel(TextSize::Secondary, QFont::Normal, this);
    action_ = makeButton({}, {}, ButtonKind::Primary, this);
    action_->setButtonSize(ButtonSize::Small);
    action_->setObjectName(QStringLiteral("notice.action"));
    QObject::connect(action_, &QPushButton::clicked, this, &NoticePanel::actionTriggered);
    column->addWidget(sentence_);
    column->addWidget(reason_);
    column->addSpacing(4);
    column->addWidget(action_, 0, Qt::AlignLeft);
    row->addLayout(column, 1);
}

void NoticePanel::setNotice(const PropertyNotice& notice) {
    tone_ = notice.tone;
    icon_->setIcon(toneIconName(tone_), toneTextRole(tone_));
    icon_->setVisible(!toneIconName(tone_).isEmpty());
    // The same words again would take the person's selection away.
    const auto say = [](TextLabel* label, const QString& words) {
        if (label->text() != words) {
            label->setText(words);
        }
        label->setVisible(!words.isEmpty());
    };
    say(sentence_, shownText(notice.sentence, Lines::Several));
    say(reason_, shownText(notice.reason, Lines::Several));
    action_->setText(shownText(notice.action, Lines::One, 80).replace(QLatin1Char('&'), QLatin1String("&&")));
    action_->setAccessibleName(shownText(notice.action));
    action_->setVisible(!notice.action.isEmpty());
    setAccessibleName(sentence_->text());
    setAccessibleDescription(reason_->text());
    update();
}

void NoticePanel::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    paintRounded(painter, rect(), kControlRadius, theme.color(toneTintRole(tone_)),
                 theme.isHighContrast() ? theme.color(toneTextRole(tone_)) : QColor());
}

PropertySectionPart::PropertySectionPart(QWidget* canvas, Adopt adopt)
    : canvas_(canvas), adopt_(std::move(adopt)), title_(makeSectionLabel({}, canvas)), empty_(nullptr) {
    title_->setElideMode(Qt::ElideRight);
    empty_ = new TextLabel({}, TextSize::Secondary, Role::TextMuted, QFont::Normal, canvas);
    empty_->setWordWrap(true);
    empty_->hide();
    title_->show();
}

PropertySectionPart::~PropertySectionPart() {
    delete title_;
    delete empty_;
    qDeleteAll(rows_);
    for (const CardPart& card : cards_) {
        delete card.frame;
    }
}

void PropertySectionPart::setRows(QVector<PropertyRow*>& rows, const QVector<Property>& data, QWidget* parent) {
    while (rows.size() > data.size()) {
        delete rows.takeLast();
    }
    for (int i = 0; i < data.size(); ++i) {
        if (i == rows.size()) {
            rows.append(new PropertyRow(data_.chain && parent == canvas_ ? RowStyle::Link : RowStyle::Line, parent));
            adopt_(rows.last());
        }
        rows.at(i)->setData(data.at(i));
        rows.at(i)->setFollowed(i + 1 < data.size());
    }
}

void PropertySectionPart::setData(const PropertySection& data) {
    if (data.chain != data_.chain) {
        qDeleteAll(rows_);
        rows_.clear();
    }
    data_ = data;
    title_->setText(shownText(data.title));
    setRows(rows_, data.rows, canvas_);
    while (cards_.size() > data.cards.size()) {
        delete cards_.takeLast().frame;
    }
    for (int i = 0; i < data.cards.size(); ++i) {
        if (i == cards_.size()) {
            CardPart card;
            card.frame = new Card(canvas_);
            card.head = new PropertyRow(RowStyle::Head, card.frame);
            adopt_(card.head);
            card.frame->show();
            cards_.append(card);
        }
        CardPart& card = cards_[i];
        Property head;
        head.key = data.cards.at(i).title;
        head.note = data.cards.at(i).note;
        head.tone = data.cards.at(i).noteTone;
        card.head->setData(head);
        card.frame->setAccessibleName(card.head->accessibleName());
        setRows(card.rows, data.cards.at(i).rows, card.frame);
    }
    const bool nothing = data.rows.isEmpty() && data.cards.isEmpty() && !data.empty.isEmpty();
    empty_->setText(shownText(data.empty, Lines::Several));
    empty_->setVisible(nothing);
}

int PropertySectionPart::arrange(int x, int y, int width) {
    const int heading = data_.title.isEmpty() ? 0 : scaledPx(canvas_, 22);
    title_->setGeometry(x, y, width, heading);
    y += heading;
    if (!empty_->isHidden()) {
        const int height = std::max(scaledPx(canvas_, 24), empty_->heightForWidth(width));
        empty_->setGeometry(x, y, width, height);
        return y + height;
    }
    y = data_.chain ? arrangeChain(x, y, width) : arrangeRows(rows_, x, y, width);
    for (int i = 0; i < cards_.size(); ++i) {
        y = arrangeCard(cards_.at(i), x, y + (i > 0 || !rows_.isEmpty() ? kCardGap : 2), width);
    }
    return y;
}

int PropertySectionPart::arrangeRows(const QVector<PropertyRow*>& rows, int x, int y, int width) {
    bool icons = false;
    int key = 0;
    for (const PropertyRow* row : rows) {
        icons = icons || row->hasIcon();
        // A key that stands alone may be as long as the row.
        if (!row->data().value.isEmpty() || row->data().fraction >= 0) {
            key = std::max(key, row->keyTextWidth());
        }
    }
    key = std::min(key, width * kWidestKey / 100);
    for (PropertyRow* row : rows) {
        row->setColumns(icons, key);
        const int height = row->heightForWidth(width);
        row->setGeometry(x, y, width, height);
        row->show();
        y += height;
    }
    return y;
}

int PropertySectionPart::arrangeChain(int x, int y, int width) {
    int at = x;
    const int height = scaledPx(canvas_, 24);
    for (PropertyRow* row : rows_) {
        const int wish = std::min(row->sizeHint().width(), width);
        if (at > x && at + wish > x + width) {
            at = x;
            y += height;
        }
        row->setGeometry(at, y, wish, row->heightForWidth(wish));
        row->show();
        at += wish;
    }
    return rows_.isEmpty() ? y : y + height;
}

int PropertySectionPart::arrangeCard(const CardPart& card, int x, int y, int width) {
    const int inner = width - 2 * kCardPadding;
    const int head = card.head->heightForWidth(inner);
    card.head->setGeometry(kCardPadding, 8, inner, head);
    const int bottom = arrangeRows(card.rows, kCardPadding, 8 + head, inner) + 8;
    card.frame->setGeometry(x, y, width, bottom);
    return y + bottom;
}

QVector<PropertySectionPart::Place> PropertySectionPart::rows() const {
    QVector<Place> places;
    for (PropertyRow* row : rows_) {
        places.append(Place{row, {}});
    }
    for (const CardPart& card : cards_) {
        places.append(Place{card.head, card.head->data().key});
        for (PropertyRow* row : card.rows) {
            places.append(Place{row, card.head->data().key});
        }
    }
    return places;
}

}  // namespace quarterdeck::widgets
