#include <ostream>

#include "app/base/error.h"
#include "app/cli/commands.h"

namespace quarterdeck::cli {

namespace {

constexpr const char* kHelp = R"(qdeck: the console's core without a display

  qdeck contexts [--kubeconfig FILE] [--format table|json]
      every context with server, user kind, namespace, whether it can be used, and all that is wrong
  qdeck pods [--kubeconfig FILE] [--context NAME]... [-n NAMESPACE | -A] [--format table|json]
      pods as the window shows them, worst first
  qdeck exec [--kubeconfig FILE] [--context NAME] [-n NAMESPACE] [-c CONTAINER] [-i | -t | --end-with-connection]
      [--yes-production] POD -- COMMAND...
      runs a command in a pod; its output and errors come apart. -i passes standard input on, and its end; -t passes
      this terminal on, with every key and its size. Exit code: the command's own; 125 if it could not be run or how
      it ended is unknown; 130 after Ctrl+C (without -t), which closes the connection. The command may run on then;
      with --end-with-connection it is ended (needs sh there)
  qdeck attach [--kubeconfig FILE] [--context NAME] [-n NAMESPACE] [-c CONTAINER] [-i | -t] [--yes-production] POD
      joins the process that a container runs: what it says from now on, with -i or -t what it is told. Leaving it
      (Ctrl+C without -t, or the end of this terminal) ends nothing there. Exit codes as those of exec
  qdeck apply -f FILE... [--kubeconfig FILE] [--context NAME] [-n NAMESPACE] [--dry-run] [--force] [--yes-production]
      server-side apply of the objects of a file (YAML or JSON; - is standard input) as field manager quarterdeck;
      prints every field that it changed, with --dry-run that it would change. Fields that others manage are named with
      their managers, and their object is left as it is; --force takes them over
  qdeck port-forward [--kubeconfig FILE] [--context NAME] [-n NAMESPACE] [--yes-production] POD LOCAL:REMOTE
      forwards a port of 127.0.0.1 (0 = a free one) to a port of a pod until Ctrl+C
  qdeck demo --kubeconfig-out FILE [--demo-seed N] [--demo-time TIME] [--demo-incident NAME]
      serves the demo platform to other programs until Ctrl+C
  qdeck --version | --help

A context that is locked in the console (production, unless decided otherwise there) is left alone by exec, attach, apply
and port-forward; --yes-production does it all the same.

Exit codes: 0 all well, 1 something could not be had (the reason is on standard error), 2 the call is off.
)";

}  // namespace

int run(const std::vector<std::string>& words, std::ostream& out, std::ostream& err) {
    if (words.empty()) {
        err << kHelp;
        return kUsage;
    }
    const std::string& command = words.front();
    const std::vector<std::string> rest(words.begin() + 1, words.end());
    if (command == "--help" || command == "-h" || command == "help") {
        out << kHelp;
        return kSuccess;
    }
    if (command == "--version") {
        out << "qdeck " QUARTERDECK_VERSION "\n";
        return kSuccess;
    }
    if (command == "contexts") {
        return runContexts(rest, out, err);
    }
    if (command == "pods") {
        return runPods(rest, out, err);
    }
    if (command == "exec") {
        return runExec(rest, out, err);
    }
    if (command == "attach") {
        return runAttach(rest, out, err);
    }
    if (command == "apply") {
        return runApply(rest, out, err);
    }
    if (command == "port-forward") {
        return runPortForward(rest, out, err);
    }
    if (command == "demo") {
        return runDemo(rest, out, err);
    }
    err << "qdeck: unknown command " << escapeForDisplay(command, 100) << " (see qdeck --help)\n";
    return kUsage;
}

}  // namespace quarterdeck::cli
