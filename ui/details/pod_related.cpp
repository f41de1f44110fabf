#include <set>

#include "ui/details/common_sections.h"
#include "ui/details/json_facts.h"
#include "ui/details/pod_overview.h"
#include "ui/details/words.h"
#include "ui/text/error_text.h"

namespace quarterdeck::ui {

using nlohmann::json;
using widgets::Property;
using widgets::PropertySection;
using widgets::Tone;

namespace {

PropertySection section(const char* id, const QString& title, const QString& empty) {
    PropertySection made;
    made.id = QString::fromUtf8(id);
    made.title = title;
    made.empty = empty;
    return made;
}

PropertySection ownerSection(const DetailInput& input) {
    PropertySection made = section("relatedOwners", Details::tr("Owners"), Details::tr("Nobody owns it."));
    for (const OwnerLink& owner : input.around.owners) {
        Property row = linkRow(owner.kind, input.object->meta.nameSpace.str(), owner.name, owner.uid, input);
        if (owner.revision > 0) {
            row.note = Details::tr("revision %1").arg(static_cast<qlonglong>(owner.revision));
        }
        made.rows.push_back(row);
    }
    return made;
}

PropertySection siblingSection(const DetailInput& input) {
    PropertySection made =
        section("siblings", Details::tr("Other pods of the same owner"), Details::tr("There are no others."));
    for (const PodPtr& pod : input.around.siblings) {
        made.rows.push_back(podRow(*pod, input));
    }
    if (input.around.siblingCount > input.around.siblings.size()) {
        Property row;
        row.value = Details::tr("and %n more pods", nullptr,
                                static_cast<int>(input.around.siblingCount - input.around.siblings.size()));
        row.tone = Tone::Muted;
        made.rows.push_back(row);
    }
    return made;
}

PropertySection serviceSection(const DetailInput& input) {
    PropertySection made =
        section("services", Details::tr("Services that select it"), Details::tr("No Service selects it."));
    if (!input.full || !input.full->knowsServices) {
        made.empty = input.full && input.full->servicesError ? errorText(*input.full->servicesError)
                     : input.fullError                       ? errorText(*input.fullError)
                                                             : Details::tr("Being read …");
        return made;
    }
    for (const SelectingService& service : input.full->services) {
        Property row = linkRow("Service", input.object->meta.nameSpace.str(), service.name, {}, input);
        row.note = shownText(service.ports, 200);
        made.rows.push_back(row);
    }
    return made;
}

PropertySection usedSection(const DetailInput& input) {
    PropertySection made = section("uses", Details::tr("What it uses"), Details::tr("Nothing by name."));
    if (!input.full) {
        made.empty = input.fullError ? errorText(*input.fullError) : Details::tr("Being read …");
        return made;
    }
    for (const UsedObject& used : usedObjects(input.json())) {
        made.rows.push_back(linkRow(used.kind, input.object->meta.nameSpace.str(), used.name, {}, input));
    }
    return made;
}

void eachUse(const json& value, const std::function<void(const char*, const std::string&)>& found) {
    found("PersistentVolumeClaim", facts::text(value, {"persistentVolumeClaim", "claimName"}));
    found("Secret", facts::text(value, {"secret", "secretName"}));
    found("ConfigMap", facts::text(value, {"configMap", "name"}));
    for (const json& source : facts::list(value, {"projected", "sources"})) {
        found("Secret", facts::text(source, {"secret", "name"}));
        found("ConfigMap", facts::text(source, {"configMap", "name"}));
    }
}

}  // namespace

std::vector<UsedObject> usedObjects(const json& pod) {
    std::set<UsedObject> used;
    const auto add = [&](const char* kind, const std::string& name) {
        if (!name.empty()) {
            used.insert({kind, name});
        }
    };
    const json& spec = facts::at(pod, {"spec"});
    add("ServiceAccount", facts::text(spec, {"serviceAccountName"}));
    for (const json& volume : facts::list(spec, {"volumes"})) {
        eachUse(volume, add);
    }
    for (const json& secret : facts::list(spec, {"imagePullSecrets"})) {
        add("Secret", facts::text(secret, {"name"}));
    }
    for (const char* member : {"initContainers", "containers"}) {
        for (const json& container : facts::list(spec, {member})) {
            for (const json& variable : facts::list(container, {"env"})) {
                add("Secret", facts::text(variable, {"valueFrom", "secretKeyRef", "name"}));
                add("ConfigMap", facts::text(variable, {"valueFrom", "configMapKeyRef", "name"}));
            }
            for (const json& from : facts::list(container, {"envFrom"})) {
                add("Secret", facts::text(from, {"secretRef", "name"}));
                add("ConfigMap", facts::text(from, {"configMapRef", "name"}));
            }
        }
    }
    return {used.begin(), used.end()};
}

Sections podRelated(const DetailInput& input) {
    Sections sections{ownerSection(input), siblingSection(input)};
    PropertySection node = section("node", Details::tr("Node"), Details::tr("It has none yet."));
    if (!input.pod().node.empty()) {
        node.rows.push_back(linkRow("Node", {}, input.pod().node.str(), {}, input));
    }
    sections += {node, serviceSection(input), usedSection(input)};
    return sections;
}

}  // namespace quarterdeck::ui
