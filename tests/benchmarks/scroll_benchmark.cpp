// The Pods page with 10,000 pods while 200 of them change in a second and somebody scrolls by wheel and keys: what the
// interface thread works for one frame (processor time, so that a busy machine does not count) — the scrolling, the
// batch if one came, painting. Against it one still frame, painted whole. Usage: scroll_benchmark [--json FILE].
// Milliseconds are goals and only printed; it ends with 1 where the 99th percentile is more than eight still frames.

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iostream>
#include <vector>

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <nlohmann/json.hpp>

#include "app/kinds/pod.h"
#include "app/session/session_hub.h"
#include "tests/benchmarks/scrolling.h"
#include "tests/benchmarks/synthetic_pods.h"
#include "tests/gui/fake_access.h"
#include "ui/actions/action_registry.h"
#include "ui/pages/table/table_page.h"
#include "ui/pages/view_scope.h"
#include "ui/tables/table_specs.h"
#include "ui/view_memory.h"
#include "widgets/style.h"
#include "widgets/table_view.h"

using namespace quarterdeck;

namespace {

constexpr std::size_t kPods = 10'000;
constexpr std::size_t kChangesPerSecond = 200;
constexpr int kBatchMs = 100;
constexpr int kSeconds = 5;
constexpr double kGoalMs = 16;
constexpr double kRatio = 8;

kube::Freshness live() {
    kube::Freshness freshness;
    freshness.state = kube::FreshnessState::Live;
    return freshness;
}

std::vector<kube::ObjectPtr> decode(std::string json, StringPool& pool) {
    kube::DecodeContext context{pool};
    auto list = kinds::podKind().decodeList(json, context);
    return list ? std::move(list->items) : std::vector<kube::ObjectPtr>();
}

/// Changes of one second in batches, decoded beforehand; each touches pods all over the table.
std::vector<std::vector<kube::ObjectPtr>> makeBatches(StringPool& pool) {
    constexpr std::size_t kPerBatch = kChangesPerSecond * kBatchMs / 1000;
    std::vector<std::vector<kube::ObjectPtr>> batches;
    for (std::size_t batch = 0; batch < std::size_t{kSeconds} * 1000 / kBatchMs; ++batch) {
        std::string list = R"({"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"9"},"items":[)";
        for (std::size_t i = 0; i < kPerBatch; ++i) {
            const std::size_t index = (batch * kPerBatch + i) * 37 % kPods;
            list += i == 0 ? "" : ",";
            list += benchmarks::syntheticPodJson(index, 1, batch + 2);
        }
        list += "]}";
        batches.push_back(decode(std::move(list), pool));
    }
    return batches;
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    widgets::applyTheme(application, widgets::Theme::suiting(true, false));
    StringPool pool;
    const std::vector<kube::ObjectPtr> pods = decode(benchmarks::syntheticPodListJson(kPods, 1), pool);
    if (pods.size() != kPods) {
        std::cerr << "the synthetic pods cannot be decoded\n";
        return 2;
    }
    const auto batches = makeBatches(pool);

    const QTemporaryDir folder;
    const std::string file = folder.filePath(QStringLiteral("config")).toStdString();
    std::ofstream(file) << "apiVersion: v1\nkind: Config\n";
    session::SessionHub::Options options;
    options.kubeconfigPath = file;
    options.clock = std::make_shared<SystemClock>();
    session::SessionHub hub(std::move(options));
    tests::FakeAccess access;
    access.now = Instant(std::chrono::seconds(1'773'457'960));
    ui::ViewMemory memory;
    ui::ActionRegistry actions(ui::windowActions());
    ui::ViewScope scope(access);
    ui::TablePage page(ui::podTable(), ui::PageServices{hub, access, scope, actions, memory});
    page.resize(1440, 900);
    access.openContext("large");
    page.show();
    kube::ObjectStore& store = access.feed("large", kinds::podKind());
    store.replaceAll(pods, live());
    QElapsedTimer patience;
    patience.start();
    while (page.rows() != static_cast<int>(kPods) && patience.elapsed() < 30'000) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    }
    if (page.rows() != static_cast<int>(kPods)) {
        std::cerr << "the page shows " << page.rows() << " rows\n";
        return 2;
    }
    auto* view = page.findChild<widgets::TableView*>();
    QWidget* viewport = view->viewport();
    view->setFocus();

    // One still frame, painted whole; the best of several.
    double still = 1e9;
    for (int i = 0; i < 20; ++i) {
        viewport->update();
        const double begin = benchmarks::threadMs();
        QCoreApplication::processEvents();
        still = std::min(still, benchmarks::threadMs() - begin);
    }

    std::size_t next = 0;
    const auto [frames, scrolled] = benchmarks::scrollFor(*view, kSeconds, [&](qint64 elapsed) {
        if (next < batches.size() && elapsed >= static_cast<qint64>(next) * kBatchMs) {
            for (const kube::ObjectPtr& pod : batches[next]) {
                store.upsert(pod, live());
            }
            ++next;
        }
    });
    if (scrolled < static_cast<int>(frames.size()) / 2 || next < batches.size() / 2) {
        std::cerr << "only " << scrolled << " of " << frames.size() << " frames scrolled, " << next << " batches\n";
        return 2;
    }
    const double p50 = benchmarks::percentile(frames, 0.5);
    const double p99 = benchmarks::percentile(frames, 0.99);
    const double most = benchmarks::percentile(frames, 1);
    const double ratio = p99 / still;
    std::cout << "  " << frames.size() << " frames over " << kPods << " pods, " << next * batches.front().size()
              << " changes\n  frame p50 " << p50 << " ms, p99 " << p99 << " ms (goal " << kGoalMs << "), longest "
              << most << " ms\n  a still frame " << still << " ms, p99 is " << ratio << " times that (limit " << kRatio
              << ")\n";
    if (argc == 3 && std::strcmp(argv[1], "--json") == 0) {
        std::ofstream(argv[2]) << nlohmann::json{{"pods", kPods},        {"frames", frames.size()},
                                                 {"p50_ms", p50},        {"p99_ms", p99},
                                                 {"longest_ms", most},   {"still_ms", still},
                                                 {"goal_ms", kGoalMs},   {"ratio", ratio},
                                                 {"ratio_limit", kRatio}}
                                      .dump(2)
                               << '\n';
    }
    return ratio <= kRatio ? 0 : 1;
}
