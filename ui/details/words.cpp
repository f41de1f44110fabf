#include "ui/details/words.h"

#include <array>
#include <utility>

#include <QLocale>

#include "ui/text/error_text.h"

namespace quarterdeck::ui {

namespace {

constexpr std::size_t kLongestCopy = 65'536;

}  // namespace

QString shownText(std::string_view text, std::size_t longest) {
    return fromUtf8(escapeForDisplay(text, longest));
}

QString copiedText(std::string_view text) {
    if (text.size() > kLongestCopy) {
        std::size_t end = kLongestCopy;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
            --end;
        }
        text = text.substr(0, end);
    }
    return fromUtf8(text);
}

QString roughDuration(std::chrono::seconds time) {
    const QLocale locale;
    const auto count = static_cast<qlonglong>(time.count());
    if (count < 120) {
        return Details::tr("%1 s").arg(locale.toString(count));
    }
    return count < 7200 ? Details::tr("%1 min").arg(locale.toString((count + 30) / 60))
                        : Details::tr("%1 h").arg(locale.toString((count + 1800) / 3600));
}

QString kindIcon(std::string_view kind) {
    using Entry = std::pair<std::string_view, const char*>;
    constexpr std::array kIcons{
        Entry{"Pod", "box"},
        Entry{"Node", "server"},
        Entry{"Event", "calendar-check"},
        Entry{"Deployment", "layers"},
        Entry{"ReplicaSet", "boxes"},
        Entry{"StatefulSet", "database"},
        Entry{"DaemonSet", "server"},
        Entry{"Job", "timer"},
        Entry{"CronJob", "clock"},
        Entry{"Service", "network"},
        Entry{"ConfigMap", "file-text"},
        Entry{"Secret", "key-round"},
        Entry{"ServiceAccount", "user"},
        Entry{"PersistentVolumeClaim", "database"},
    };
    for (const auto& [name, icon] : kIcons) {
        if (name == kind) {
            return QString::fromUtf8(icon);
        }
    }
    return QStringLiteral("box");
}

std::string pageOfKind(std::string_view kind) {
    return kind == "Pod" ? "pods" : kind == "Node" ? "nodes" : kind == "Event" ? "events" : "";
}

Location placeOfKindName(std::string_view kind) {
    using Entry = std::pair<std::string_view, const char*>;
    constexpr std::array kResources{
        Entry{"ConfigMap", "configmaps"},
        Entry{"ControllerRevision", "controllerrevisions.apps"},
        Entry{"CronJob", "cronjobs.batch"},
        Entry{"DaemonSet", "daemonsets.apps"},
        Entry{"Deployment", "deployments.apps"},
        Entry{"HorizontalPodAutoscaler", "horizontalpodautoscalers.autoscaling"},
        Entry{"Ingress", "ingresses.networking.k8s.io"},
        Entry{"Job", "jobs.batch"},
        Entry{"Namespace", "namespaces"},
        Entry{"PersistentVolume", "persistentvolumes"},
        Entry{"PersistentVolumeClaim", "persistentvolumeclaims"},
        Entry{"PodDisruptionBudget", "poddisruptionbudgets.policy"},
        Entry{"ReplicaSet", "replicasets.apps"},
        Entry{"Secret", "secrets"},
        Entry{"Service", "services"},
        Entry{"ServiceAccount", "serviceaccounts"},
        Entry{"StatefulSet", "statefulsets.apps"},
    };
    Location place;
    place.page = pageOfKind(kind);
    for (const auto& [name, resource] : kResources) {
        if (place.page.empty() && name == kind) {
            place.page = "kind";
            place.resource = resource;
        }
    }
    return place;
}

QString linkTo(std::string_view kind, const ObjectReference& object) {
    Location place = placeOfKindName(kind);
    if (place.page.empty() || object.name.empty() || object.context.empty()) {
        return {};
    }
    place.object = object;
    return fromUtf8(formatLocation(place));
}

}  // namespace quarterdeck::ui
