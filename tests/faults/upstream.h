#pragma once

#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "app/http/transport.h"
#include "app/kubeconfig/credential_source.h"
#include "app/kubeconfig/loader.h"
#include "app/kubeconfig/resolve.h"
#include "tests/demo/demo_world.h"

namespace quarterdeck::faults_tests {

/// The API server behind the fault proxy: one platform of the demo whose time stands still, or, where
/// QUARTERDECK_TESTBED_KUBECONFIG names a kubeconfig, the real server of its current context.
class Upstream {
public:
    Upstream() {
        http::Endpoint endpoint;
        std::shared_ptr<http::CredentialSource> credentials;
        const char* testbed = std::getenv("QUARTERDECK_TESTBED_KUBECONFIG");
        if (testbed != nullptr && *testbed != '\0') {
            const auto config = kubeconfig::load({testbed, std::nullopt, {}, {}, {}, {}});
            endpoint = *kubeconfig::endpointFor(config, config.currentContext);
            kubeconfig::CredentialServices services;
            services.clock = clock_;
            credentials = *kubeconfig::makeCredentialSource(config, config.currentContext, services);
        } else {
            demo_ = std::make_unique<demo::testing::World>("globeco-prod");
            nameSpace_ = "globeco";
            endpoint.serverUrl = "http://127.0.0.1:" + std::to_string(demo_->cluster->server().port());
        }
        endpoint.label = "upstream";
        channel_ = std::make_shared<http::HttpTransport>(std::move(endpoint), std::move(credentials), clock_);
        if (isReal()) {
            nameSpace_ = "quarterdeck-faults";
            send("POST", "/api/v1/namespaces", {{"metadata", {{"name", nameSpace_}}}});
            send("POST", "/api/v1/namespaces/" + nameSpace_ + "/serviceaccounts",
                 {{"metadata", {{"name", "default"}}}});
            for (const char* name : {"standing-a", "standing-b"}) {
                create(name);
            }
            const nlohmann::json labels{{"app", "standing"}};
            send("POST", "/apis/apps/v1/namespaces/" + nameSpace_ + "/deployments",
                 {{"metadata", {{"name", "standing"}}},
                  {"spec",
                   {{"replicas", 0},
                    {"selector", {{"matchLabels", labels}}},
                    {"template",
                     {{"metadata", {{"labels", labels}}},
                      {"spec", {{"containers", {{{"name", "main"}, {"image", "quarterdeck.test/none:1"}}}}}}}}}}});
        }
    }

    [[nodiscard]] bool isReal() const { return demo_ == nullptr; }
    [[nodiscard]] const std::string& nameSpace() const { return nameSpace_; }
    [[nodiscard]] std::shared_ptr<http::Channel> channel() const { return channel_; }

    /// A pod of our own, which no scheduler takes: it stands still. What is there already is replaced.
    void create(const std::string& name) const {
        remove(name);
        const nlohmann::json pod = {{"metadata", {{"name", name}, {"labels", {{"turn", "0"}}}}},
                                    {"spec",
                                     {{"containers", {{{"name", "main"}, {"image", "quarterdeck.test/none:1"}}}},
                                      {"schedulerName", "nobody"},
                                      {"automountServiceAccountToken", false}}}};
        send("POST", pods(), pod);
    }
    /// Its labels change.
    void change(const std::string& name, const std::string& turn) const {
        send("PATCH", pods() + "/" + name, {{"metadata", {{"labels", {{"turn", turn}}}}}},
             "application/merge-patch+json");
    }
    void remove(const std::string& name) const {
        send("DELETE", pods() + "/" + name + "?gracePeriodSeconds=0", nullptr);
    }
    /// Something changes that is no pod: versions move on.
    void changeOther(const std::string& turn) const {
        send("PATCH", "/api/v1/namespaces/" + nameSpace_, {{"metadata", {{"labels", {{"turn", turn}}}}}},
             "application/merge-patch+json");
    }
    /// Time as the server has it.
    [[nodiscard]] Instant now() const { return isReal() ? clock_->now() : demo_->clock->now(); }
    /// Nobody can watch from an earlier version any more. False where that cannot be had (a real server): let the
    /// proxy say it.
    [[nodiscard]] bool forgetHistory() const {
        if (isReal()) {
            return false;
        }
        auto& state = demo_->cluster->state();
        const std::scoped_lock lock(state.mutex);
        state.db.forgetHistory();
        return true;
    }

private:
    [[nodiscard]] std::string pods() const { return "/api/v1/namespaces/" + nameSpace_ + "/pods"; }
    void send(const std::string& method, const std::string& target, const nlohmann::json& body,
              const std::string& type = "application/json") const {
        http::Request request;
        request.method = method;
        request.target = target;
        request.effect = http::Effect::Write;
        request.headers.push_back({"Content-Type", type});
        request.body = body.is_null() ? std::string() : body.dump();
        const auto answer = channel_->send(request, {});
        const bool gone = method == "DELETE" && answer && answer->head.status == 404;
        const bool there = method == "POST" && answer && answer->head.status == 409;
        if (!answer || (answer->head.status >= 300 && !gone && !there)) {
            qFatal("%s %s: %s", method.c_str(), target.c_str(),
                   answer ? answer->body.c_str() : describe(answer.error()).c_str());
        }
    }

    std::shared_ptr<SystemClock> clock_ = std::make_shared<SystemClock>();
    std::unique_ptr<demo::testing::World> demo_;
    std::string nameSpace_;
    std::shared_ptr<http::HttpTransport> channel_;
};

}  // namespace quarterdeck::faults_tests
