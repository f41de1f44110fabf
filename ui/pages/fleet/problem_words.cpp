#include "ui/pages/fleet/problem_words.h"

#include <QCoreApplication>

#include "app/kinds/pod_status.h"
#include "ui/text/error_text.h"

namespace quarterdeck::ui {

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(FleetProblem)
};

QString podsText(const FleetProblem& problem) {
    const std::string& reason = problem.reason;
    if (problem.outOfMemory) {
        return Words::tr("%1 runs out of memory");
    }
    if (reason == "CrashLoopBackOff") {
        return Words::tr("%1 crash-looping");
    }
    if (reason == "ImagePullBackOff" || reason == "ErrImagePull" || reason == "ErrImageNeverPull") {
        return Words::tr("%1 cannot get its image");
    }
    if (reason == "Terminating") {
        return Words::tr("%1 does not stop");
    }
    if (reason == "Pending") {
        return Words::tr("%1 finds no node");
    }
    if (reason == "Running" || reason == "NotReady") {
        return Words::tr("%1 not ready");
    }
    if (!problem.container.empty()) {
        return Words::tr("%1 waits in %2").replace(QStringLiteral("%2"), fromUtf8(problem.container));
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
            return problem.reason == "Ready" ? Words::tr("Node %1 not ready").arg(subject)
                                             : Words::tr("Node %1: %2").arg(subject, fromUtf8(problem.reason));
        case FleetProblem::Kind::Event:
            return Words::tr("%1 %2: %3").arg(fromUtf8(problem.subjectKind), subject, fromUtf8(problem.reason));
    }
    return subject;
}

}  // namespace quarterdeck::ui
