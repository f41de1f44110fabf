#pragma once

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/kinds/pod.h"
#include "app/kinds/registry.h"
#include "app/kube/kube_client.h"
#include "app/kube/list_call.h"
#include "app/session/cluster_session.h"
#include "app/session/session_hub.h"
#include "tests/fakes/fault_proxy.h"
#include "tests/faults/upstream.h"

namespace quarterdeck::faults_tests {

namespace faults = fakes::faults;
namespace answers = fakes::answers;
using fakes::FaultTarget;
using kube::FreshnessState;
using namespace std::chrono_literals;
using States = std::vector<FreshnessState>;

inline constexpr int kPatience = 60'000;
inline constexpr const char* kPods = "/api/v1/pods";
inline constexpr const char* kContext = "faulty";

inline std::string stateName(FreshnessState state) {
    constexpr const char* kNames[] = {"Loading", "Live", "Empty", "Forbidden", "Stale", "Failed"};
    return kNames[static_cast<int>(state)];
}

/// A first failure may be there before a view has looked.
inline States withoutLoading(States states) {
    std::erase(states, FreshnessState::Loading);
    return states;
}

inline QString namesOf(const States& states) {
    QStringList names;
    for (const FreshnessState state : states) {
        names.append(QString::fromStdString(stateName(state)));
    }
    return names.join(QStringLiteral(" → "));
}

/// All that a row of a table is made from, as one line.
inline std::string rowText(const kube::Object& object, const kube::KindDescriptor& kind) {
    std::string text = fmt::format("{} uid={} version={} health={}", object.path(), object.meta.uid,
                                   object.meta.resourceVersion, static_cast<int>(object.health));
    for (const auto& [key, value] : object.meta.labels) {
        text += fmt::format(" {}={}", key.view(), value.view());
    }
    if (kind.type.kind == "Pod") {
        const auto& pod = static_cast<const kinds::Pod&>(object);
        text += fmt::format(" {} {} {} {}", pod.phase.view(), pod.reason.view(), pod.node.view(), pod.ip);
        for (const kinds::Container& container : pod.containers) {
            text += fmt::format(" [{} {} {} {} {} {}]", container.name.view(), container.image.view(),
                                container.stateReason.view(), container.restarts, container.ready,
                                static_cast<int>(container.state));
        }
    }
    return text;
}

/// The states that a view of one kind goes through, each once in a row, and the rows that it shows: told by
/// subscription, as to a table.
class View {
public:
    View(std::shared_ptr<kube::ObjectStore> store, const kube::KindDescriptor& kind)
        : store_(std::move(store)), kind_(kind), subscription_(store_->subscribe([this](const kube::Batch& batch) {
              if (batch.snapshot) {
                  rows_.clear();
              }
              for (const kube::Delta& delta : batch.deltas) {
                  if (delta.object) {
                      rows_[delta.uid] = delta.object;
                  } else {
                      rows_.erase(delta.uid);
                  }
              }
              freshness_ = batch.freshness;
              if (states_.empty() || states_.back() != freshness_.state) {
                  states_.push_back(freshness_.state);
              }
          })) {}

