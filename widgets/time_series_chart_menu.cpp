// What a chart's menu does: table, query, pictures, files.
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMenu>
#include <QSaveFile>

#include <QBuffer>

#include "widgets/chart_export.h"
#include "widgets/chart_plot.h"
#include "widgets/label.h"
#include "widgets/style.h"
#include "widgets/table_view.h"
#include "widgets/time_series_chart.h"

namespace quarterdeck::widgets {

namespace {

constexpr double kFileScale = 2;

QTimeZone zoneFor(bool utc) {
    return utc ? QTimeZone::utc() : QTimeZone::systemTimeZone();
}

void askForPath(QWidget* parent, const QString& suggestion, const std::function<void(QString)>& answer) {
    auto* dialog = new QFileDialog(parent, TimeSeriesChart::tr("Export chart"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QStringList filters{TimeSeriesChart::tr("Picture (*.png)"), TimeSeriesChart::tr("Vector picture (*.svg)"),
                              TimeSeriesChart::tr("Values (*.csv)")};
    const QStringList endings{QStringLiteral("png"), QStringLiteral("svg"), QStringLiteral("csv")};
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(endings.first());
    dialog->selectFile(suggestion + QStringLiteral(".png"));
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [=](const QString& filter) {
        const QString ending = endings.value(filters.indexOf(filter), endings.first());
        dialog->setDefaultSuffix(ending);
        dialog->selectFile(suggestion + QLatin1Char('.') + ending);
    });
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, answer);
    dialog->open();
}

}  // namespace

void TimeSeriesChart::fillMenu() {
    menu_->clear();
    const bool ready = content_.state == ChartState::Ready;
    const auto add = [&](const QString& words, const char* name, auto action) {
        QAction* added = menu_->addAction(words);
        added->setObjectName(QLatin1String(name));
        connect(added, &QAction::triggered, this, action);
        return added;
    };
    add(tr("Copy picture"), "chart.copy", [this] { copyPicture(); })->setEnabled(ready);
    add(tr("Export…"), "chart.export", [this] { askAndExport(); })->setEnabled(ready);
    menu_->addSeparator();
    QAction* table = add(tr("Show as table"), "chart.table", [this](bool on) { setTableShown(on); });
    table->setCheckable(true);
    table->setChecked(tableShown_);
    table->setEnabled(ready);
    QAction* query = add(tr("Show query"), "chart.showQuery", [this](bool on) { setQueryShown(on); });
    query->setCheckable(true);
    query->setChecked(queryShown_);
    query->setEnabled(!content_.query.isEmpty());
}

bool TimeSeriesChart::isTableShown() const {
    return tableShown_;
}

void TimeSeriesChart::setTableShown(bool shown) {
    tableShown_ = shown;
    if (shown && table_ == nullptr) {
        rows_ = new ChartTableModel(this);
        table_ = new TableView(this);
        table_->setObjectName(QStringLiteral("chart.tableView"));
        table_->setModel(rows_);
        QWidget::setTabOrder(plot_, table_);
    }
    refreshTable();
    showState();
}

void TimeSeriesChart::refreshTable() {
    if (!tableShown_) {
        return;
    }
    const int columns = rows_->columnCount();
    rows_->setContent(content_, zoneFor(utc_), locale());
    table_->setStale(!content_.staleWords.isEmpty());
    if (rows_->columnCount() != columns) {
        QVector<ColumnSpec> specs(rows_->columnCount(), ColumnSpec{80, 140, 1, ColumnSpec::Elide::Middle});
        specs.first().stretch = 0;
        table_->setColumnSpecs(specs);
    }
}

bool TimeSeriesChart::isQueryShown() const {
    return queryShown_;
}

void TimeSeriesChart::setQueryShown(bool shown) {
    queryShown_ = shown;
    showState();
}

QImage TimeSeriesChart::picture(double scale) const {
    ChartLook look = chartLook(this, zoneFor(utc_), !content_.staleWords.isEmpty());
    look.ground = ground_;
    return chartImage(content_, look, size().expandedTo(minimumSizeHint()), scale);
}

void TimeSeriesChart::copyPicture() const {
    QGuiApplication::clipboard()->setImage(picture(kFileScale));
}

void TimeSeriesChart::setPathChooser(PathChooser chooser) {
    chooser_ = std::move(chooser);
}

void TimeSeriesChart::askAndExport() {
    const auto answer = [this](const QString& path) {
        if (!path.isEmpty()) {
            exportTo(path);
        }
    };
    const QString suggestion = chartFileName(content_.title);
    if (chooser_) {
        chooser_(suggestion, answer);
    } else {
        askForPath(this, suggestion, answer);
    }
}

bool TimeSeriesChart::exportTo(const QString& path) {
    const QString ending = QFileInfo(path).suffix().toLower();
    QByteArray bytes;
    if (ending == QStringLiteral("png")) {
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        picture(kFileScale).save(&buffer, "PNG");
    } else if (ending == QStringLiteral("svg")) {
        ChartLook look = chartLook(this, zoneFor(utc_), !content_.staleWords.isEmpty());
        look.ground = ground_;
        bytes = chartSvg(content_, look, size().expandedTo(minimumSizeHint()));
    } else if (ending == QStringLiteral("csv")) {
        bytes = chartCsv(content_);
    } else {
        setNote(tr("The chart could not be exported to %1: the name must end in .png, .svg or .csv.").arg(path), true);
        return false;
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        setNote(tr("The chart could not be written to %1: %2. Check the folder's permissions and free space, or choose "
                   "another place.")
                    .arg(path, file.errorString()),
                true);
        return false;
    }
    setNote(tr("Exported to %1").arg(path), false);
    Q_EMIT exported(path);
    return true;
}

void TimeSeriesChart::setNote(const QString& words, bool failed) {
    note_->setRole(failed ? Role::Critical : Role::TextMuted);
    note_->setText(words);
    note_->show();
    arrange();
    if (failed) {
        Q_EMIT exportFailed(words);
    }
}

}  // namespace quarterdeck::widgets
