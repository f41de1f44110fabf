// The console on the large testbed, as a process of its own: from its start to the complete table of all pods, against
// what must be paid by anybody (curl fetches the same list as gzip protobuf, a bare Qt window starts), in turns; beside
// it kubectl. Then its memory ten seconds after, and its processor time while nothing changes.
// Usage: cold_start_benchmark QUARTERDECK BARE_WINDOW [--json FILE], in the environment of tests/cluster/up large.
// Fails above the limits of ratio, memory and idle time; seconds are only printed. CI=true: the short form.

#include <fstream>
#include <iomanip>

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QThread>

#include <nlohmann/json.hpp>

#include "tests/benchmarks/process_facts.h"
#include "tests/benchmarks/timed_process.h"

using namespace quarterdeck::benchmarks;

namespace {

constexpr double kRatioLimit = 1.3;
constexpr double kBriefRatioLimit = 1.8;  // three starts say little: only a gross fault fails
constexpr double kStartGoalMs = 800;
constexpr long kMemoryLimitKiB = 110L * 1024;
constexpr double kIdleLimit = 0.01;

struct Length {
    int rounds;
    int kubectlRounds;
    int idleSeconds;
};

/// What the programs are told about the testbed.
class Commands {
public:
    Commands(QString console, QString bare) : console_(std::move(console)), bare_(std::move(bare)) {}

    [[nodiscard]] TimedProcess console() const {
        return {console_,
                {QStringLiteral("--kubeconfig"), variable("KUBECONFIG"), QStringLiteral("--context"),
                 QStringLiteral("admin"), QStringLiteral("--location"), QStringLiteral("quarterdeck://pods"),
                 QStringLiteral("--state-dir"), folder_.filePath(QStringLiteral("state")),
                 QStringLiteral("--report-complete")}};
    }
    [[nodiscard]] TimedProcess bare() const { return {bare_, {}}; }
    [[nodiscard]] TimedProcess curl() const {
        const QString pki = qEnvironmentVariable("QUARTERDECK_TESTBED") + QStringLiteral("/pki/");
        return {QStringLiteral("curl"),
                {QStringLiteral("-sS"), QStringLiteral("--fail"), QStringLiteral("--compressed"), QStringLiteral("-H"),
                 QStringLiteral("Accept: application/vnd.kubernetes.protobuf"), QStringLiteral("--cacert"),
                 pki + QStringLiteral("ca.crt"), QStringLiteral("--cert"), pki + QStringLiteral("admin.crt"),
                 QStringLiteral("--key"), pki + QStringLiteral("admin.key"), QStringLiteral("-o"),
                 QStringLiteral("/dev/null"), QStringLiteral("-w"), QStringLiteral("%{size_download}"),
                 variable("SERVER") + QStringLiteral("/api/v1/pods?resourceVersion=0")}};
    }
    [[nodiscard]] TimedProcess kubectl(const QStringList& arguments, bool keepsOutput) const {
        return {variable("KUBECTL"),
                QStringList{QStringLiteral("--kubeconfig"), variable("KUBECONFIG"), QStringLiteral("--context"),
                            QStringLiteral("admin"), QStringLiteral("--cache-dir"),
                            folder_.filePath(QStringLiteral("kubectl"))} +
                    arguments,
                keepsOutput};
    }
    /// Pods of the cluster, without fetching them all.
    [[nodiscard]] int pods() const {
        TimedProcess process =
            kubectl({QStringLiteral("get"), QStringLiteral("--raw"), QStringLiteral("/api/v1/pods?limit=1")}, true);
        process.untilEnd();
        const auto list = nlohmann::json::parse(process.output().toStdString());
        return list["metadata"].value("remainingItemCount", 0) + static_cast<int>(list["items"].size());
    }

private:
    static QString variable(const char* name) {
        return qEnvironmentVariable((std::string("QUARTERDECK_TESTBED_") + name).c_str());
    }

