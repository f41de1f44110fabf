#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/http/transport.h"
#include "app/kube/list_call.h"
#include "app/kubeconfig/contexts.h"
#include "app/kubeconfig/credential_source.h"
#include "app/kubeconfig/exec_plugin.h"
#include "app/kubeconfig/loader.h"
#include "app/kubeconfig/resolve.h"

namespace quarterdeck::testbed {

/// The cluster that tests/cluster/up brought up, as the environment tells it.
class Testbed {
public:
    /// Empty where there is one; else what to do. For initTestCase(): QVERIFY2(missing().empty(), missing().c_str()).
    [[nodiscard]] static std::string missing() {
        if (qEnvironmentVariableIsEmpty("QUARTERDECK_TESTBED")) {
            return "QUARTERDECK_TESTBED is not set: run tests/run --cluster, or tests/cluster/up and source its env";
        }
        return {};
    }
    [[nodiscard]] static std::string shape() { return variable("QUARTERDECK_TESTBED_SHAPE"); }
    [[nodiscard]] static std::string folder() { return variable("QUARTERDECK_TESTBED"); }
    [[nodiscard]] static std::string kubeconfigPath() { return variable("QUARTERDECK_TESTBED_KUBECONFIG"); }

    struct Run {
        int code = -1;
        std::string out;
        std::string error;
    };
    /// kubectl of the cluster's own version; the home folder is never touched.
    [[nodiscard]] Run kubectl(const QStringList& arguments, const std::string& kubeconfig = kubeconfigPath()) const {
        QProcess process;
        process.start(QString::fromStdString(variable("QUARTERDECK_TESTBED_KUBECTL")),
                      QStringList{QStringLiteral("--kubeconfig"), QString::fromStdString(kubeconfig),
                                  QStringLiteral("--cache-dir"), cache_.path()} +
                          arguments);
        Run run;
        if (process.waitForFinished(300'000)) {
            run.code = process.exitCode();
        } else {
            process.kill();
            process.waitForFinished();
        }
        run.out = process.readAllStandardOutput().toStdString();
        run.error = process.readAllStandardError().toStdString();
        return run;
    }

private:
    static std::string variable(const char* name) { return qEnvironmentVariable(name).toStdString(); }

    QTemporaryDir cache_;
};

/// One context of the testbed, or of another kubeconfig, as the product connects to it.
class Connection {
public:
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(
        const std::string& context, const std::string& kubeconfigPath = Testbed::kubeconfigPath(),
        std::shared_ptr<const Clock> clock = nullptr) {
        kubeconfig::LoadOptions load;
        load.explicitPath = kubeconfigPath;
        const kubeconfig::Kubeconfig config = kubeconfig::load(load);
        auto made = std::unique_ptr<Connection>(new Connection(context));
        if (clock) {
            made->clock_ = std::move(clock);
        }
        auto endpoint = kubeconfig::endpointFor(config, context);
        if (!endpoint) {
            return fail(endpoint.error());
        }
        auto credentials = kubeconfig::makeCredentialSource(config, context, {made->clock_, made->plugins_, {}});
        if (!credentials) {
            return fail(credentials.error());
        }
        made->transport_ = std::make_shared<http::HttpTransport>(std::move(*endpoint), std::move(*credentials),
                                                                 made->clock_, http::TransportOptions{});
        return made;
    }

    /// The newest list; empty namespace = all.
    [[nodiscard]] Result<std::vector<kube::ObjectPtr>> list(const kube::KindDescriptor& kind,
                                                            const std::string& nameSpace = {}) {
        kube::DecodeContext decoding{pool_};
        kube::ListCall call;
        call.context = context_;
        call.nameSpace = nameSpace;
        call.version.clear();
        auto list = kube::listAll(*transport_, kind, call, decoding, {});
        if (!list) {
            return fail(list.error());
        }
        return std::move(list->items);
    }
    [[nodiscard]] http::HttpTransport& transport() { return *transport_; }
    [[nodiscard]] std::shared_ptr<http::Channel> channel() { return transport_; }

private:
    explicit Connection(std::string context) : context_(std::move(context)) {}

    std::string context_;
    std::shared_ptr<const Clock> clock_ = std::make_shared<SystemClock>();
    std::shared_ptr<kubeconfig::ExecPluginCache> plugins_ =
        std::make_shared<kubeconfig::ExecPluginCache>(kubeconfig::ExecOptions::fromEnvironment(clock_));
    StringPool pool_;
    std::shared_ptr<http::HttpTransport> transport_;
};

}  // namespace quarterdeck::testbed
