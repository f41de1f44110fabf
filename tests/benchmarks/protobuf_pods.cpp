#include "tests/benchmarks/protobuf_pods.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>

#include <nlohmann/json.hpp>
#include <protozero/pbf_writer.hpp>

#include "app/base/time_text.h"

namespace quarterdeck::benchmarks {

namespace {

using nlohmann::json;
using protozero::pbf_writer;

struct Field;
using Schema = std::map<std::string_view, Field>;

/// How one field of a message is written; repeated where the JSON has an array.
struct Field {
    enum Kind { Plain, Time, Port, Strings, Quantities, Raw };
    std::uint32_t tag = 0;
    const Schema* message = nullptr;  ///< null for what is no message of its own
    Kind kind = Plain;
};

Field message(std::uint32_t tag, const Schema& schema) {
    return {tag, &schema, Field::Plain};
}
Field plain(std::uint32_t tag, Field::Kind kind = Field::Plain) {
    return {tag, nullptr, kind};
}

void writeMessage(std::string& out, const json& object, const Schema& schema);

void writeMap(std::string& out, std::uint32_t tag, const json& map, bool quantities) {
    for (const auto& [key, value] : map.items()) {
        std::string text = value.get<std::string>();
        if (quantities) {
            std::string quantity;
            pbf_writer(quantity).add_string(1, text);
            text = std::move(quantity);
        }
        std::string entry;
        pbf_writer writer(entry);
        writer.add_string(1, key);
        writer.add_string(2, text);
        pbf_writer(out).add_string(tag, entry);
    }
}

void writeTime(std::string& out, std::uint32_t tag, const json& value) {
    std::string time;
    if (value.is_string()) {
        const auto instant = parseRfc3339(value.get_ref<const std::string&>());
        pbf_writer writer(time);
        writer.add_int64(1, instant ? instant->time_since_epoch().count() / 1000 : 0);
        writer.add_int32(2, 0);
    }
    pbf_writer(out).add_string(tag, time);
}

/// An IntOrString.
void writePort(std::string& out, std::uint32_t tag, const json& value) {
    std::string port;
    pbf_writer writer(port);
    writer.add_int64(1, value.is_string() ? 1 : 0);
    writer.add_int32(2, value.is_string() ? 0 : value.get<std::int32_t>());
    writer.add_string(3, value.is_string() ? value.get<std::string>() : std::string());
    pbf_writer(out).add_string(tag, port);
}

void writeField(std::string& out, const json& value, const Field& field) {
    if (value.is_array()) {
        for (const json& element : value) {
            writeField(out, element, field);
        }
        return;
    }
    switch (field.kind) {
        case Field::Time:
            return writeTime(out, field.tag, value);
        case Field::Port:
            return writePort(out, field.tag, value);
        case Field::Strings:
        case Field::Quantities:
            return writeMap(out, field.tag, value, field.kind == Field::Quantities);
        case Field::Raw: {
            std::string raw;
            pbf_writer(raw).add_string(1, value.dump());
            pbf_writer(out).add_string(field.tag, raw);
            return;
        }
        case Field::Plain:
            break;
    }
    if (field.message != nullptr) {
        std::string inner;
        writeMessage(inner, value, *field.message);
        pbf_writer(out).add_string(field.tag, inner);
    } else if (value.is_string()) {
        pbf_writer(out).add_string(field.tag, value.get_ref<const std::string&>());
    } else if (value.is_boolean()) {
        pbf_writer(out).add_bool(field.tag, value.get<bool>());
    } else {
        pbf_writer(out).add_int64(field.tag, value.get<std::int64_t>());
    }
}

void writeMessage(std::string& out, const json& object, const Schema& schema) {
    for (const auto& [name, value] : object.items()) {
        const auto found = schema.find(name);
        if (found == schema.end()) {
            std::fprintf(stderr, "no protobuf field is known for \"%s\"\n", name.c_str());
            std::exit(2);
        }
        writeField(out, value, found->second);
    }
}

const Schema& metaSchema() {
    static const Schema owner{{"apiVersion", plain(5)}, {"kind", plain(1)},       {"name", plain(3)},
                              {"uid", plain(4)},        {"controller", plain(6)}, {"blockOwnerDeletion", plain(7)}};
    static const Schema managed{{"manager", plain(1)},    {"operation", plain(2)},
                                {"apiVersion", plain(3)}, {"time", plain(4, Field::Time)},
                                {"fieldsType", plain(6)}, {"fieldsV1", plain(7, Field::Raw)},
                                {"subresource", plain(8)}};
    static const Schema meta{{"name", plain(1)},
                             {"generateName", plain(2)},
                             {"namespace", plain(3)},
                             {"uid", plain(5)},
                             {"resourceVersion", plain(6)},
                             {"creationTimestamp", plain(8, Field::Time)},
                             {"labels", plain(11, Field::Strings)},
                             {"annotations", plain(12, Field::Strings)},
                             {"ownerReferences", message(13, owner)},
                             {"managedFields", message(17, managed)}};
    return meta;
}

const Schema& resourcesSchema() {
    static const Schema resources{{"limits", plain(1, Field::Quantities)}, {"requests", plain(2, Field::Quantities)}};
    return resources;
}

const Schema& containerSchema() {
    // Some structures are messages of their own in protobuf but not in JSON: their fields stand one level too high
    // here, which costs a decoder that skips them nothing.
    static const Schema reference{{"name", plain(1)}, {"key", plain(2)}};
    static const Schema source{{"secretKeyRef", message(4, reference)}};
    static const Schema env{{"name", plain(1)}, {"value", plain(2)}, {"valueFrom", message(3, source)}};
    static const Schema port{{"name", plain(1)}, {"containerPort", plain(3)}, {"protocol", plain(4)}};
    static const Schema mount{{"name", plain(1)}, {"readOnly", plain(2)}, {"mountPath", plain(3)}};
    static const Schema get{{"path", plain(1)}, {"port", plain(2, Field::Port)}, {"scheme", plain(4)}};
    static const Schema probe{{"httpGet", message(1, get)},   {"initialDelaySeconds", plain(2)},
                              {"timeoutSeconds", plain(3)},   {"periodSeconds", plain(4)},
                              {"successThreshold", plain(5)}, {"failureThreshold", plain(6)}};
    static const Schema container{{"name", plain(1)},
                                  {"image", plain(2)},
                                  {"command", plain(3)},
                                  {"ports", message(6, port)},
                                  {"env", message(7, env)},
                                  {"resources", message(8, resourcesSchema())},
                                  {"volumeMounts", message(9, mount)},
                                  {"livenessProbe", message(10, probe)},
                                  {"readinessProbe", message(11, probe)},
                                  {"terminationMessagePath", plain(13)},
                                  {"imagePullPolicy", plain(14)},
                                  {"terminationMessagePolicy", plain(20)},
                                  {"restartPolicy", plain(24)}};
    return container;
}

const Schema& specSchema() {
    static const Schema item{{"key", plain(1)}, {"path", plain(2)}};
    static const Schema map{{"name", plain(1)}, {"items", message(2, item)}, {"defaultMode", plain(3)}};
    static const Schema token{{"expirationSeconds", plain(2)}, {"path", plain(3)}};
    static const Schema projection{{"configMap", message(3, map)}, {"serviceAccountToken", message(4, token)}};
    static const Schema projected{{"sources", message(1, projection)}, {"defaultMode", plain(2)}};
    static const Schema volume{
        {"name", plain(1)}, {"configMap", message(2, map)}, {"projected", message(3, projected)}};
    static const Schema toleration{
        {"key", plain(1)}, {"operator", plain(2)}, {"effect", plain(4)}, {"tolerationSeconds", plain(5)}};
    static const Schema security{{"runAsUser", plain(2)}, {"runAsNonRoot", plain(3)}, {"fsGroup", plain(5)}};
    static const Schema spec{{"volumes", message(1, volume)},
                             {"containers", message(2, containerSchema())},
                             {"restartPolicy", plain(3)},
                             {"terminationGracePeriodSeconds", plain(4)},
                             {"dnsPolicy", plain(6)},
                             {"serviceAccountName", plain(8)},
                             {"serviceAccount", plain(9)},
                             {"nodeName", plain(10)},
                             {"securityContext", message(14, security)},
                             {"schedulerName", plain(19)},
                             {"initContainers", message(20, containerSchema())},
                             {"tolerations", message(22, toleration)},
                             {"priority", plain(25)},
                             {"enableServiceLinks", plain(30)},
                             {"preemptionPolicy", plain(31)}};
    return spec;
}

const Schema& statusSchema() {
    static const Schema waiting{{"reason", plain(1)}, {"message", plain(2)}};
    static const Schema running{{"startedAt", plain(1, Field::Time)}};
    static const Schema terminated{{"exitCode", plain(1)},
                                   {"reason", plain(3)},
                                   {"startedAt", plain(5, Field::Time)},
                                   {"finishedAt", plain(6, Field::Time)},
                                   {"containerID", plain(7)}};
    static const Schema state{
        {"waiting", message(1, waiting)}, {"running", message(2, running)}, {"terminated", message(3, terminated)}};
    static const Schema container{{"name", plain(1)},    {"state", message(2, state)}, {"lastState", message(3, state)},
                                  {"ready", plain(4)},   {"restartCount", plain(5)},   {"image", plain(6)},
                                  {"imageID", plain(7)}, {"containerID", plain(8)},    {"started", plain(9)}};
    static const Schema condition{{"type", plain(1)},
                                  {"status", plain(2)},
                                  {"lastProbeTime", plain(3, Field::Time)},
                                  {"lastTransitionTime", plain(4, Field::Time)},
                                  {"reason", plain(5)},
                                  {"message", plain(6)}};
    static const Schema ip{{"ip", plain(1)}};
    static const Schema status{{"phase", plain(1)},
                               {"conditions", message(2, condition)},
                               {"hostIP", plain(5)},
                               {"podIP", plain(6)},
                               {"startTime", plain(7, Field::Time)},
                               {"containerStatuses", message(8, container)},
                               {"qosClass", plain(9)},
                               {"initContainerStatuses", message(10, container)},
                               {"podIPs", message(12, ip)},
                               {"hostIPs", message(16, ip)}};
    return status;
}

const Schema& podSchema() {
    static const Schema pod{{"metadata", message(1, metaSchema())},
                            {"spec", message(2, specSchema())},
                            {"status", message(3, statusSchema())}};
    return pod;
}

/// "k8s\0" and a runtime.Unknown around the message of a document.
std::string wrapped(const json& document, const std::string& bytes) {
    std::string type;
    pbf_writer typeWriter(type);
    typeWriter.add_string(1, document.at("apiVersion").get<std::string>());
    typeWriter.add_string(2, document.at("kind").get<std::string>());
    std::string body("k8s\0", 4);
    pbf_writer writer(body);
    writer.add_string(1, type);
    writer.add_string(2, bytes);
    writer.add_string(3, "");
    writer.add_string(4, "");
    return body;
}

}  // namespace

std::string podListProtobuf(std::string_view text) {
    static const Schema listMeta{{"resourceVersion", plain(2)}};
    const json document = json::parse(text);
    std::string list;
    list.reserve(text.size());
    writeField(list, document.at("metadata"), message(1, listMeta));
    for (const json& item : document.at("items")) {
        writeField(list, item, message(2, podSchema()));
    }
    return wrapped(document, list);
}

std::string podProtobuf(std::string_view text) {
    const json document = json::parse(text);
    json pod = document;
    pod.erase("kind");
    pod.erase("apiVersion");
    std::string bytes;
    writeMessage(bytes, pod, podSchema());
    return wrapped(document, bytes);
}

}  // namespace quarterdeck::benchmarks
