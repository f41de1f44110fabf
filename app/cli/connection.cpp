#include "app/cli/connection.h"

#include <signal.h>  // NOLINT(modernize-deprecated-headers): sigwait is POSIX

#include <ostream>
#include <thread>

#include "app/kubeconfig/contexts.h"
#include "app/kubeconfig/credential_source.h"
#include "app/kubeconfig/loader.h"
#include "app/kubeconfig/resolve.h"
#include "app/settings/settings.h"

namespace quarterdeck::cli {

std::optional<Connection> connect(const Arguments& arguments, std::ostream& err) {
    const auto config = kubeconfig::load(kubeconfig::LoadOptions::fromEnvironment(arguments.value("--kubeconfig")));
    for (const Error& error : config.fileErrors) {
        err << describe(error) << '\n';
    }
    Connection made;
    made.context = arguments.value("--context", config.currentContext);
    if (made.context.empty()) {
        err << "qdeck: no context: the kubeconfig has no current-context; name one with --context (see qdeck "
               "contexts)\n";
        return std::nullopt;
    }
    const auto clock = std::make_shared<SystemClock>();
    const kubeconfig::CredentialServices services{
        clock, std::make_shared<kubeconfig::ExecPluginCache>(kubeconfig::ExecOptions::fromEnvironment(clock)), {}};
    auto endpoint = kubeconfig::endpointFor(config, made.context);
    if (!endpoint) {
        err << describe(endpoint.error()) << '\n';
        return std::nullopt;
    }
    auto credentials = kubeconfig::makeCredentialSource(config, made.context, services);
    if (!credentials) {
        err << describe(credentials.error()) << '\n';
        return std::nullopt;
    }
    const kubeconfig::Context* entry = config.context(made.context);
    const std::string own = entry != nullptr && !entry->nameSpace.empty() ? entry->nameSpace : "default";
    made.nameSpace = arguments.value("--namespace", own);
    made.clusterKey = settings::clusterKey(endpoint->serverUrl, endpoint->caPem);
    made.looksLikeProduction = entry != nullptr && kubeconfig::looksLikeProduction(made.context, *entry);
    http::TransportOptions options;
    options.userAgent = "qdeck/" QUARTERDECK_VERSION;
    made.transport =
        std::make_unique<http::HttpTransport>(std::move(*endpoint), std::move(*credentials), clock, options);
    return made;
}

bool isLocked(const Connection& connection, std::ostream& err) {
    const auto loaded = settings::loadSettings(settings::Paths::resolve(settings::Paths::Environment::ofProcess()));
    if (loaded.problem) {
        err << describe(*loaded.problem) << '\n';
        return true;
    }
    const auto found = loaded.settings.clusters.find(connection.clusterKey);
    const auto decided = found == loaded.settings.clusters.end() ? settings::ContextSettings{} : found->second;
    return decided.locked.value_or(decided.production.value_or(connection.looksLikeProduction));
}

struct InterruptGuard::Impl {
    sigset_t awaited{};
    sigset_t before{};
    std::stop_source interrupted;
    std::jthread watcher;
};

InterruptGuard::InterruptGuard() : impl_(std::make_unique<Impl>()) {
    sigemptyset(&impl_->awaited);
    sigaddset(&impl_->awaited, SIGINT);
    sigaddset(&impl_->awaited, SIGTERM);
    struct sigaction hangUp {};
    if (::sigaction(SIGHUP, nullptr, &hangUp) == 0 && hangUp.sa_handler != SIG_IGN) {  // nohup stays nohup
        sigaddset(&impl_->awaited, SIGHUP);
    }
    pthread_sigmask(SIG_BLOCK, &impl_->awaited, &impl_->before);
    impl_->watcher = std::jthread([impl = impl_.get()](const std::stop_token& over) {
        int signal = 0;
        while (sigwait(&impl->awaited, &signal) == 0 && !over.stop_requested()) {
            impl->interrupted.request_stop();
        }
    });
}

InterruptGuard::~InterruptGuard() {
    impl_->watcher.request_stop();
    pthread_kill(impl_->watcher.native_handle(), SIGINT);  // ends its wait
    impl_->watcher.join();
    pthread_sigmask(SIG_SETMASK, &impl_->before, nullptr);
}

std::stop_token InterruptGuard::token() const {
    return impl_->interrupted.get_token();
}

}  // namespace quarterdeck::cli
