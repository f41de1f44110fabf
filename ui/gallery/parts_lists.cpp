// Cards, tables and what stands in their place. The words are samples and stay as they are in every language.
#include <cmath>
#include <limits>

#include <QStandardItemModel>
#include <QVBoxLayout>

#include "ui/gallery/gallery_parts.h"
#include "ui/gallery/part_samples.h"
#include "widgets/card.h"
#include "widgets/filter_line.h"
#include "widgets/filter_line_popup.h"
#include "widgets/heat_row.h"
#include "widgets/label.h"
#include "widgets/navigation_rail.h"
#include "widgets/pill.h"
#include "widgets/sparkline.h"
#include "widgets/state_panel.h"
#include "widgets/table_roles.h"
#include "widgets/table_view.h"

namespace quarterdeck::ui {

using widgets::Role;
using widgets::Tone;

namespace {

/// CPU over time with request and limit, and a gap in one of them.
widgets::Sparkline sampleCourse(int number) {
    widgets::Sparkline course;
    for (int minute = 0; minute < 24; ++minute) {
        const bool gap = number == 3 && minute > 8 && minute < 13;
        course.values.append(gap ? std::numeric_limits<float>::quiet_NaN()
                                 : static_cast<float>(0.4 + 0.3 * std::sin(minute / (2.0 + number))));
    }
    course.request = 0.5F;
    if (number < 3) {
        course.limit = 0.9F;
    }
    return course;
}

QAbstractItemModel* sampleRows(const std::vector<std::pair<QString, Tone>>& rows, QObject* parent) {
    auto* model = new QStandardItemModel(0, 5, parent);
    model->setHorizontalHeaderLabels({QStringLiteral("Name"), QStringLiteral("Status"), QStringLiteral("Restarts"),
                                      QStringLiteral("CPU"), QStringLiteral("Memory")});
    int number = 0;
    for (const auto& [word, tone] : rows) {
        const QString uid = QStringLiteral("uid-%1").arg(++number);
        QList<QStandardItem*> cells{new QStandardItem(QStringLiteral("web-7c9f-%1").arg(number)),
                                    new QStandardItem(word), new QStandardItem(QString::number(number * 7)),
                                    new QStandardItem(QStringLiteral("%1 m").arg(number * 40)),
                                    new QStandardItem(QStringLiteral("%1 %").arg(number * 16))};
        cells[1]->setData(QVariant::fromValue(tone), widgets::ToneRole);
        cells[2]->setData(int(Qt::AlignRight | Qt::AlignVCenter), Qt::TextAlignmentRole);
        cells[3]->setData(QVariant::fromValue(sampleCourse(number)), widgets::SparklineRole);
        const Tone fill = number == 6 ? Tone::Critical : number == 5 ? Tone::Warning : Tone::None;
        cells[4]->setData(QVariant::fromValue(widgets::Bar{number * 0.16, 0.6, fill}), widgets::BarRole);
        for (QStandardItem* cell : cells) {
            cell->setData(uid, widgets::UidRole);
            cell->setEditable(false);
        }
        model->appendRow(cells);
    }
    return model;
}

widgets::TableView* sampleTable(const std::vector<std::pair<QString, Tone>>& rows) {
    auto* table = new widgets::TableView;
    table->setAccessibleName(QStringLiteral("Pods"));
    table->setModel(sampleRows(rows, table));
    table->setColumnSpecs(
        {{120, 200, 1, widgets::ColumnSpec::Elide::Middle}, {96, 140, 0}, {64, 80, 0}, {110, 120, 0}, {110, 120, 0}});
    table->setSortIndicator(1, Qt::DescendingOrder);
    return table;
}

}  // namespace

void addKeyValueRows(PartSamples& samples) {
    const auto row = [&](SampleState state, const QString& value, Tone tone) {
        auto* made = samples.addWide(state, new widgets::KeyValueRow(QStringLiteral("Nodes"), value));
        made->setIconName(QStringLiteral("server"));
        made->setTone(tone);
        return made;
    };
    row(SampleState::Rest, QStringLiteral("5 of 5 ready"), Tone::Good);
    row(SampleState::Rest, QStringLiteral("4 of 5 ready"), Tone::Warning)->setLineAbove(true);
    row(SampleState::Failed, QStringLiteral("not reachable"), Tone::Critical);
    row(SampleState::Stale, QStringLiteral("5 of 5 ready"), Tone::Good)->setMuted(true);
    row(SampleState::LongText, PartSamples::longName(), Tone::Warning);
    row(SampleState::HostileText, PartSamples::hostileName(), Tone::Unknown);
}

void addCards(PartSamples& samples) {
    for (const bool production : {false, true}) {
        auto* card = new widgets::Card;
        auto* column = new QVBoxLayout(card);
        column->setContentsMargins(12, 12, 12, 12);
        column->addWidget(
            new widgets::TextLabel(production ? QStringLiteral("bakery-ia-prod") : QStringLiteral("ai-imutis-staging"),
                                   widgets::TextSize::DrawerTitle, Role::Text, QFont::DemiBold));
        column->addWidget(new widgets::KeyValueRow(QStringLiteral("Pods"), QStringLiteral("54 of 56 ready")));
        column->addWidget(new widgets::HairLine(Qt::Horizontal));
        column->addWidget(new widgets::Pill(QStringLiteral("Connected"), Tone::Good));
        if (production) {
            card->setTopLine(Role::Production);
        }
        samples.addWide(SampleState::Rest, card);
    }
}

void addHeatRows(PartSamples& samples) {
    QVector<widgets::HeatCell> cells;
    for (int i = 0; i < 30; ++i) {
        const Tone tone = i == 0   ? Tone::Critical
                          : i < 3  ? Tone::Warning
                          : i == 3 ? Tone::Progress
                          : i == 4 ? Tone::Unknown
                          : i == 5 ? Tone::Muted
                                   : Tone::Good;
        cells.append({QStringLiteral("pod-%1").arg(i), QStringLiteral("pod %1").arg(i), tone});
    }
    for (const SampleState state : {SampleState::Rest, SampleState::Focus}) {
        auto* row = samples.addWide(state, new widgets::HeatRow(QStringLiteral("Services")));
        row->setCells(cells);
        row->setSummary(QStringLiteral("30 pods, 1 critical, 2 with warnings"));
    }
    auto* small = samples.addWide(SampleState::Rest, new widgets::HeatRow(QStringLiteral("Jobs")));
    small->setSmall(true);
    small->setCells(cells);
    auto* longRow = samples.addWide(SampleState::LongText, new widgets::HeatRow(PartSamples::longName()));
    longRow->setCells(cells.mid(0, 6));
}

void addStatePanels(PartSamples& samples) {
    const auto panel = [&](SampleState state) { return samples.addWide(state, new widgets::StatePanel, 200); };
    panel(SampleState::Loading)->showLoading({180, 120, 80}, QStringLiteral("Waiting for the pods of bakery-ia-prod"));
    panel(SampleState::Empty)->showEmpty(QStringLiteral("No pods match the filter."), QStringLiteral("Clear filter"));
    panel(SampleState::Forbidden)
        ->showForbidden(QStringLiteral("Needs list pods in bakery-ia"),
                        QStringLiteral("You are signed in as reader@example.org."), QStringLiteral("Copy request"),
                        QStringLiteral("Copied"), QStringLiteral("Please allow list pods in bakery-ia."));
    panel(SampleState::Failed)
        ->showFailed(QStringLiteral("The pods could not be loaded"),
                     QStringLiteral("bakery-ia-prod does not answer on 10.0.0.1:6443."), QStringLiteral("Retry"),
                     QStringLiteral("Details"), QStringLiteral("connect: connection refused"));
    samples.addWide(SampleState::Rest, new widgets::StatePanel, 260)
        ->showWelcome(QStringLiteral("Welcome aboard"), QStringLiteral("No kubeconfig was found."),
                      QStringLiteral("Open a file …"), QStringLiteral("Try the demo"));
    samples.addWide(SampleState::LongText, new widgets::StatePanel, 260)
        ->showFailed(QStringLiteral("The pods of a cluster with a long name could not be loaded"),
                     PartSamples::longName(), QStringLiteral("Retry"));
    samples.addWide(SampleState::HostileText, new widgets::StatePanel, 260)
        ->showFailed(PartSamples::hostileName(), PartSamples::hostileName(), QStringLiteral("Retry"));
}

void addFilterLines(PartSamples& samples) {
    const auto line = [&](SampleState state, const QString& text) {
        auto* made = new widgets::FilterLine;
        made->setAccessibleName(QStringLiteral("Filter"));
        made->setPlaceholderText(QStringLiteral("Filter: text, label=value, !inverse"));
        made->setText(text);
        return samples.addWide(state, made);
    };
    line(SampleState::Empty, {});
    line(SampleState::Rest, QStringLiteral("app=web is:unhealthy"));
    line(SampleState::Focus, QStringLiteral("app=web"));
    line(SampleState::Disabled, QStringLiteral("app=web"));
    line(SampleState::Failed, QStringLiteral("is:sideways"))
        ->setError(QStringLiteral("“sideways” is no state. Try is:unhealthy."));
    line(SampleState::LongText, PartSamples::longName());
}

void addCompletions(PartSamples& samples) {
    const auto list = [&](SampleState state, const QString& value) {
        auto* made = samples.addWide(state, new widgets::CompletionPopup(nullptr));
        made->exhibit({{QStringLiteral("is:unhealthy"), QStringLiteral("what needs a look"), false},
                       {QStringLiteral("ns:"), QStringLiteral("a namespace"), true},
                       {value, QStringLiteral("label of 12 rows"), false}});
        return made;
    };
    list(SampleState::Rest, QStringLiteral("app=orders"));
    list(SampleState::Checked, QStringLiteral("app=orders"))->step(1);
    list(SampleState::LongText, PartSamples::longName());
    list(SampleState::HostileText, PartSamples::hostileName());
}

void addTables(PartSamples& samples) {
    const std::vector<std::pair<QString, Tone>> tones{
        {QStringLiteral("Crash loop"), Tone::Critical}, {QStringLiteral("Not ready"), Tone::Warning},
        {QStringLiteral("Unknown"), Tone::Unknown},     {QStringLiteral("Starting"), Tone::Progress},
        {QStringLiteral("Running"), Tone::Good},        {QStringLiteral("Finished"), Tone::Muted}};
    samples.addWide(SampleState::Rest, sampleTable(tones), 200);
    auto* focused = samples.addWide(SampleState::Focus, sampleTable(tones), 200);
    focused->setSelectedUids({QStringLiteral("uid-2")});
    samples.addWide(SampleState::Stale, sampleTable(tones), 200)->setStale(true);
    samples.addWide(SampleState::LongText, sampleTable({{PartSamples::longName(), Tone::Warning}}), 64);
}

void addRails(PartSamples& samples) {
    const QVector<widgets::RailItem> items{
        {QStringLiteral("fleet"), QStringLiteral("Fleet"), QStringLiteral("layers"), {}, false},
        {QStringLiteral("workloads"), QStringLiteral("Workloads"), QStringLiteral("boxes"), {}, false},
        {QStringLiteral("pods"), QStringLiteral("Pods"), {}, QStringLiteral("workloads"), false},
        {QStringLiteral("alerts"), QStringLiteral("Alerts"), QStringLiteral("bell"), {}, false},
        {QStringLiteral("settings"), QStringLiteral("Settings"), QStringLiteral("settings"), {}, true}};
    const auto rail = [&](SampleState state) {
        auto* made = samples.add(state, new widgets::NavigationRail);
        made->setItems(items);
        made->setCurrent(QStringLiteral("pods"));
        made->setBadge(QStringLiteral("fleet"), {QStringLiteral("1"), Tone::Warning});
        const widgets::BadgeData down{QStringLiteral("2"), Tone::Critical, QStringLiteral("2 need attention")};
        made->setBadge(QStringLiteral("workloads"), down);
        made->setBadge(QStringLiteral("pods"), down);
        made->setBadge(QStringLiteral("alerts"), {QStringLiteral("3"), Tone::Critical});
        made->setMinimumHeight(300);
        return made;
    };
    rail(SampleState::Rest);
    rail(SampleState::Rest)->setCollapsed(true);
    rail(SampleState::Focus);
}

}  // namespace quarterdeck::ui
