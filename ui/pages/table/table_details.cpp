#include "ui/pages/table/table_details.h"

#include <algorithm>

#include <QBoxLayout>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QStringList>

#include "ui/actions/action_registry.h"
#include "ui/details/object_details.h"
#include "ui/pages/view_scope.h"
#include "ui/tables/resource_table_model.h"
#include "ui/tables/row_key.h"
#include "ui/view_memory.h"
#include "widgets/details_drawer.h"
#include "widgets/style.h"
#include "widgets/table_view.h"

namespace quarterdeck::ui {

using widgets::scaledPx;

namespace {

constexpr int kDefaultWidth = 380;
constexpr int kNarrowest = 320;
constexpr int kWidest = 960;
constexpr int kNarrowWindow = 1280;
constexpr int kInSightMillis = 3'000;  ///< how long a row gone to stays in sight while the rest of the list arrives
constexpr int kLeastList = 480;        ///< what stays for the list in a wide window

}  // namespace

TableDetails::TableDetails(Parts parts, Page& page) : QObject(&page), parts_(parts), page_(page) {
    drawer_ = new widgets::DetailsDrawer(&page_);
    drawer_->setObjectName(page_.objectName() + QStringLiteral(".drawer"));
    drawer_->setPreferredWidth(scaledPx(drawer_, kDefaultWidth));
    drawer_->hide();
    static_cast<QBoxLayout*>(page_.layout())->addWidget(drawer_);
    details_ = new ObjectDetails(parts_.spec, parts_.services.access, parts_.services.scope, *drawer_, this);
    readMemory();
    connectParts();
    bindActions();
}

TableDetails::~TableDetails() = default;

void TableDetails::connectParts() {
    using widgets::DetailsDrawer;
    using widgets::TableView;
    page_.installEventFilter(this);
    parts_.view.installEventFilter(this);
    connect(drawer_, &DetailsDrawer::closeRequested, this, &TableDetails::close);
    connect(drawer_, &DetailsDrawer::preferredWidthChanged, this, &TableDetails::writeMemory);
    connect(drawer_, &DetailsDrawer::currentTabChanged, this, &TableDetails::writeMemory);
    connect(details_, &ObjectDetails::linkChosen, this, &TableDetails::go);
    connect(details_, &ObjectDetails::said, this, &TableDetails::said);
    connect(details_, &ObjectDetails::found, this, [this] {
        rowAwaited_ = true;
        meetRows();
        emit page_.placeEdited();
    });
    connect(&parts_.view, &TableView::rowActivated, this, [this](const QString& key) {
        if (openRow_ && openRow_(key)) {
            return;
        }
        const bool again =
            open_ && details_->shown() && rowKey(details_->shown()->context, details_->shown()->uid) == key;
        if (again && parts_.view.showsFocusRing()) {
            drawer_->focusTabs();  // the second Enter goes in
            return;
        }
        openByHand_ = true;
        showRow(key);
        writeMemory();
    });
    follow_.setSingleShot(true);
    follow_.setInterval(0);
    connect(&follow_, &QTimer::timeout, this, &TableDetails::followCurrent);
    connect(parts_.view.selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        // A table that gets the focus makes its first row current by itself: not while another is awaited.
        if (open_ && !rearranging_ && !(rowAwaited_ && parts_.view.takesFocus())) {
            follow_.start();
        }
    });
    // Rows that move by themselves take the current row with them: that is no wish of the person.
    connect(&parts_.model, &ResourceTableModel::aboutToRearrange, this, [this] { rearranging_ = true; });
    connect(&parts_.model, &ResourceTableModel::rearranged, this, [this] {
        rearranging_ = false;
        meetRows();
    });
    // Queued: the page may still have to show the table.
    connect(&parts_.model, &ResourceTableModel::countsChanged, this, &TableDetails::meetRows, Qt::QueuedConnection);
    inSight_.setSingleShot(true);
    inSight_.setInterval(kInSightMillis);
}

void TableDetails::bindActions() {
    const auto bind = [this](const char* id, auto run) {
        parts_.services.actions.bind(id, this, [this, run] {
            if (page_.isVisible()) {
                run();
            }
        });
    };
    bind("details.open", [this] { openCurrent(); });
    bind("details.close", [this] { close(); });
    bind("details.nextTab", [this] { details_->cycleTab(1); });
    bind("details.previousTab", [this] { details_->cycleTab(-1); });
}

void TableDetails::openCurrent() {
    if (open_) {
        drawer_->focusTabs();
        return;
    }
    if (parts_.view.currentUid().isEmpty() && parts_.model.rowCount() > 0) {
        parts_.view.setCurrentIndex(parts_.model.index(0, 0));
    }
    if (const QString key = parts_.view.currentUid(); !key.isEmpty()) {
        openByHand_ = true;
        showRow(key);
        writeMemory();
    }
}

void TableDetails::close() {
    if (!open_) {
        return;
    }
    openByHand_ = false;
    setOpen(false);
    details_->clear();
    parts_.view.setFocus(Qt::OtherFocusReason);
    writeMemory();
    emit page_.placeEdited();
}

void TableDetails::setOpen(bool open) {
    open_ = open;
    follow_.stop();
    rowAwaited_ = false;
    if (open) {
        fitWidth();
    }
    drawer_->setVisible(open);
}

