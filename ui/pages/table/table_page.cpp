#include "ui/pages/table/table_page.h"

#include <algorithm>

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QScrollBar>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "app/session/session_hub.h"
#include "ui/actions/action_registry.h"
#include "ui/pages/cluster_access.h"
#include "ui/pages/table/state_banners.h"
#include "ui/pages/table/table_columns.h"
#include "ui/pages/table/table_details.h"
#include "ui/pages/table/table_feed.h"
#include "ui/pages/table/table_filter.h"
#include "ui/pages/table/table_foot.h"
#include "ui/pages/table/table_header.h"
#include "ui/pages/table/table_keys.h"
#include "ui/pages/view_scope.h"
#include "ui/tables/row_key.h"
#include "ui/tables/row_selection.h"
#include "widgets/button.h"
#include "widgets/card.h"
#include "widgets/filter_line.h"
#include "widgets/label.h"
#include "widgets/state_panel.h"
#include "widgets/table_view.h"

namespace quarterdeck::ui {

using widgets::Role;
using widgets::TextSize;

namespace {

constexpr int kNoteMillis = 8'000;

/// The word that "Only faults" puts into the filter line.
QString faultsTerm() {
    return QStringLiteral("is:unhealthy");
}

}  // namespace

TablePage::TablePage(const TableSpec& spec, PageServices services, QWidget* parent)
    : Page(parent),
      spec_(spec),
      services_(services),
      words_(spec.title.empty() ? tableWords(spec.id) : plainTableWords(kindTitle(spec.title))),
      model_(spec) {
    setObjectName(QStringLiteral("page.") + fromUtf8(spec.id));
    setAccessibleName(words_.title);
    feed_ = new TableFeed(services_.access, services_.scope, model_, this);
    build(services_.actions.action("view.faults"), services_.actions.action("table.csv"));
    selection_ = new RowSelection(*view_, model_, this);
    addDetails();
    chooseFile_ = [this](const QString& suggested, std::function<void(const QString&)> chosen) {
        auto* dialog = new QFileDialog(this, tr("Export as CSV"), suggested, tr("CSV tables (*.csv)"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix(QStringLiteral("csv"));
        connect(dialog, &QFileDialog::fileSelected, this, chosen);
        dialog->open();
    };
    setCsvWriter(writeCsv);
    connectParts();
    refresh();
}

TablePage::~TablePage() = default;

void TablePage::build(QAction* faults, QAction* csv) {
    const QString prefix = objectName() + QLatin1Char('.');
    auto* sides = new QHBoxLayout(this);  // list | drawer
    sides->setContentsMargins(0, 0, 0, 0);
    sides->setSpacing(0);
    auto* layout = new QVBoxLayout;
    sides->addLayout(layout, 1);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    header_ = new TableHeader(words_.title, faults, csv, this);
    header_->setHealthShown(spec_.hasHealth);
    header_->setOrigin(fromUtf8(spec_.group));
    layout->addWidget(header_);
    auto* filterRow = new QHBoxLayout;
    filterRow->setContentsMargins(16, 0, 16, 8);
    filter_ = new widgets::FilterLine(this);
    filter_->setObjectName(prefix + QStringLiteral("filter"));
    filter_->setPlaceholderText(words_.filterExample);
    filter_->setAccessibleName(tr("Filter %1").arg(words_.title));
    teachFilter(*filter_, model_);
    filterRow->setSpacing(8);
    filterRow->addWidget(filter_, 1, Qt::AlignTop);
    auto* columns = widgets::makeButton({}, {}, widgets::ButtonKind::Control, this);
    columns->setObjectName(prefix + QStringLiteral("columns"));
    columns->setOpensPopup(true);
    filterRow->addWidget(columns, 0, Qt::AlignTop);
    layout->addLayout(filterRow);
    banners_ = new StateBanners(this);
    banners_->setObjectName(prefix + QStringLiteral("banners"));
    layout->addWidget(banners_);

    auto* body = new widgets::Surface(Role::Surface, this);
    body->setLines(Qt::TopEdge);
    stack_ = new QStackedLayout(body);
    stack_->setContentsMargins(0, 1, 0, 0);
    view_ = new widgets::TableView(body);
    view_->setObjectName(prefix + QStringLiteral("table"));
    view_->setAccessibleName(words_.title);
    view_->setModel(&model_);
    QVector<widgets::ColumnSpec> layouts;
    for (const Column& column : spec_.columns) {
        layouts.push_back(column.layout);
    }
    view_->setColumnSpecs(layouts);
    view_->setSortIndicator(model_.sortColumn(), model_.sortDescending() ? Qt::DescendingOrder : Qt::AscendingOrder);
    columns_ = new TableColumns(spec_, *view_, services_.memory, *columns, this);
    connect(columns_, &TableColumns::sortNoteChanged, header_, &TableHeader::setNote);
    panel_ = new widgets::StatePanel(body);
    panel_->setObjectName(prefix + QStringLiteral("panel"));
    stack_->addWidget(view_);
    stack_->addWidget(panel_);
    layout->addWidget(body, 1);

    foot_ = new TableFoot(prefix, this);
    layout->addWidget(foot_);
}

void TablePage::addDetails() {
    details_ = new TableDetails({spec_, services_, model_, *view_}, *this);
    connect(details_, &TableDetails::said, this, &TablePage::say);
}

void TablePage::connectParts() {
    using widgets::FilterLine;
    using widgets::TableView;
    connect(filter_, &FilterLine::textEdited, this, [this](const QString& text) {
        applyFilterText(text);
        emit placeEdited();
    });
    connect(filter_, &FilterLine::leaveDown, this, [this] {
        view_->setFocus(Qt::OtherFocusReason);
        if (!view_->currentIndex().isValid() && model_.rowCount() > 0) {
            view_->setCurrentIndex(model_.index(0, 0));
        }
    });
    connect(filter_, &FilterLine::leaveUp, this, [this] { view_->setFocus(Qt::OtherFocusReason); });
    connect(view_, &TableView::leaveUp, this, &TablePage::focusFilter);
    connect(view_, &TableView::sortRequested, this, [this](int column) { sortBy(column); });
    connect(view_, &TableView::menuRequested, this,
            [this](const QString&, const QPoint& position) { openMenu(position); });
    connect(selection_, &RowSelection::changed, this, &TablePage::refreshFoot);
    connect(&model_, &ResourceTableModel::countsChanged, this, &TablePage::refresh);
    connect(feed_, &TableFeed::freshnessChanged, this, &TablePage::refresh);
    connect(banners_, &StateBanners::retryRequested, this, &TablePage::retry);
    connect(panel_, &widgets::StatePanel::actionTriggered, this, [this] {
        if (panelAction_) {
            panelAction_();
        }
    });
    connect(&services_.scope, &ViewScope::namespacesChanged, this, [this] {
        model_.setNamespaces(services_.scope.namespaces());
        refresh();
    });
    connect(&services_.scope, &ViewScope::rangeChanged, this, [this] {
        model_.setRange(services_.scope.range());
        refresh();
    });
    connect(&services_.scope, &ViewScope::awaitedChanged, this, &TablePage::refresh);
    connect(&services_.hub, &session::SessionHub::contextsChanged, this, &TablePage::refresh);
    connect(&services_.scope, &ViewScope::zoneChanged, this, [this] {
        model_.setZone(services_.scope.zone());
        refresh();
    });
    model_.setNamespaces(services_.scope.namespaces());
    model_.setRange(services_.scope.range());
    model_.setZone(services_.scope.zone());
    ticker_.setInterval(1000);
    connect(&ticker_, &QTimer::timeout, this, &TablePage::tick);
    noteTimer_.setSingleShot(true);
    noteTimer_.setInterval(kNoteMillis);
    connect(&noteTimer_, &QTimer::timeout, this, [this] {
        note_.clear();
        refreshFoot();
    });
}

void TablePage::openRowsBy(std::function<bool(const QString& key)> open) {
    details_->openRowsBy(std::move(open));
}

void TablePage::addToHeader(QWidget* control) {
    header_->add(control);
}

std::vector<ContextFreshness> TablePage::freshness() const {
    return feed_->parts();
}

int TablePage::rows() const {
    return model_.rowCount();
}

RangeUse TablePage::rangeUse() const {
    return spec_.seen != nullptr ? RangeUse::Narrows : RangeUse::None;
}

QAction* TablePage::primaryAction() const {
    return services_.actions.action("view.faults");
}

void TablePage::visit(const Location& location) {
    const SortOrder sort = location.sort.value_or(spec_.defaultSort);
    if (const int column = spec_.columnIndex(sort.column); column >= 0) {
        model_.setSort(column, sort.descending);
        view_->setSortIndicator(column, sort.descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    }
    setFilterText(fromUtf8(location.filter));
    details_->visit(location);
}

std::vector<PageKey> TablePage::keys() const {
    return tableKeys();
}

void TablePage::describe(Location& location) const {
    location.filter = filter_->text().toStdString();
    const SortOrder sort{spec_.columns[static_cast<std::size_t>(model_.sortColumn())].id, model_.sortDescending()};
    location.sort = sort == spec_.defaultSort ? std::nullopt : std::optional(sort);
    details_->describe(location);
}

void TablePage::setFilterText(const QString& text) {
    if (filter_->text() != text) {
        filter_->setText(text);
        applyFilterText(text);
    }
}

void TablePage::applyFilterText(const QString& text) {
    FilterExpression::Forgiving parsed = FilterExpression::parseForgiving(text.toStdString(), spec_.numbers);
    filter_->setError(parsed.error ? errorText(*parsed.error) : QString());
    model_.setFilter(std::move(parsed.expression));
    const bool faultsOnly = text.split(QLatin1Char(' ')).contains(faultsTerm(), Qt::CaseInsensitive);
    header_->setFaultsOnly(faultsOnly);
    services_.actions.action("view.faults")->setChecked(faultsOnly);
    refresh();
}

void TablePage::toggleFaults() {
    QStringList terms = filter_->text().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (terms.contains(faultsTerm(), Qt::CaseInsensitive)) {
        terms.erase(
            std::remove_if(terms.begin(), terms.end(),
                           [](const QString& term) { return term.compare(faultsTerm(), Qt::CaseInsensitive) == 0; }),
            terms.end());
    } else {
        terms += faultsTerm();
    }
    setFilterText(terms.join(QLatin1Char(' ')));
    emit placeEdited();
}

void TablePage::sortBy(int column) {
    const bool descending = column == model_.sortColumn()
                                ? !model_.sortDescending()
                                : spec_.columns[static_cast<std::size_t>(column)].descendingFirst;
    model_.setSort(column, descending);
    view_->setSortIndicator(column, descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    emit placeEdited();
}

void TablePage::openMenu(const QPoint& position) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const char* id : {"details.open", "table.copy", "table.copyName", "table.csv"}) {
        menu->addAction(services_.actions.action(id));
    }
    menu->popup(position);
}

void TablePage::focusContent() {
    if (stack_->currentWidget() == view_) {
        view_->setFocus(Qt::OtherFocusReason);
    } else {
        setFocus(Qt::OtherFocusReason);  // showTable() hands it on
    }
}

void TablePage::showTable() {
    stack_->setCurrentWidget(view_);
    if (window()->focusWidget() == this) {
        view_->setFocus(Qt::OtherFocusReason);
    }
}

void TablePage::focusFilter() {
    filter_->setFocus(Qt::ShortcutFocusReason);
    filter_->selectAll();
}

void TablePage::copy() {
    view_->copySelection();
    if (selection_->count() > 0) {
        say(tr("%n rows copied", nullptr, selection_->count() - selection_->hidden()));
    }
}

void TablePage::copyName() {
    QStringList names;
    for (int row = 0; row < model_.rowCount(); ++row) {
        if (view_->selectionModel()->isRowSelected(row, {})) {
            names += fromUtf8(model_.objectAt(row)->meta.name);
        }
    }
    if (names.isEmpty() && view_->currentIndex().isValid()) {
        names += fromUtf8(model_.objectAt(view_->currentIndex().row())->meta.name);
    }
    if (!names.isEmpty()) {
        QGuiApplication::clipboard()->setText(names.join(QLatin1Char('\n')));
        say(tr("%n names copied", nullptr, static_cast<int>(names.size())));
    }
}

void TablePage::exportCsv() {
    QString name = fromUtf8(spec_.id);
    name.replace(QLatin1Char('/'), QLatin1Char('-'));
    chooseFile_(name + QStringLiteral(".csv"), [this](const QString& path) { writeTo(path); });
}

void TablePage::writeTo(const QString& path) {
    std::vector<CsvRow> rows;
    rows.reserve(static_cast<std::size_t>(model_.rowCount()));
    for (int row = 0; row < model_.rowCount(); ++row) {
        rows.push_back({model_.objectAt(row), model_.contextAt(row), model_.cellContext(row).now});
    }
    if (const auto begun = exports_->start(path, spec_, std::move(rows), services_.scope.zone()); !begun) {
        say(errorText(begun.error()));
    }
}

void TablePage::setCsvWriter(CsvExports::Write write) {
    const auto done = [this](const CsvExports::Outcome& outcome) {
        say(outcome.result ? tr("%n rows written to %1", nullptr, outcome.rows).arg(outcome.path)
                           : errorText(outcome.result.error()));
    };
    exports_ = std::make_unique<CsvExports>(done, nullptr, std::move(write));
}

void TablePage::retry() {
    feed_->retry();
}

QString TablePage::footText() const {
    return foot_->words();
}

void TablePage::say(const QString& note) {
    note_ = note;
    noteTimer_.start();
    refreshFoot();
}

void TablePage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    feed_->setActive(true);
    details_->setActive(true);
    ticker_.start();
}

void TablePage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    ticker_.stop();
    details_->setActive(false);
    feed_->setActive(false);
}

void TablePage::tick() {
    if (stack_->currentWidget() == view_ && model_.rowCount() > 0) {
        const int first = std::max(0, view_->rowAt(0));
        const int last = view_->rowAt(view_->viewport()->height() - 1);
        model_.tick(first, last < 0 ? model_.rowCount() - 1 : last);
    }
}

}  // namespace quarterdeck::ui