    [[nodiscard]] const States& states() const { return states_; }
    [[nodiscard]] FreshnessState state() const { return freshness_.state; }
    [[nodiscard]] const kube::Freshness& freshness() const { return freshness_; }
    [[nodiscard]] QString reason() const {
        return freshness_.reason ? QString::fromStdString(describe(*freshness_.reason)) : QString();
    }
    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    [[nodiscard]] const std::map<kube::Uid, kube::ObjectPtr>& rows() const { return rows_; }
    [[nodiscard]] kube::ObjectPtr find(const std::string& path) const {
        for (const auto& [uid, object] : rows_) {
            if (object->path() == path) {
                return object;
            }
        }
        return nullptr;
    }
    /// Empty where the rows are, object by object, those of a fresh list from the server itself; else the first
    /// difference.
    [[nodiscard]] QString difference(http::Channel& upstream, const std::string& nameSpace = {}) const {
        StringPool pool;
        kube::DecodeContext decoding{pool};
        kube::ListCall call;
        call.context = "upstream";
        call.nameSpace = nameSpace;
        call.version = "";
        const auto list = kube::listAll(upstream, kind_, call, decoding, {});
        if (!list) {
            return QString::fromStdString(describe(list.error()));
        }
        std::map<std::string, std::string> shown;
        for (const auto& [uid, object] : rows_) {
            shown[uid] = rowText(*object, kind_);
        }
        for (const auto& object : list->items) {
            const auto row = shown.find(object->meta.uid);
            const std::string wanted = rowText(*object, kind_);
            if (row == shown.end() || row->second != wanted) {
                return QString::fromStdString("wanted: " + wanted +
                                              "\n   shown: " + (row == shown.end() ? "nothing" : row->second));
            }
            shown.erase(row);
        }
        return shown.empty() ? QString() : QString::fromStdString("too much: " + shown.begin()->second);
    }

private:
    std::shared_ptr<kube::ObjectStore> store_;
    const kube::KindDescriptor& kind_;
    std::map<kube::Uid, kube::ObjectPtr> rows_;
    States states_;
    kube::Freshness freshness_;
    std::unique_ptr<kube::StoreSubscription> subscription_;
};

/// A context: where it leads (empty: the proxy), more fields of its cluster, and its user.
struct Road {
    std::string name = kContext;
    std::string url = {};
    nlohmann::json cluster = nlohmann::json::object();
    nlohmann::json user = {{"token", "CANARY-token"}};
};

/// Console, fault proxy and API server in a row. The console's clock stands still until it is moved; its pauses
/// between tries are so short that no test waits for them.
class Bench {
public:
    /// `server`: another server behind the proxy than the upstream, where not null.
    explicit Bench(bool tls = true, const std::shared_ptr<http::Channel>& server = nullptr)
        : behind(server ? server : upstream.channel()),
          proxy(behind, tls ? std::optional(authority.server()) : std::nullopt) {
        options.kubeconfigPath = configFile();
        options.clock = clock;
        options.reloadQuiet = 20ms;
        options.times.reflector.backoff = {5ms, 40ms, 5ms};
        options.times.reflector.deniedPause = 50ms;
        options.times.reflector.loginPause = 1h;
        options.times.reflector.retryAfterCeiling = 0s;
        options.times.probe = {5ms, 40ms, 5ms};
        options.times.tidyInterval = 20ms;
    }

    [[nodiscard]] std::string configFile() const { return folder.filePath(QStringLiteral("config")).toStdString(); }
    [[nodiscard]] std::string caData() const {
        return QByteArray::fromStdString(authority.caPem()).toBase64().toStdString();
    }
    /// A kubeconfig with these contexts; the first is the current one.
    [[nodiscard]] std::string kubeconfig(const std::vector<Road>& roads = {Road()}) const {
        using Json = nlohmann::json;
        Json config{{"apiVersion", "v1"}, {"kind", "Config"}, {"current-context", roads.front().name}};
        for (const Road& road : roads) {
            Json cluster = road.cluster;
            cluster["server"] = road.url.empty() ? proxy.url() : road.url;
            cluster["certificate-authority-data"] = caData();
            config["clusters"].push_back({{"name", road.name}, {"cluster", cluster}});
            config["users"].push_back({{"name", road.name}, {"user", road.user}});
            config["contexts"].push_back(
                {{"name", road.name},
                 {"context", {{"cluster", road.name}, {"user", road.name}, {"namespace", upstream.nameSpace()}}}});
        }
        return config.dump(2);
    }
    static void write(const std::string& path, const std::string& text) {
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(file.write(text.data(), static_cast<qint64>(text.size())), static_cast<qint64>(text.size()));
    }

