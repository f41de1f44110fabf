#include "ui/pages/fleet/problem_words.h"

#include <QCoreApplication>

#include "app/kinds/pod_status.h"
#include "ui/text/error_text.h"

namespace quarterdeck::ui {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("FleetProblem", text);
}

QString podsText(const FleetProblem& problem) {
    const std::string& reason = problem.reason;
    if (problem.outOfMemory) {
        return tr("%1 runs out of memory");
    }
    if (reason == "CrashLoopBackOff") {
        return tr("%1 crash-looping");
    }
    if (reason == "ImagePullBackOff" || reason == "ErrImagePull" || reason == "ErrImageNeverPull") {
        return tr("%1 cannot get its image");
    }
    if (reason == "Terminating") {
        return tr("%1 does not stop");
    }
    if (reason == "Pending") {
        return tr("%1 finds no node");
    }
    if (reason == "Running" || reason == "NotReady") {
        return tr("%1 not ready");
    }
    if (!problem.container.empty()) {
        return tr("%1 waits in %2").replace(QStringLiteral("%2"), fromUtf8(problem.container));
    }
    const std::string plain = kinds::plainReason(reason);
    return QStringLiteral("%1: ") + QCoreApplication::translate("PodStatus", plain.c_str());
}

}  // namespace

QString problemText(const FleetProblem& problem) {
    const QString subject = fromUtf8(problem.subject);
    switch (problem.kind) {
        case FleetProblem::Kind::Pods:
            return podsText(problem).replace(QStringLiteral("%1"), subject);
        case FleetProblem::Kind::Node:
            return problem.reason == "Ready" ? tr("Node %1 not ready").arg(subject)
                                             : tr("Node %1: %2").arg(subject, fromUtf8(problem.reason));
        case FleetProblem::Kind::Event:
            return tr("%1 %2: %3").arg(fromUtf8(problem.subjectKind), subject, fromUtf8(problem.reason));
    }
    return subject;
}

}  // namespace quarterdeck::ui
