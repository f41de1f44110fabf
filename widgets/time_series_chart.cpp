#include "widgets/time_series_chart.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QToolTip>

#include "widgets/button.h"
#include "widgets/chart_export.h"
#include "widgets/chart_legend.h"
#include "widgets/chart_plot.h"
#include "widgets/label.h"
#include "widgets/state_panel.h"
#include "widgets/table_view.h"

namespace quarterdeck::widgets {

namespace {

constexpr int kMenuSide = 28;
constexpr int kGap = 4;

QTimeZone zoneFor(bool utc) {
    return utc ? QTimeZone::utc() : QTimeZone::systemTimeZone();
}

}  // namespace

TimeSeriesChart::TimeSeriesChart(QWidget* parent)
    : QWidget(parent),
      plot_(new ChartPlot(this)),
      panel_(new StatePanel(this)),
      menuButton_(new IconButton(QStringLiteral("ellipsis"), tr("Chart menu"), this)),
      menu_(new QMenu(this)),
      query_(new QLineEdit(this)),
      note_(new TextLabel({}, TextSize::Caption, Role::TextMuted, QFont::Normal, this)) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    plot_->setObjectName(QStringLiteral("chart.plot"));
    menuButton_->setObjectName(QStringLiteral("chart.menu"));
    query_->setObjectName(QStringLiteral("chart.query"));
    note_->setObjectName(QStringLiteral("chart.note"));
    panel_->hide();
    query_->setReadOnly(true);
    query_->setAccessibleName(tr("Query"));
    query_->hide();
    note_->setElideMode(Qt::ElideMiddle);
    note_->hide();
    connect(menu_, &QMenu::aboutToShow, this, &TimeSeriesChart::fillMenu);
    connect(menuButton_, &QAbstractButton::clicked, this,
            [this] { menu_->popup(menuButton_->mapToGlobal(QPoint(0, menuButton_->height() + 2))); });
    connect(panel_, &StatePanel::actionTriggered, this, &TimeSeriesChart::retryRequested);
    connect(plot_, &ChartPlot::rangeChosen, this, &TimeSeriesChart::rangeChosen);
    setSharedCursor(nullptr);
    content_ = tidied({});
    showState();
}

TimeSeriesChart::~TimeSeriesChart() = default;

void TimeSeriesChart::setContent(const ChartContent& content) {
    content_ = tidied(content);
    plot_->setContent(content_);
    query_->setText(content_.query);
    query_->setCursorPosition(0);
    showState();
    refreshTable();
}

void TimeSeriesChart::showState() {
    const ChartState state = content_.state;
    if (state == ChartState::Empty) {
        panel_->showEmpty(content_.message);
    } else if (state == ChartState::Failed) {
        panel_->showFailed(content_.message, content_.cause, tr("Retry"));
    }
    const bool panel = state == ChartState::Empty || state == ChartState::Failed;
    const bool table = tableShown_ && state == ChartState::Ready;
    QWidget* const focused = focusWidget();
    panel_->setVisible(panel);
    plot_->setVisible(!panel && !table);
    if (table_ != nullptr) {
        table_->setVisible(table);
    }
    query_->setVisible(queryShown_ && !content_.query.isEmpty());
    // Whoever was at the picture goes on at what stands in its place.
    if (focused != nullptr && !focused->isVisibleTo(this)) {
        (table ? static_cast<QWidget*>(table_) : panel ? static_cast<QWidget*>(menuButton_) : plot_)->setFocus();
    }
    arrange();
    tell();
}

void TimeSeriesChart::setUtc(bool utc) {
    utc_ = utc;
    plot_->setZone(zoneFor(utc));
    arrange();
    refreshTable();
    tell();
}

void TimeSeriesChart::setGround(Role ground) {
    ground_ = ground;
    plot_->setGround(ground);
}

void TimeSeriesChart::setSharedCursor(ChartCursor* cursor) {
    if (ChartCursor* before = plot_->sharedCursor()) {
        before->disconnect(this);
    }
    plot_->setSharedCursor(cursor);
    connect(plot_->sharedCursor(), &ChartCursor::changed, this, [this] {
        tell();
        update(0, 0, width(), static_cast<int>(legend_->height()) + 1);
    });
}

ChartCursor* TimeSeriesChart::sharedCursor() const {
    return plot_->sharedCursor();
}

