#include <charconv>
#include <ostream>

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/connection.h"
#include "app/kube/port_forward.h"

namespace quarterdeck::cli {

namespace {

std::optional<std::uint16_t> portNumber(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(port) : std::nullopt;
}

}  // namespace

int runPortForward(const std::vector<std::string>& words, std::ostream& out, std::ostream& err) {
    const auto arguments = Arguments::parse(
        words, {{"--kubeconfig"}, {"--context"}, {"--namespace", true, "-n"}, {"--yes-production", false}}, err, 2);
    if (!arguments) {
        return kUsage;
    }
    const std::string ports = arguments->plain().size() == 2 ? arguments->plain()[1] : std::string();
    const std::size_t colon = ports.find(':');
    const auto local = portNumber(ports.substr(0, colon));
    const auto remote = colon == std::string::npos ? local : portNumber(std::string_view(ports).substr(colon + 1));
    if (!local || !remote || *remote == 0) {
        err << "qdeck: port-forward needs a pod and LOCAL:REMOTE port numbers (see qdeck --help)\n";
        return kUsage;
    }
    const InterruptGuard interrupt;
    const auto connection = connect(*arguments, err);
    if (!connection) {
        return kFailure;
    }
    if (refusedByLock(*connection, *arguments, {}, err)) {  // whoever connects may write
        return kFailure;
    }
    const kube::ForwardTarget target{connection->nameSpace, arguments->plain()[0], *remote};
    kube::ForwardOptions options;
    options.localPort = *local;
    auto forward = kube::PortForward::listen(
        *connection->transport, connection->context,
        [&target](std::stop_token) -> Result<kube::ForwardTarget> { return target; }, options);
    if (!forward) {
        err << describe(forward.error()) << '\n';
        return kFailure;
    }
    out << "127.0.0.1:" << (*forward)->localPort() << " goes to port " << target.port << " of pod "
        << escapeForDisplay(target.pod) << " in namespace " << escapeForDisplay(target.nameSpace)
        << ". End it with Ctrl+C.\n"
        << std::flush;
    (*forward)->run(
        [&err](const kube::PortForward::Event& event) {
            if (event.error) {
                err << describe(*event.error) << std::endl;
            }
        },
        interrupt.token());
    return kSuccess;
}

}  // namespace quarterdeck::cli
