#include "widgets/property_list.h"

#include <QKeyEvent>
#include <QScrollBar>

#include "widgets/property_parts.h"
#include "widgets/property_row.h"
#include "widgets/style.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kPadding = 16;
constexpr int kSectionGap = 12;

}  // namespace

PropertyView::PropertyView(QWidget* parent) : ScrollPane(parent) {
    setAccessibleName(tr("Overview"));
    canvas_ = new QWidget(this);
    setBody(canvas_);  // the drawer's own fill shows through
    verticalScrollBar()->setSingleStep(24);
}

PropertyView::~PropertyView() = default;

void PropertyView::setContent(const std::optional<PropertyNotice>& notice, const QVector<PropertySection>& sections) {
    if (notice == notice_ && sections == sections_) {
        return;
    }
    const int place = verticalScrollBar()->value();
    const std::optional<RowName> focused = focusedRow();
    showNotice(notice);
    showSections(sections);
    arrange();
    orderTabs();
    verticalScrollBar()->setValue(place);
    if (focused) {
        refocus(*focused);
    }
}

void PropertyView::showNotice(const std::optional<PropertyNotice>& notice) {
    if (notice == notice_) {
        return;
    }
    notice_ = notice;
    if (notice && panel_ == nullptr) {
        panel_ = new NoticePanel(canvas_);
        connect(panel_, &NoticePanel::actionTriggered, this, [this] {
            if (notice_) {
                Q_EMIT noticeAction(notice_->actionId);
            }
        });
    }
    if (notice) {
        panel_->setNotice(*notice);
    }
    if (panel_ != nullptr) {
        panel_->setVisible(notice.has_value());
    }
}

void PropertyView::showSections(const QVector<PropertySection>& sections) {
    const auto adopt = [this](PropertyRow* row) {
        follow(row);
        connect(row, &PropertyRow::linkActivated, this, &PropertyView::linkActivated);
    };
    std::vector<std::unique_ptr<PropertySectionPart>> parts;
    for (const PropertySection& section : sections) {
        const auto old = std::find_if(parts_.begin(), parts_.end(),
                                      [&](const auto& part) { return part != nullptr && part->id() == section.id; });
        if (old != parts_.end()) {
            parts.push_back(std::move(*old));
        } else {
            parts.push_back(std::make_unique<PropertySectionPart>(canvas_, adopt));
        }
        parts.back()->setData(section);
    }
    parts_ = std::move(parts);
    sections_ = sections;
}

QVector<PropertyRow*> PropertyView::focusableRows() const {
    QVector<PropertyRow*> rows;
    for (const auto& part : parts_) {
        for (const PropertySectionPart::Place& place : part->rows()) {
            if (place.row->isFocusable()) {
                rows.append(place.row);
            }
        }
    }
    return rows;
}

std::optional<PropertyView::RowName> PropertyView::focusedRow() const {
    QHash<QString, int> seen;
    int index = 0;
    for (const auto& part : parts_) {
        for (const PropertySectionPart::Place& place : part->rows()) {
            const Property& is = place.row->data();
            const int number = seen[part->id() + QChar(0) + place.card + QChar(0) + is.key + QChar(0) + is.link]++;
            if (place.row->hasFocus()) {
                return RowName{part->id(), place.card, is.key, is.link, number, index};
            }
            index += place.row->isFocusable() ? 1 : 0;
        }
    }
    return std::nullopt;
}

// To the row of that name; if it is gone, to the one in its place, or to the view.
void PropertyView::refocus(const RowName& name) {
    int number = 0;
    for (const auto& part : parts_) {
        for (const PropertySectionPart::Place& place : part->rows()) {
            const Property& is = place.row->data();
            if (part->id() == name.section && place.card == name.card && is.key == name.key && is.link == name.link &&
                number++ == name.number && place.row->isFocusable()) {
                if (!place.row->hasFocus()) {
                    place.row->setFocus(Qt::OtherFocusReason);
                }
                return;
            }
        }
    }
    const QVector<PropertyRow*> rows = focusableRows();
    if (rows.isEmpty()) {
        setFocus(Qt::OtherFocusReason);
    } else {
        rows.at(std::min(name.index, static_cast<int>(rows.size()) - 1))->setFocus(Qt::OtherFocusReason);
    }
}

void PropertyView::moveFocus(int step) {
    const QVector<PropertyRow*> rows = focusableRows();
    int at = -1;
    for (int i = 0; i < rows.size(); ++i) {
        at = rows.at(i)->hasFocus() ? i : at;
    }
    const int to = at < 0 ? 0 : at + step;
    if (to >= 0 && to < rows.size()) {
        rows.at(to)->setFocus(Qt::TabFocusReason);
        ensureWidgetVisible(rows.at(to), 0, kSectionGap);
    }
}

void PropertyView::arrange() {
    const int width = viewport()->width();
    const int inner = std::max(0, width - 2 * kPadding);
    int y = kSectionGap;
    if (panel_ != nullptr && notice_) {
        // A layout inside the panel's keeps the height of its last words until it is activated.
        panel_->layout()->activate();
        const int height = panel_->layout()->heightForWidth(inner);
        panel_->setGeometry(kPadding, y, inner, height);
        y += height + kSectionGap;
    }
    for (const auto& part : parts_) {
        y = part->arrange(kPadding, y, inner) + kSectionGap;
    }
    canvas_->resize(width, y + kPadding - kSectionGap);
}

void PropertyView::orderTabs() {
    QWidget* before = nullptr;
    for (PropertyRow* row : focusableRows()) {
        if (before != nullptr && before->nextInFocusChain() != row) {
            setTabOrder(before, row);
        }
        before = row;
    }
}

bool PropertyView::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress && qobject_cast<PropertyRow*>(watched) != nullptr) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool plain = (key->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
        if (plain && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down)) {
            moveFocus(key->key() == Qt::Key_Up ? -1 : 1);
            return true;
        }
    }
    return ScrollPane::eventFilter(watched, event);
}

void PropertyView::resizeEvent(QResizeEvent* event) {
    ScrollPane::resizeEvent(event);
    arrange();
}

void PropertyView::changeEvent(QEvent* event) {
    ScrollPane::changeEvent(event);
    if (event->type() == QEvent::StyleChange && canvas_ != nullptr) {
        // The rows are told after the view.
        QMetaObject::invokeMethod(this, &PropertyView::arrange, Qt::QueuedConnection);
    }
}

}  // namespace quarterdeck::widgets