QString TimeSeriesChart::summary() const {
    if (content_.state != ChartState::Ready) {
        return content_.cause.isEmpty() ? content_.message
                                        : QStringLiteral("%1 %2").arg(content_.message, content_.cause);
    }
    const QTimeZone zone = zoneFor(utc_);
    const auto clock = [&](qint64 ms) {
        const qint64 range = content_.to - content_.from;
        return range < 600'000 || range > 86'400'000 ? cursorLabel(ms, range, zone, locale())
                                                     : tickLabel(ms, 60'000, zone, locale());
    };
    QStringList sentences;
    for (qsizetype i = 0; i < std::min<qsizetype>(content_.series.size(), kChartSeriesMax); ++i) {
        const ChartSeries& series = content_.series[i];
        const bool own = !series.name.isEmpty() && series.name != content_.title;
        const QString name = own ? tr("%1 of %2", "CPU of orders").arg(content_.title, series.name) : content_.title;
        const auto found = statisticsOf(series, content_.from, content_.to);
        if (!found) {
            sentences << tr("%1: no values between %2 and %3.").arg(name, clock(content_.from), clock(content_.to));
            continue;
        }
        const auto value = [&](double number) { return valueInWords(number, content_.unit, locale()); };
        sentences << tr("%1: now %2, lowest %3, highest %4 between %5 and %6.")
                         .arg(name, value(found->last.value), value(found->lowest), value(found->highest),
                              clock(content_.from), clock(content_.to));
    }
    if (!content_.staleWords.isEmpty()) {
        sentences.prepend(content_.staleWords + QLatin1Char('.'));
    }
    return sentences.join(QLatin1Char(' '));
}

void TimeSeriesChart::tell() {
    const QString name = content_.title.isEmpty() ? tr("Chart") : content_.title;
    const auto time = sharedCursor()->time();
    const bool pointed = time && *time >= content_.from && *time <= content_.to;
    setAccessibleName(name);
    setAccessibleDescription(summary());
    plot_->setAccessibleName(name);
    plot_->setAccessibleDescription(pointed ? legend_->words(time, plot_->slackMs()) : summary());
    menuButton_->setAccessibleName(tr("Chart menu of %1").arg(name));
    menuButton_->setToolTip(tr("Copy, export, show as table"));
    if (table_ != nullptr) {
        table_->setAccessibleName(tr("%1 as a table").arg(name));
        table_->setAccessibleDescription(summary());
    }
}

void TimeSeriesChart::arrange() {
    const bool stale = !content_.staleWords.isEmpty();
    ChartContent head = content_;
    if (content_.state != ChartState::Ready) {
        head.series.clear();
    }
    const int side = scaledPx(this, kMenuSide);
    legend_ = std::make_unique<ChartLegend>(head, chartLook(this, zoneFor(utc_), stale), width(), side + kGap);
    menuButton_->setGeometry(width() - side, 0, side, side);
    int bottom = height();
    const auto takeLine = [&](QWidget* widget) {
        if (widget->isVisibleTo(this)) {
            const int high = widget->sizeHint().height();
            bottom -= high;
            widget->setGeometry(0, bottom, width(), high);
            bottom -= kGap;
        }
    };
    query_->setFont(monoFont(this, TextSize::Caption));
    takeLine(note_);
    takeLine(query_);
    const int top = std::max(static_cast<int>(std::ceil(legend_->height())), side) + kGap;
    const QRect rest(0, top, width(), std::max(0, bottom - top));
    plot_->setGeometry(rest);
    panel_->setGeometry(rest);
    if (table_ != nullptr) {
        table_->setGeometry(rest);
    }
    update();
}

QSize TimeSeriesChart::sizeHint() const {
    return {scaledPx(this, 480), scaledPx(this, 230)};
}

QSize TimeSeriesChart::minimumSizeHint() const {
    return {scaledPx(this, 160), scaledPx(this, 130)};
}

void TimeSeriesChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    legend_->paint(painter, sharedCursor()->time(), plot_->slackMs());
}

void TimeSeriesChart::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void TimeSeriesChart::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (legend_ != nullptr && (event->type() == QEvent::StyleChange || event->type() == QEvent::LocaleChange)) {
        arrange();
        refreshTable();
        tell();
    }
}

void TimeSeriesChart::contextMenuEvent(QContextMenuEvent* event) {
    menu_->popup(event->globalPos());
}

// The whole title and names, where they are shortened.
bool TimeSeriesChart::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        if (help->pos().y() <= legend_->height()) {
            QStringList lines{content_.title};
            for (const ChartSeries& series : content_.series) {
                lines << series.name;
            }
            lines.removeAll(QString());
            for (QString& line : lines) {
                line = line.toHtmlEscaped();
            }
            // Escaped and marked as HTML: otherwise a name with a tag in it would be read as such.
            QToolTip::showText(help->globalPos(), QStringLiteral("<qt>%1</qt>").arg(lines.join(QStringLiteral("<br>"))),
                               this);
            return true;
        }
    }
    return QWidget::event(event);
}

int TimeSeriesChart::pointsGiven(int series) {
    return plot_->painter().scene().pointsGiven(series);
}

int TimeSeriesChart::rebuilds() {
    return plot_->painter().scene().rebuilds();
}

}  // namespace quarterdeck::widgets
