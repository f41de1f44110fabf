#pragma once

// What a person would call a broken layout, found by measuring. Every function returns sentences with the path of the
// widget; none is a good answer. Call with a window that is shown.

#include <QAbstractScrollArea>
#include <QCheckBox>
#include <QComboBox>
#include <QFocusFrame>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QRubberBand>
#include <QScrollArea>
#include <QSplitterHandle>
#include <QStringList>
#include <QToolButton>
#include <QWidget>

#include "widgets/badge.h"
#include "widgets/dock_parts.h"
#include "widgets/label.h"
#include "widgets/pill.h"
#include "widgets/property_row.h"

namespace quarterdeck::gui_tests {

/// Set to true on a widget that is meant to lie over its siblings (a toast, a drawer over the page).
inline constexpr const char* kOverlayProperty = "quarterdeckOverlay";

/// "MainWindow#window > TopBar#topbar > Pill".
inline QString pathOf(const QWidget* widget) {
    QString path;
    for (const QWidget* at = widget; at != nullptr; at = at->parentWidget()) {
        QString step = QString::fromLatin1(at->metaObject()->className()).section(QStringLiteral("::"), -1);
        if (!at->objectName().isEmpty()) {
            step += QLatin1Char('#') + at->objectName();
        }
        path = path.isEmpty() ? step : step + QStringLiteral(" > ") + path;
    }
    return path;
}

inline QString sizeText(const QSize& size) {
    return QStringLiteral("%1x%2").arg(size.width()).arg(size.height());
}

inline QString rectText(const QRect& rect) {
    return QStringLiteral("(%1,%2 %3)").arg(rect.x()).arg(rect.y()).arg(sizeText(rect.size()));
}

/// Whether the widget arranges its children itself, over and under each other, by Qt's own rules.
inline bool arrangesItself(const QWidget* widget) {
    return qobject_cast<const QAbstractScrollArea*>(widget) != nullptr ||
           qobject_cast<const QComboBox*>(widget) != nullptr || qobject_cast<const QLineEdit*>(widget) != nullptr ||
           widget->inherits("QAbstractSpinBox") || widget->inherits("QTabBar") || widget->inherits("QMenu");
}

inline bool isDecoration(const QWidget* widget) {
    return qobject_cast<const QFocusFrame*>(widget) != nullptr || qobject_cast<const QRubberBand*>(widget) != nullptr ||
           qobject_cast<const QSplitterHandle*>(widget) != nullptr ||
           qobject_cast<const widgets::DockHandle*>(widget) != nullptr || widget->isWindow() ||
           widget->testAttribute(Qt::WA_TransparentForMouseEvents) || widget->property(kOverlayProperty).toBool();
}

inline bool isViewport(const QWidget* widget) {
    const auto* area = qobject_cast<const QAbstractScrollArea*>(widget->parentWidget());
    return area != nullptr && area->viewport() == widget;
}

/// Siblings that cover each other, and children that leave their parent (what scrolls may).
inline QStringList overlapFaults(const QWidget* root) {
    QStringList faults;
    QList<const QWidget*> all{root};
    for (const QWidget* widget : root->findChildren<QWidget*>()) {
        all.append(widget);
    }
    for (const QWidget* parent : all) {
        if ((parent != root && !parent->isVisibleTo(root)) || arrangesItself(parent)) {
            continue;
        }
        QList<const QWidget*> shown;
        for (const QWidget* child : parent->findChildren<QWidget*>(Qt::FindDirectChildrenOnly)) {
            if (child->isVisibleTo(parent) && !isDecoration(child) && !child->size().isEmpty()) {
                shown.append(child);
            }
        }
        for (qsizetype i = 0; i < shown.size(); ++i) {
            if (!isViewport(parent) && !parent->rect().contains(shown[i]->geometry())) {
                faults += QStringLiteral("%1 %2 leaves its parent, which is %3")
                              .arg(pathOf(shown[i]), rectText(shown[i]->geometry()), sizeText(parent->size()));
            }
            for (qsizetype j = i + 1; j < shown.size(); ++j) {
                if (shown[i]->geometry().intersects(shown[j]->geometry())) {
                    faults += QStringLiteral("%1 %2 and %3 %4 overlap")
                                  .arg(pathOf(shown[i]), rectText(shown[i]->geometry()), pathOf(shown[j]),
                                       rectText(shown[j]->geometry()));
                }
            }
        }
    }
    return faults;
}

/// Why the text of this widget is cut; empty where all of it is to be read or it ends in "…" as it was told to.
inline QString clippingOf(const QWidget* widget) {
    const QSize size = widget->size();
    const auto narrow = [&](const QSize& needs) {
        return QStringLiteral("needs %1, has %2").arg(sizeText(needs), sizeText(size));
    };
    if (const auto* label = qobject_cast<const QLabel*>(widget)) {
        if (label->text().isEmpty()) {
            return {};
        }
        const auto* text = qobject_cast<const widgets::TextLabel*>(label);
        if (text != nullptr && text->elideMode() != Qt::ElideNone) {
            const int high = label->fontMetrics().height();
            return size.height() < high || size.width() < 8 ? narrow({8, high}) : QString();
        }
        if (label->wordWrap()) {
            const QRect words = label->fontMetrics().boundingRect(QRect(0, 0, label->contentsRect().width(), 100'000),
                                                                  Qt::TextWordWrap, label->text());
            // The last line's leading may be missing.
            const bool high = words.height() > label->contentsRect().height() + 2;
            return high || words.width() > label->contentsRect().width() + 1 ? narrow(words.size()) : QString();
        }
        const QSize needs = label->sizeHint();
        return needs.width() > size.width() + 1 || needs.height() > size.height() + 1 ? narrow(needs) : QString();
    }
    if (const auto* row = qobject_cast<const widgets::PropertyRow*>(widget)) {
        const int high = row->heightForWidth(size.width());
        return size.height() < high ? narrow({size.width(), high}) : QString();
    }
    const bool holdsText =
        qobject_cast<const QPushButton*>(widget) != nullptr || qobject_cast<const QCheckBox*>(widget) != nullptr ||
        qobject_cast<const QRadioButton*>(widget) != nullptr || qobject_cast<const QToolButton*>(widget) != nullptr ||
        qobject_cast<const QComboBox*>(widget) != nullptr || qobject_cast<const widgets::Pill*>(widget) != nullptr ||
        qobject_cast<const widgets::Badge*>(widget) != nullptr;
    if (!holdsText || (widget->parentWidget() != nullptr && arrangesItself(widget->parentWidget()))) {
        return {};
    }
    const QSize needs = widget->sizeHint();
    return needs.width() > size.width() + 1 || needs.height() > size.height() + 1 ? narrow(needs) : QString();
}

/// `mayBeCut` names widgets that shorten their text on purpose.
inline QStringList clippedTextFaults(const QWidget* root, const QSet<const QWidget*>& mayBeCut = {}) {
    QStringList faults;
    for (const QWidget* widget : root->findChildren<QWidget*>()) {
        if (!widget->isVisibleTo(root) || mayBeCut.contains(widget)) {
            continue;
        }
        if (const QString why = clippingOf(widget); !why.isEmpty()) {
            faults += QStringLiteral("%1 “%2” is cut: %3")
                          .arg(pathOf(widget), widget->property("text").toString().left(60), why);
        }
    }
    return faults;
}

/// Pages that would have to be scrolled sideways.
inline QStringList hiddenFaults(const QWidget* root) {
    QStringList faults;
    for (const QScrollArea* area : root->findChildren<QScrollArea*>()) {
        const QWidget* content = area->widget();
        if (area->isVisibleTo(root) && content != nullptr && content->width() > area->viewport()->width() + 1) {
            faults += QStringLiteral("%1 hides %2 pixels at its right edge")
                          .arg(pathOf(area))
                          .arg(content->width() - area->viewport()->width());
        }
    }
    return faults;
}

inline QStringList layoutFaults(const QWidget* root, const QSet<const QWidget*>& mayBeCut = {}) {
    return overlapFaults(root) + hiddenFaults(root) + clippedTextFaults(root, mayBeCut);
}

}  // namespace quarterdeck::gui_tests