    /// Loads the kubeconfig (the usual one where none was written), opens the context and looks at a kind. The first
    /// list is held back until the view has seen that it is loading, and `meanwhile` has happened.
    void open(const char* kind = "pods", const std::function<void()>& meanwhile = {}) {
        load();
        kindPath = kube::KubeClient::path(kinds::findKind(kind)->type);
        const fakes::Gate gate;
        const int rule = proxy.inject(FaultTarget::list(kindPath), faults::held(gate), 1);
        look(kind);
        QTRY_COMPARE_WITH_TIMEOUT(namesOf(view->states()), namesOf({FreshnessState::Loading}), kPatience);
        QVERIFY(gate.waitUntilReached());
        if (meanwhile) {
            meanwhile();
        }
        gate.open();
        QTRY_COMPARE_WITH_TIMEOUT(namesOf(view->states()), namesOf({FreshnessState::Loading, FreshnessState::Live}),
                                  kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(proxy.watches(kindPath) > 0, kPatience);
        QCOMPARE(proxy.hits(rule), 1);
    }
    void load() {
        if (!options.kubeconfigPath.empty() && !QFile::exists(QString::fromStdString(options.kubeconfigPath))) {
            write(options.kubeconfigPath, kubeconfig());
        }
        hub = std::make_unique<session::SessionHub>(options);
        QTRY_VERIFY_WITH_TIMEOUT(hub->loaded(), kPatience);
    }
    /// Opens the context and shows a kind, without waiting for anything.
    void look(const char* kind = "pods") {
        session = hub->open(kContext);
        QVERIFY(session != nullptr);
        const kube::KindDescriptor& descriptor = *kinds::findKind(kind);
        view = std::make_unique<View>(session->store(descriptor), descriptor);
    }

    /// Lists of the kind after the first one.
    [[nodiscard]] int relists() const { return proxy.lists(kindPath) - 1; }
    [[nodiscard]] QString difference() const { return view->difference(*behind); }
    [[nodiscard]] std::string podPath(const std::string& name) const { return upstream.nameSpace() + "/" + name; }
    /// Label `turn` of a pod that is shown; empty where there is none.
    [[nodiscard]] std::string turn(const std::string& name) const {
        const auto pod = view->find(podPath(name));
        return pod ? std::string(pod->label("turn").value_or("")) : std::string();
    }

    QTemporaryDir folder;
    fakes::TestAuthority authority;
    Upstream upstream;
    std::shared_ptr<http::Channel> behind;
    fakes::FaultProxy proxy;
    std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>(SystemClock().now());
    session::SessionHub::Options options;
    std::string kindPath = kPods;
    std::unique_ptr<session::SessionHub> hub;
    session::ClusterSession* session = nullptr;
    std::unique_ptr<View> view;
};

/// On thousands of pods every comparison takes seconds and proves nothing more.
#define SKIP_ON_THE_LARGE_SHAPE()                                                 \
    if (qgetenv("QUARTERDECK_TESTBED_SHAPE") == "large") {                        \
        QSKIP("The fault tests run against the demo and against a real cluster"); \
    }

/// Opens the bench and leaves the test where that failed.
#define OPEN_OR_RETURN(bench, ...)    \
    (bench).open(__VA_ARGS__);        \
    if (QTest::currentTestFailed()) { \
        return;                       \
    }

/// Waits until a difference is none. That it was none once is enough: a real cluster goes on changing, and QTRY_COMPARE
/// looks again after its wait.
#define TRY_NO_DIFFERENCE(difference_)                                \
    do {                                                              \
        bool none_ = false;                                           \
        const auto look_ = [&] {                                      \
            const QString found_ = none_ ? QString() : (difference_); \
            none_ = found_.isEmpty();                                 \
            return found_;                                            \
        };                                                            \
        QTRY_COMPARE_WITH_TIMEOUT(look_(), QString(), kPatience);     \
    } while (false)

/// The end of almost every row: live again, after exactly these states, with `relists` lists since the start, and
/// what is shown is what the server has.
#define VERIFY_RECOVERED(bench, states_, relists_)                                               \
    do {                                                                                         \
        QTRY_COMPARE_WITH_TIMEOUT(namesOf((bench).view->states()), namesOf(states_), kPatience); \
        TRY_NO_DIFFERENCE((bench).difference());                                                 \
        QTRY_COMPARE_WITH_TIMEOUT((bench).relists(), relists_, kPatience);                       \
        QCOMPARE(namesOf((bench).view->states()), namesOf(states_));                             \
    } while (false)

}  // namespace quarterdeck::faults_tests
