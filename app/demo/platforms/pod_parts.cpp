#include "app/demo/platforms/platform_builder.h"

namespace quarterdeck::demo {

Json Resources::json() const {
    return {{"requests", {{"cpu", cpu}, {"memory", memory}}}, {"limits", {{"cpu", cpuLimit}, {"memory", memoryLimit}}}};
}

Json container(const std::string& name, const std::string& image, const Resources& resources, long port,
               const std::string& portName) {
    Json result = {{"name", name}, {"image", image}, {"resources", resources.json()}};
    if (port != 0) {
        result["ports"] = Json::array({Json{{"name", portName}, {"containerPort", port}, {"protocol", "TCP"}}});
    }
    return result;
}

Json httpProbe(const std::string& path, long port, long period, long timeout, long initial, long failures) {
    Json probe = {{"httpGet", {{"path", path}, {"port", port}, {"scheme", "HTTP"}}},
                  {"periodSeconds", period},
                  {"timeoutSeconds", timeout},
                  {"successThreshold", 1},
                  {"failureThreshold", failures}};
    if (initial > 0) {
        probe["initialDelaySeconds"] = initial;
    }
    return probe;
}

Json execProbe(const Json& command, long period, long timeout, long initial) {
    Json probe = {{"exec", {{"command", command}}},
                  {"periodSeconds", period},
                  {"timeoutSeconds", timeout},
                  {"successThreshold", 1},
                  {"failureThreshold", 3}};
    if (initial > 0) {
        probe["initialDelaySeconds"] = initial;
    }
    return probe;
}

Json envValue(const std::string& name, const std::string& value) {
    return {{"name", name}, {"value", value}};
}

Json envSecret(const std::string& name, const std::string& secret, const std::string& key) {
    return {{"name", name}, {"valueFrom", {{"secretKeyRef", {{"name", secret}, {"key", key}}}}}};
}

Json waitContainer(const std::string& name, const std::string& image, const std::string& script) {
    Json result = {{"name", name}, {"image", image}};
    result["command"] = Json::array({"sh", "-c", script});
    return result;
}

Json port(const std::string& name, long number, long target) {
    return {{"name", name}, {"port", number}, {"targetPort", target == 0 ? number : target}, {"protocol", "TCP"}};
}

}  // namespace quarterdeck::demo
