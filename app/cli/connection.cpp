#include "app/cli/connection.h"

#include <signal.h>  // NOLINT(modernize-deprecated-headers): sigwait is POSIX

#include <ostream>
#include <thread>

#include "app/kubeconfig/contexts.h"
#include "app/kubeconfig/resolve.h"

namespace quarterdeck::cli {

kubeconfig::Kubeconfig loadConfig(const Arguments& arguments, std::ostream& err) {
    auto config = kubeconfig::load(kubeconfig::LoadOptions::fromEnvironment(arguments.value("--kubeconfig")));
    for (const Error& error : config.fileErrors) {
        err << describe(error) << '\n';
    }
    return config;
}

kubeconfig::CredentialServices credentialServices() {
    const auto clock = std::make_shared<SystemClock>();
    return {clock, std::make_shared<kubeconfig::ExecPluginCache>(kubeconfig::ExecOptions::fromEnvironment(clock)), {}};
}

Result<Connection> connectTo(const kubeconfig::Kubeconfig& config, const std::string& context,
                             const kubeconfig::CredentialServices& services) {
    auto endpoint = kubeconfig::endpointFor(config, context);
    if (!endpoint) {
        return fail(endpoint.error());
    }
    auto credentials = kubeconfig::makeCredentialSource(config, context, services);
    if (!credentials) {
        return fail(credentials.error());
    }
    const kubeconfig::Context* entry = config.context(context);
    Connection made;
    made.context = context;
    made.nameSpace = entry != nullptr && !entry->nameSpace.empty() ? entry->nameSpace : "default";
    made.clusterKey = settings::clusterKey(endpoint->serverUrl, endpoint->caPem);
    made.looksLikeProduction = entry != nullptr && kubeconfig::looksLikeProduction(context, *entry);
    http::TransportOptions options;
    options.userAgent = "qdeck/" QUARTERDECK_VERSION;
    made.transport =
        std::make_shared<http::HttpTransport>(std::move(*endpoint), std::move(*credentials), services.clock, options);
    return made;
}

std::optional<Connection> connect(const Arguments& arguments, std::ostream& err) {
    const auto config = loadConfig(arguments, err);
    const std::string context = arguments.value("--context", config.currentContext);
    if (context.empty()) {
        err << kNoContext;
        return std::nullopt;
    }
    auto made = connectTo(config, context, credentialServices());
    if (!made) {
        err << describe(made.error()) << '\n';
        return std::nullopt;
    }
    made->nameSpace = arguments.value("--namespace", made->nameSpace);
    return std::move(*made);
}

std::optional<settings::ContextSettings> decisions(const Connection& connection, std::ostream& err) {
    const auto loaded = settings::loadSettings(settings::Paths::resolve(settings::Paths::Environment::ofProcess()));
    if (loaded.problem) {
        err << describe(*loaded.problem) << '\n';
        return std::nullopt;
    }
    const auto found = loaded.settings.clusters.find(connection.clusterKey);
    return found == loaded.settings.clusters.end() ? settings::ContextSettings{} : found->second;
}

bool isLocked(const Connection& connection, std::ostream& err) {
    const auto decided = decisions(connection, err);
    return !decided || decided->locked.value_or(decided->production.value_or(connection.looksLikeProduction));
}

bool refusedByLock(const Connection& connection, const Arguments& arguments, std::string_view instead,
                   std::ostream& err) {
    if (arguments.has("--yes-production") || !isLocked(connection, err)) {
        return false;
    }
    err << "qdeck: context " << escapeForDisplay(connection.context) << " is locked against writes; nothing was done. "
        << instead << (instead.empty() ? "" : "; ") << "--yes-production does it all the same.\n";
    return true;
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
