// What `qdeck pods` prints and what the real window shows are the same rows.
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <set>
#include <sstream>

#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "tests/gui/demo_console.h"
#include "widgets/style.h"

using namespace quarterdeck;
using gui_tests::Console;
using nlohmann::json;

namespace {

constexpr int kPatience = 60'000;
using Row = std::map<std::string, std::string>;

const std::map<std::string, const char*>& columns() {
    static const std::map<std::string, const char*> all{{"context", "Context"},    {"namespace", "Namespace"},
                                                        {"name", "Pod"},           {"ready", "Ready"},
                                                        {"plainStatus", "Status"}, {"age", "Age"},
                                                        {"node", "Node"}};
    return all;
}

std::set<Row> shown(const Console& console) {
    std::set<Row> rows;
    for (int row = 0; row < console.table()->model()->rowCount(); ++row) {
        Row cells;
        for (const auto& [key, title] : columns()) {
            cells[key] = console.cell(row, console.columnOf(title)).toStdString();
        }
        rows.insert(std::move(cells));
    }
    return rows;
}

std::set<Row> printed(const std::string& file) {
    std::vector<std::string> words{"pods", "-A", "--format", "json", "--kubeconfig", file};
    for (const std::string& context : gui_tests::kContexts) {
        words.insert(words.end(), {"--context", context});
    }
    std::ostringstream out;
    std::ostringstream err;
    if (cli::run(words, out, err) != cli::kSuccess) {
        QTest::qFail(err.str().c_str(), __FILE__, __LINE__);
        return {};
    }
    std::set<Row> rows;
    for (const json& one : json::parse(out.str())) {
        Row cells;
        for (const auto& [key, title] : columns()) {
            cells[key] = one.at(key).get<std::string>();
        }
        rows.insert(std::move(cells));
    }
    return rows;
}

}  // namespace

class TestQdeckRows : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void podsArePrintedAsTheWindowShowsThem() {
        QTemporaryDir folder;
        const Console console("pods", true, "crash-loop");
        const std::string file = folder.filePath(QStringLiteral("config")).toStdString();
        std::ofstream(file) << console.demo->kubeconfigYaml();
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kPatience);
        // Pods of the incident and ages move on: taken again until both fell into the same moment.
        std::set<Row> windows;
        std::set<Row> programs;
        const auto agree = [&] {
            programs = printed(file);
            QCoreApplication::processEvents();
            windows = shown(console);
            return programs == windows;
        };
        QElapsedTimer patience;
        patience.start();
        while (!agree() && patience.elapsed() < kPatience) {
            QCoreApplication::processEvents(QEventLoop::AllEvents, 200);
        }
        for (const Row& row : programs) {
            QVERIFY2(windows.contains(row), json(row).dump().c_str());
        }
        QCOMPARE(windows.size(), programs.size());
        QVERIFY(programs.size() > 60);
    }
};

QTEST_MAIN(TestQdeckRows)
#include "test_qdeck_rows.moc"
