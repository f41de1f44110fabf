#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>

namespace {

namespace fs = std::filesystem;

/// Folders of app/, lowest first.
constexpr std::array<std::string_view, 18> kLayers{
    "base",      "settings",   "profiles",  "jobs",    "history",   "http",      "kubeconfig", "kube", "kinds",
    "telemetry", "operations", "databases", "backups", "diagnosis", "incidents", "session",    "demo", "cli"};

int layerOf(std::string_view folder) {
    const auto found = std::find(kLayers.begin(), kLayers.end(), folder);
    return found == kLayers.end() ? -1 : static_cast<int>(found - kLayers.begin());
}

/// First and second folder of "app/kube/object.h".
std::pair<std::string, std::string> folders(const std::string& path) {
    const std::size_t first = path.find('/');
    if (first == std::string::npos) {
        return {};
    }
    const std::size_t second = path.find('/', first + 1);
    return {path.substr(0, first),
            second == std::string::npos ? std::string() : path.substr(first + 1, second - first - 1)};
}

bool isWindowHeader(const std::string& name) {
    static const QRegularExpression pattern(QStringLiteral(
        "^(QtWidgets|QtGui|QtCharts|QWidget|QApplication|QGuiApplication|QMainWindow|QDialog|QPainter|QColor|QIcon|"
        "QPixmap|QImage|QFont|QPalette|QAction|QMenu|QLabel|QTableView|QStyle|QClipboard|QScreen|QWindow)(/.*)?$"));
    return pattern.match(QString::fromStdString(name)).hasMatch();
}

std::string breachOf(const std::string& file, const std::string& included) {
    const auto [top, folder] = folders(file);
    const auto [otherTop, otherFolder] = folders(included);
    if (otherTop == "tests") {
        return "the product includes a test: " + included;
    }
    if (top == "app") {
        if (isWindowHeader(included)) {
            return "app knows no window, but includes " + included;
        }
        if (otherTop == "ui" || otherTop == "widgets") {
            return "app includes " + included;
        }
        if (otherTop == "app") {
            const int own = layerOf(folder);
            const int other = layerOf(otherFolder);
            if (own < 0 || other < 0) {
                return "a folder of app that has no place in the list of layers: " + (own < 0 ? folder : otherFolder);
            }
            if (other > own) {
                return "app/" + folder + " includes " + included + ", which lies above it";
            }
        }
    }
    if (top == "widgets" && (otherTop == "app" || otherTop == "ui")) {
        return "widgets includes " + included;
    }
    return {};
}

/// Breaches of the include rule below a source root, as "file:line: what is wrong". The rule: ui → app, ui → widgets;
/// app and widgets know neither each other nor ui; inside app a folder includes itself and those before it in the list
/// of layers; app knows no QtGui and no QtWidgets; the product knows no test.
std::vector<std::string> includeBreaches(const fs::path& root) {
    static const QRegularExpression pattern(QStringLiteral("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]"));
    std::vector<std::string> breaches;
    for (const char* top : {"app", "ui", "widgets"}) {
        if (!fs::exists(root / top)) {
            continue;
        }
        for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
            const std::string extension = entry.path().extension().string();
            if (!entry.is_regular_file() || (extension != ".h" && extension != ".cpp")) {
                continue;
            }
            const std::string file = fs::relative(entry.path(), root).generic_string();
            std::ifstream stream(entry.path());
            std::string line;
            for (int number = 1; std::getline(stream, line); ++number) {
                if (line.find('#') == std::string::npos) {
                    continue;
                }
                const QRegularExpressionMatch match = pattern.match(QString::fromStdString(line));
                if (match.hasMatch()) {
                    const std::string breach = breachOf(file, match.captured(1).toStdString());
                    if (!breach.empty()) {
                        breaches.push_back(file + ":" + std::to_string(number) + ": " + breach);
                    }
                }
            }
        }
    }
    std::sort(breaches.begin(), breaches.end());
    return breaches;
}

}  // namespace

class TestIncludeRules : public QObject {
    Q_OBJECT

private slots:
    void theProductKeepsTheIncludeRule() {
        const auto breaches = includeBreaches(QUARTERDECK_SOURCE_DIR);
        for (const std::string& breach : breaches) {
            qWarning("%s", breach.c_str());
        }
        QVERIFY(breaches.empty());
    }

    void theTopLevelHoldsOnlyWhatTheFloorPlanNames() {
        static const std::set<std::string> allowed{
            "CMakeLists.txt", "app",       "ui",      "widgets",           "resources", "tests",
            "packaging",      "README.md", "LICENSE", "CMakePresets.json", "build"};
        for (const auto& entry : std::filesystem::directory_iterator(QUARTERDECK_SOURCE_DIR)) {
            const std::string name = entry.path().filename().string();
            QVERIFY2(name.starts_with('.') || allowed.contains(name), name.c_str());
        }
    }

    void everyKindOfBreachIsFound_data() {
        QTest::addColumn<QString>("expected");
        QTest::newRow("app knows widgets") << "app/base/knows_widgets.h:3: app includes widgets/pill.h";
        QTest::newRow("app knows a window") << "app/base/knows_widgets.h:4: app knows no window, but includes QWidget";
        QTest::newRow("upwards inside app")
            << "app/base/knows_widgets.h:5: app/base includes app/kube/object.h, which lies above it";
        QTest::newRow("unknown folder")
            << "app/attic/old.h:3: a folder of app that has no place in the list of layers: attic";
        QTest::newRow("widgets know app") << "widgets/knows_app.h:3: widgets includes app/base/error.h";
        QTest::newRow("product knows tests") << "ui/knows_tests.h:3: the product includes a test: tests/fakes/fake.h";
    }
    void everyKindOfBreachIsFound() {
        QFETCH(QString, expected);
        const auto breaches = includeBreaches(QUARTERDECK_FIXTURES "/include_breach");
        QVERIFY2(std::find(breaches.begin(), breaches.end(), expected.toStdString()) != breaches.end(),
                 qPrintable(expected));
        QCOMPARE(breaches.size(), std::size_t{6});
    }
};

QTEST_GUILESS_MAIN(TestIncludeRules)
#include "test_include_rules.moc"