void TableDetails::showRow(const QString& key) {
    const kube::ObjectPtr object = parts_.model.objectOf(key);
    if (object == nullptr) {
        return;
    }
    const RowIdentity identity = readRowKey(key);
    const ObjectReference reference{identity.context, object->meta.nameSpace.str(), object->meta.name, identity.uid};
    const bool edited = !open_ || details_->shown() != reference;
    details_->show(reference, object);
    setOpen(true);
    if (edited) {
        emit page_.placeEdited();
    }
}

void TableDetails::followCurrent() {
    const QString key = parts_.view.currentUid();
    if (open_ && !key.isEmpty()) {
        showRow(key);
    }
}

void TableDetails::meetRows() {
    if (!rowAwaited_ && inSight_.isActive() && details_->shown()) {
        const QString key = rowKey(details_->shown()->context, details_->shown()->uid);
        if (const int row = parts_.model.rowOf(key); row >= 0 && parts_.view.currentUid() == key) {
            parts_.view.scrollTo(parts_.model.index(row, 0));
        }
        return;
    }
    // While another order is on its way, the row would move out of sight again.
    if (!rowAwaited_ || parts_.model.rowCount() == 0 || !parts_.model.isSettled()) {
        return;
    }
    if (!details_->shown()) {
        rowAwaited_ = false;
        QModelIndex current = parts_.view.currentIndex();
        if (!current.isValid()) {
            current = parts_.model.index(0, 0);
            parts_.view.selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
        }
        showRow(parts_.model.keyAt(current.row()));
        return;
    }
    const int row = parts_.model.rowOf(rowKey(details_->shown()->context, details_->shown()->uid));
    if (row >= 0) {
        rowAwaited_ = false;
        const QModelIndex index = parts_.model.index(row, 0);
        parts_.view.selectionModel()->setCurrentIndex(index,
                                                      QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        parts_.view.scrollTo(index, QAbstractItemView::PositionAtCenter);
        follow_.stop();
        inSight_.start();
    }
}

void TableDetails::setActive(bool active) {
    details_->setActive(active);
}

void TableDetails::visit(const Location& location) {
    if (location.object) {
        const QString key = rowKey(location.object->context, location.object->uid);
        details_->show(*location.object, location.object->uid.empty() ? nullptr : parts_.model.objectOf(key));
        setOpen(true);
        rowAwaited_ = true;
        meetRows();
    } else if (openByHand_) {
        setOpen(true);
        rowAwaited_ = true;
        meetRows();
    } else {
        setOpen(false);
        details_->clear();
    }
}

void TableDetails::describe(Location& location) const {
    if (open_ && details_->shown()) {
        location.object = details_->shown();
    }
}

void TableDetails::go(Location place) {
    const ViewScope& scope = parts_.services.scope;
    const auto holds = [](const std::vector<std::string>& names, const std::string& name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    place.contexts = scope.contexts();
    place.range = scope.range();
    if (!place.contexts.empty() && !holds(place.contexts, place.object->context)) {
        place.contexts.push_back(place.object->context);
    }
    // A namespace filter that would hide what is gone to is lifted.
    if (place.object->nameSpace.empty() || holds(scope.namespaces(), place.object->nameSpace)) {
        place.namespaces = scope.namespaces();
    }
    emit page_.goRequested(place);
}

bool TableDetails::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &page_ && (event->type() == QEvent::Resize || event->type() == QEvent::StyleChange)) {
        fitWidth();
    }
    if (watched == &parts_.view && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->modifiers() == Qt::NoModifier && key->key() == Qt::Key_Space) {
            if (!open_) {
                openCurrent();
            }
            return true;
        }
        if (key->modifiers() == Qt::NoModifier && key->key() == Qt::Key_Escape && open_) {
            close();
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

void TableDetails::fitWidth() {
    const int page = page_.width();
    const int most = page_.window()->width() <= kNarrowWindow
                         ? page * 6 / 10
                         : std::max(page - scaledPx(drawer_, kLeastList), page / 2);
    drawer_->setWidthBounds(std::min(scaledPx(drawer_, kNarrowest), most),
                            std::clamp(most, 1, scaledPx(drawer_, kWidest)));
}

void TableDetails::readMemory() {
    const QString text = QString::fromStdString(parts_.services.memory.get(parts_.spec.id + ".drawer"));
    for (const QString& part : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const QString value = part.section(QLatin1Char('='), 1);
        if (part.startsWith(QLatin1String("open="))) {
            openByHand_ = value == QLatin1String("1");
        } else if (part.startsWith(QLatin1String("width="))) {
            bool isNumber = false;
            const int width = value.toInt(&isNumber);
            if (isNumber && width >= kNarrowest && width <= kWidest) {
                drawer_->setPreferredWidth(scaledPx(drawer_, width));
            }
        } else if (part.startsWith(QLatin1String("tab=")) && ObjectDetails::tabs().contains(value)) {
            drawer_->setCurrentTab(value);
        }
    }
}

void TableDetails::writeMemory() {
    const QString text = QStringLiteral("open=%1 width=%2 tab=%3")
                             .arg(openByHand_ ? 1 : 0)
                             .arg(qRound(drawer_->preferredWidth() / widgets::textScaleOf(drawer_)))
                             .arg(drawer_->currentTab());
    parts_.services.memory.put(parts_.spec.id + ".drawer", text.toStdString());
}

}  // namespace quarterdeck::ui
