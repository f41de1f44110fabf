#include "app/demo/api/selectors.h"

#include <algorithm>
#include <set>
#include <sstream>

#include <fmt/format.h>

namespace quarterdeck::demo {
namespace {

std::string trimmed(const std::string& word) {
    const auto first = word.find_first_not_of(" \t");
    const auto last = word.find_last_not_of(" \t");
    return first == std::string::npos ? std::string() : word.substr(first, last - first + 1);
}

/// Splits at commas outside parentheses.
std::vector<std::string> terms(const std::string& selector) {
    std::vector<std::string> result;
    std::string term;
    int depth = 0;
    for (const char c : selector) {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (c == ',' && depth == 0) {
            result.push_back(trimmed(term));
            term.clear();
        } else {
            term += c;
        }
    }
    if (!trimmed(term).empty() || !result.empty()) {
        result.push_back(trimmed(term));
    }
    return result;
}

bool isLabelText(const std::string& word) {
    return std::all_of(word.begin(), word.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.' || c == '/';
    });
}

const std::set<std::string>& selectableFields(const ResourceType& type) {
    static const std::set<std::string> pods = {"spec.nodeName",           "spec.restartPolicy", "spec.schedulerName",
                                               "spec.serviceAccountName", "status.phase",       "status.podIP"};
    static const std::set<std::string> events = {"involvedObject.kind",
                                                 "involvedObject.namespace",
                                                 "involvedObject.name",
                                                 "involvedObject.uid",
                                                 "involvedObject.apiVersion",
                                                 "involvedObject.resourceVersion",
                                                 "involvedObject.fieldPath",
                                                 "reason",
                                                 "type",
                                                 "source",
                                                 "reportingComponent"};
    static const std::set<std::string> nodes = {"spec.unschedulable"};
    static const std::set<std::string> secrets = {"type"};
    static const std::set<std::string> jobs = {"status.successful"};
    static const std::set<std::string> namespaces = {"status.phase"};
    static const std::set<std::string> replicaSets = {"status.replicas"};
    static const std::set<std::string> none;
    return type.plural == "pods"          ? pods
           : type.plural == "events"      ? events
           : type.plural == "nodes"       ? nodes
           : type.plural == "secrets"     ? secrets
           : type.plural == "jobs"        ? jobs
           : type.plural == "namespaces"  ? namespaces
           : type.plural == "replicasets" ? replicaSets
                                          : none;
}

std::string fieldText(const Json& object, const std::vector<std::string>& path) {
    if (path == std::vector<std::string>{"source"}) {
        return text(object, {"source", "component"});
    }
    const Json* here = &object;
    for (const std::string& step : path) {
        here = &at(*here, {step.c_str()});
    }
    if (here->is_string()) {
        return here->get<std::string>();
    }
    if (here->is_null()) {
        return path.back() == "unschedulable" ? "false" : "";
    }
    return here->dump();
}

}  // namespace

Answer<Selection> Selection::parse(const ResourceType& type, const std::string& labels, const std::string& fields) {
    Selection result;
    for (const std::string& term : terms(labels)) {
        LabelTerm label;
        const auto unreadable = [&] {
            return refuse(badRequest(fmt::format("unable to parse requirement: found '{}'", term)));
        };
        const auto open = term.find('(');
        if (open != std::string::npos) {
            std::stringstream words(term.substr(0, open));
            std::string extra;
            words >> label.key >> label.operation;
            if (term.back() != ')' || (label.operation != "in" && label.operation != "notin") || (words >> extra)) {
                return unreadable();
            }
            for (const std::string& value : terms(term.substr(open + 1, term.size() - open - 2))) {
                label.values.push_back(value);
            }
        } else if (const auto equals = term.find('='); equals != std::string::npos) {
            const bool negated = equals > 0 && term[equals - 1] == '!';
            const bool twice = term.compare(equals, 2, "==") == 0;
            label.key = trimmed(term.substr(0, negated ? equals - 1 : equals));
            label.operation = negated ? "notin" : "in";
            label.values.push_back(trimmed(term.substr(equals + (twice ? 2 : 1))));
        } else {
            const bool negated = !term.empty() && term.front() == '!';
            label.key = trimmed(negated ? term.substr(1) : term);
            label.operation = negated ? "!" : "exists";
        }
        if (label.key.empty() || !isLabelText(label.key) ||
            !std::all_of(label.values.begin(), label.values.end(), isLabelText)) {
            return unreadable();
        }
        result.labels_.push_back(std::move(label));
    }
    for (const std::string& term : terms(fields)) {
        if (term.empty()) {
            continue;
        }
        const auto equals = term.find('=');
        if (equals == std::string::npos || equals == 0) {
            return refuse(badRequest(fmt::format("invalid field selector: '{}'; can't understand it", term)));
        }
        FieldTerm field;
        field.equal = term[equals - 1] != '!';
        const std::string path = trimmed(term.substr(0, field.equal ? equals : equals - 1));
        field.value = trimmed(term.substr(equals + (term.compare(equals, 2, "==") == 0 ? 2 : 1)));
        if (path != "metadata.name" && path != "metadata.namespace" && selectableFields(type).count(path) == 0) {
            return refuse(badRequest(fmt::format("field label not supported: {}", path)));
        }
        std::stringstream steps(path);
        for (std::string step; std::getline(steps, step, '.');) {
            field.path.push_back(step);
        }
        result.fields_.push_back(std::move(field));
    }
    return result;
}

bool Selection::matches(const Json& object) const {
    const Json& labels = at(object, {"metadata", "labels"});
    for (const LabelTerm& term : labels_) {
        const Json& value = at(labels, {term.key.c_str()});
        const bool listed = value.is_string() && std::find(term.values.begin(), term.values.end(),
                                                           value.get<std::string>()) != term.values.end();
        if ((term.operation == "in" && !listed) || (term.operation == "notin" && listed) ||
            (term.operation == "exists" && value.is_null()) || (term.operation == "!" && !value.is_null())) {
            return false;
        }
    }
    return std::all_of(fields_.begin(), fields_.end(), [&](const FieldTerm& term) {
        return (fieldText(object, term.path) == term.value) == term.equal;
    });
}

}  // namespace quarterdeck::demo
