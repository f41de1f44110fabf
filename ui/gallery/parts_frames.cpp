// The drawer and what stands in it, toasts, meters and charts. The words are samples and stay as they are in every
// language.
#include <cmath>

#include "ui/gallery/gallery_parts.h"
#include "ui/gallery/part_samples.h"
#include "widgets/code_view.h"
#include "widgets/details_drawer.h"
#include "widgets/dock.h"
#include "widgets/label.h"
#include "widgets/meter.h"
#include "widgets/progress_bar.h"
#include "widgets/property_list.h"
#include "widgets/state_panel.h"
#include "widgets/time_series_chart.h"
#include "widgets/toast.h"

namespace quarterdeck::ui {

using widgets::Tone;

namespace {

constexpr qint64 kStart = 1'773'457'200'000;  ///< 2026-03-14T03:00:00Z
constexpr qint64 kMinute = 60'000;

QVector<widgets::PropertySection> sampleSections(const QString& name) {
    using widgets::Property;
    const auto row = [](const QString& key, const QString& value, Tone tone, const QString& note) {
        Property property;
        property.key = key;
        property.value = value;
        property.tone = tone;
        property.note = note;
        return property;
    };
    Property memory = row(QStringLiteral("Memory"), QStringLiteral("15 Mi"), Tone::None, QStringLiteral("of 512 Mi"));
    memory.fraction = 0.03;
    memory.mark = 0.5;
    Property node = row(QStringLiteral("Node"), QStringLiteral("mk8s-01"), Tone::None, {});
    node.link = QStringLiteral("nodes/mk8s-01");
    widgets::PropertySection conditions;
    conditions.title = QStringLiteral("Conditions");
    conditions.id = QStringLiteral("conditions");
    conditions.rows = {
        row(QStringLiteral("PodScheduled"), QStringLiteral("mk8s-01"), Tone::Good, QStringLiteral("6m")),
        row(QStringLiteral("Ready"), QStringLiteral("ContainersNotReady"), Tone::Critical, QStringLiteral("90s"))};
    widgets::PropertySection containers;
    containers.title = QStringLiteral("Containers");
    containers.id = QStringLiteral("containers");
    containers.cards = {{name, QStringLiteral("Waiting, 4 restarts"), Tone::Critical, {memory, node}}};
    widgets::PropertySection events;
    events.title = QStringLiteral("Latest events");
    events.id = QStringLiteral("events");
    events.empty = QStringLiteral("Nothing happened in the last hour.");
    return {conditions, containers, events};
}

widgets::PropertyNotice sampleNotice() {
    return {Tone::Critical, QStringLiteral("Exits with code 1 about 20 s after each start"),
            QStringLiteral("KeyError: 'ORDERS_EVENT_EXCHANGE', next try in 70 s"), QStringLiteral("Show the events"),
            QStringLiteral("events")};
}

/// Requests of half an hour with a gap, a rollout and a threshold.
widgets::ChartContent sampleChart() {
    widgets::ChartSeries orders;
    orders.id = QStringLiteral("orders");
    orders.name = QStringLiteral("orders-service");
    widgets::ChartSeries stock;
    stock.id = QStringLiteral("stock");
    stock.name = QStringLiteral("inventory-service");
    for (int minute = 0; minute <= 30; ++minute) {
        const qint64 at = kStart + minute * kMinute;
        if (minute < 10 || minute > 14) {
            orders.points.append({at, 60 + 20 * std::sin(minute / 3.0)});
        }
        stock.points.append({at, 35 + 8 * std::cos(minute / 4.0)});
    }
    widgets::ChartContent content;
    content.title = QStringLiteral("Requests");
    content.unit = {widgets::ChartUnit::Kind::PerSecond, {}};
    content.series = {orders, stock};
    content.thresholds = {{90, QStringLiteral("warning > 90 /s"), Tone::Warning, false}};
    content.marks = {{kStart + 16 * kMinute, QStringLiteral("rollout 13"), widgets::MarkKind::Rollout}};
    content.from = kStart;
    content.to = kStart + 30 * kMinute;
    content.query = QStringLiteral("sum by (service) (rate(http_requests_total[5m]))");
    return content;
}

}  // namespace

void addPropertyViews(PartSamples& samples) {
    const auto view = [&](SampleState state, const QString& name) {
        auto* made = samples.addWide(state, new widgets::PropertyView, 330);
        made->setAccessibleName(QStringLiteral("Overview"));
        made->setContent(sampleNotice(), sampleSections(name));
        return made;
    };
    view(SampleState::Rest, QStringLiteral("orders-service"));
    view(SampleState::LongText, PartSamples::longName());
    view(SampleState::HostileText, PartSamples::hostileName());
}

void addDrawers(PartSamples& samples) {
    const auto drawer = [&](SampleState state, const QString& name) {
        auto* made = samples.addWide(state, new widgets::DetailsDrawer(nullptr), 320);
        made->setTitle(QStringLiteral("box"), name);
        made->setStatus(QStringLiteral("CrashLoopBackOff"), Tone::Critical);
        made->setContextTag(QStringLiteral("bakery-ia-prod"), true);
        auto* overview = new widgets::PropertyView;
        overview->setAccessibleName(QStringLiteral("Overview"));
        overview->setContent(std::nullopt, sampleSections(QStringLiteral("orders-service")));
        made->addTab(QStringLiteral("overview"), QStringLiteral("Overview"), overview);
        made->addTab(QStringLiteral("yaml"), QStringLiteral("YAML"), new widgets::CodeView);
        made->addTab(QStringLiteral("events"), QStringLiteral("Events"), new QWidget);
        return made;
    };
    drawer(SampleState::Rest, QStringLiteral("orders-service-7c9d5f6b88-6bxkq"));
    drawer(SampleState::LongText, PartSamples::longName());
    drawer(SampleState::HostileText, PartSamples::hostileName());
}

void addDocks(PartSamples& samples) {
    const auto dock = [&](SampleState state, bool open, const QString& name) {
        auto* made = samples.addWide(state, new widgets::Dock, open ? 160 : 0);
        auto* jobs = new widgets::StatePanel;
        jobs->showEmpty(QStringLiteral("Nothing is running."));
        made->addPane(QStringLiteral("jobs"), QStringLiteral("Jobs"), QStringLiteral("loader"), jobs);
        auto* logs = new widgets::CodeView;
        logs->setTextName(QStringLiteral("Logs"));
        logs->setText(name);
        made->addPane(QStringLiteral("logs"), QStringLiteral("Logs"), QStringLiteral("scroll-text"), logs);
        made->setBadge(QStringLiteral("jobs"), {QStringLiteral("2"), Tone::None});
        auto* note = new widgets::TextLabel(QStringLiteral("globeco-prod is closed."), widgets::TextSize::Secondary,
                                            widgets::Role::TextMuted);
        note->setElideMode(Qt::ElideRight);
        made->addToStrip(note, 1);
        made->setRoom(400);
        made->setOpenHeight(160);
        made->setCurrent(state == SampleState::Rest ? QStringLiteral("jobs") : QStringLiteral("logs"));
        made->setOpen(open);
    };
    dock(SampleState::Rest, false, {});
    dock(SampleState::Rest, true, {});
    dock(SampleState::HostileText, true, PartSamples::hostileName());
}

void addCodeViews(PartSamples& samples) {
    const auto view = [&](SampleState state) {
        auto* made = samples.addWide(state, new widgets::CodeView, 200);
        made->setTextName(QStringLiteral("YAML"));
        return made;
    };
    view(SampleState::Rest)
        ->setText(QStringLiteral("apiVersion: v1\nkind: Pod\nmetadata:\n  name: orders-service\n  labels:\n"
                                 "    app: orders\nspec:\n  containers:\n    - name: orders-service\n"
                                 "      image: registry.local/orders:2.9.0  # pinned\n      ports:\n"
                                 "        - containerPort: 8000\n"));
    view(SampleState::Loading)->showLoading(QStringLiteral("Waiting for orders-service of bakery-ia-prod …"));
    view(SampleState::Failed)
        ->showFailed(QStringLiteral("The object could not be read"),
                     QStringLiteral("bakery-ia-prod did not answer within 10 s"), QStringLiteral("Retry"));
    view(SampleState::HostileText)->setText(QStringLiteral("name: ") + PartSamples::hostileName());
}

void addToasts(PartSamples& samples) {
    const auto toast = [&](SampleState state, Tone tone, const QString& text, const QString& action) {
        samples.add(state, new widgets::Toast({tone, text, action, [] {}}, std::chrono::hours(24), nullptr));
    };
    toast(SampleState::Rest, Tone::Good, QStringLiteral("globeco-prod is closed."), QStringLiteral("Undo"));
    toast(SampleState::Rest, Tone::Info, QStringLiteral("12 rows copied."), {});
    toast(SampleState::Failed, Tone::Critical, QStringLiteral("bakery-ia-prod does not answer."), {});
    samples.addWide(SampleState::LongText,
                    new widgets::Toast({Tone::Warning, PartSamples::longName(), QStringLiteral("Undo"), [] {}},
                                       std::chrono::hours(24), nullptr));
}

void addMeters(PartSamples& samples) {
    for (const Tone tone : {Tone::None, Tone::Warning, Tone::Critical}) {
        widgets::MeterData data;
        data.fraction = tone == Tone::None ? 0.36 : tone == Tone::Warning ? 0.86 : 0.97;
        data.mark = 0.6;
        data.tone = tone;
        samples.addWide(SampleState::Rest, new widgets::Meter)->setData(data);
    }
    auto* bar = samples.addWide(SampleState::Rest, new widgets::ProgressBar);
    bar->setAccessibleName(QStringLiteral("Restore drill"));
    bar->setShare(0.62);
    auto* unknown = samples.addWide(SampleState::Loading, new widgets::ProgressBar);
    unknown->setAccessibleName(QStringLiteral("Connecting"));
    unknown->setShare(std::nullopt);
}

void addCharts(PartSamples& samples) {
    const auto chart = [&](SampleState state, const widgets::ChartContent& content) {
        auto* made = samples.addWide(state, new widgets::TimeSeriesChart, 200);
        made->setUtc(true);
        made->setContent(content);
    };
    chart(SampleState::Rest, sampleChart());
    widgets::ChartContent stale = sampleChart();
    stale.marks.clear();
    stale.staleWords = QStringLiteral("Stale, 31 min");
    chart(SampleState::Stale, stale);
    widgets::ChartContent loading = sampleChart();
    loading.state = widgets::ChartState::Loading;
    loading.message = QStringLiteral("Waiting for prometheus of bakery-ia-prod");
    chart(SampleState::Loading, loading);
    widgets::ChartContent empty = sampleChart();
    empty.state = widgets::ChartState::Empty;
    empty.message = QStringLiteral("No requests in this time");
    chart(SampleState::Empty, empty);
    widgets::ChartContent failed = sampleChart();
    failed.state = widgets::ChartState::Failed;
    failed.message = QStringLiteral("The query failed");
    failed.cause = QStringLiteral("prometheus answered 503");
    chart(SampleState::Failed, failed);
}

}  // namespace quarterdeck::ui