    QString console_;
    QString bare_;
    QTemporaryDir folder_;
};

void row(const char* what, double value, const char* unit, const std::string& remark) {
    std::cout << "  " << std::left << std::setw(42) << what << std::right << std::fixed << std::setprecision(2)
              << std::setw(10) << value << ' ' << unit << remark << '\n';
}

std::string limit(const char* text, bool met) {
    return std::string("  (") + text + (met ? ")" : ")  MISSED");
}

}  // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    if (argc < 3 || !qEnvironmentVariableIsSet("QUARTERDECK_TESTBED_KUBECONFIG")) {
        std::cerr << "usage: cold_start_benchmark QUARTERDECK BARE_WINDOW [--json FILE], in the environment of "
                     "tests/cluster/up large\n";
        return 2;
    }
    const bool brief = qgetenv("CI") == "true";
    const Length length = brief ? Length{3, 1, 10} : Length{9, 3, 60};
    const Commands commands(QString::fromLocal8Bit(argv[1]), QString::fromLocal8Bit(argv[2]));

    const int pods = commands.pods();
    std::vector<double> consoleTimes;
    std::vector<double> consoleWork;
    std::vector<double> bareTimes;
    std::vector<double> curlTimes;
    std::vector<double> ratios;
    std::vector<double> kubectlTimes;
    for (int round = -1; round < length.rounds; ++round) {  // the first warms up files and caches
        TimedProcess console = commands.console();
        const double ours = console.untilFirstLine();
        const double work = processorSeconds(console.id()) * 1e3;
        console.end();
        if (console.firstLine() != "complete pods " + QByteArray::number(pods)) {
            std::cerr << "the table of " << pods << " pods said: " << console.firstLine().toStdString() << '\n';
            return 2;
        }
        TimedProcess bare = commands.bare();
        const double window = bare.untilFirstLine();
        bare.end();
        const double list = commands.curl().untilEnd();
        if (round < 0) {
            continue;
        }
        consoleTimes.push_back(ours);
        consoleWork.push_back(work);
        bareTimes.push_back(window);
        curlTimes.push_back(list);
        ratios.push_back(ours / (window + list));
        if (round < length.kubectlRounds) {
            kubectlTimes.push_back(
                commands.kubectl({QStringLiteral("get"), QStringLiteral("pods"), QStringLiteral("-A")}, false)
                    .untilEnd());
        }
    }

    TimedProcess console = commands.console();
    console.untilFirstLine();
    QThread::sleep(10);
    const long rss = memoryKiB("VmRSS", console.id());
    const double before = processorSeconds(console.id());
    QThread::sleep(static_cast<unsigned long>(length.idleSeconds));
    const double idle = (processorSeconds(console.id()) - before) / length.idleSeconds;
    const long peak = memoryKiB("VmHWM", console.id());
    console.end();

    const double ratio = median(ratios);
    const bool ratioMet = ratio <= kRatioLimit;
    const bool ratioPasses = ratio <= (brief ? kBriefRatioLimit : kRatioLimit);
    const bool memoryMet = rss <= kMemoryLimitKiB;
    const bool idleMet = idle < kIdleLimit;
    std::cout << pods << " pods of the large testbed, median of " << length.rounds << " starts in turns (kubectl "
              << length.kubectlRounds << ")\n";
    row("console, start to the complete table", median(consoleTimes), "ms",
        limit("goal 800 ms", median(consoleTimes) <= kStartGoalMs));
    row("  its processor time until then", median(consoleWork), "ms", "");
    row("curl, the same list as gzip protobuf", median(curlTimes), "ms", "");
    row("bare Qt window, start to its first frame", median(bareTimes), "ms", "");
    row("console / (curl + bare window)", ratio, "", limit("limit 1.3", ratioMet));
    row("kubectl get pods -A", median(kubectlTimes), "ms", "");
    row("VmRSS 10 s after", static_cast<double>(rss) / 1024, "MiB", limit("limit 110 MiB", memoryMet));
    row("VmHWM", static_cast<double>(peak) / 1024, "MiB", "");
    row("processor while nothing changes", idle * 100, "%", limit("limit 1 % of a core", idleMet));
    if (argc > 4) {
        std::ofstream(argv[4]) << nlohmann::json{{"pods", pods},
                                                 {"console_ms", consoleTimes},
                                                 {"console_processor_ms", consoleWork},
                                                 {"curl_ms", curlTimes},
                                                 {"bare_ms", bareTimes},
                                                 {"kubectl_ms", kubectlTimes},
                                                 {"ratio", ratio},
                                                 {"ratio_limit", kRatioLimit},
                                                 {"rss_kib", rss},
                                                 {"rss_limit_kib", kMemoryLimitKiB},
                                                 {"hwm_kib", peak},
                                                 {"idle_seconds", length.idleSeconds},
                                                 {"idle_share", idle},
                                                 {"idle_limit", kIdleLimit}}
                                      .dump(2)
                               << '\n';
    }
    return ratioPasses && memoryMet && idleMet ? 0 : 1;
}
