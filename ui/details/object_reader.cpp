#include "ui/details/object_reader.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "app/kube/kube_client.h"
#include "app/kube/object_yaml.h"
#include "ui/details/json_facts.h"

namespace quarterdeck::ui {

using nlohmann::json;

namespace {

const kube::ResourceType& serviceType() {
    static const kube::ResourceType type{"", "v1", "services", "Service", true};
    return type;
}

std::string portsOf(const json& service) {
    std::string ports;
    for (const json& port : facts::list(service, {"spec", "ports"})) {
        const std::string outer = facts::numberOrText(port, {"port"});
        const std::string inner = facts::numberOrText(port, {"targetPort"});
        ports += (ports.empty() ? "" : ", ") + outer + (inner.empty() || inner == outer ? "" : " → " + inner);
        if (const std::string protocol = facts::text(port, {"protocol"}); !protocol.empty()) {
            ports += "/" + protocol;
        }
    }
    return ports;
}

Result<FullObject> readOne(const ObjectReader::Order& order, const std::stop_token& stop) {
    auto object = order.client->get(order.type, order.nameSpace, order.name, stop);
    if (!object) {
        return fail(object.error());
    }
    FullObject full;
    full.yaml = kube::objectYaml(*object);
    full.uid = facts::text(*object, {"metadata", "uid"});
    full.resourceVersion = facts::text(*object, {"metadata", "resourceVersion"});
    if (order.withServices) {
        // Without a name it is the list of the namespace.
        auto services = order.client->get(serviceType(), order.nameSpace, {}, stop);
        if (services) {
            full.services = servicesSelecting(*services, facts::map(*object, {"metadata", "labels"}));
            full.knowsServices = true;
        } else {
            full.servicesError = services.error();
        }
    }
    full.json = std::make_shared<const json>(kube::withoutSecrets(std::move(*object)));
    return full;
}

}  // namespace

std::vector<SelectingService> servicesSelecting(const json& serviceList, const json& labels) {
    std::vector<SelectingService> found;
    for (const json& service : facts::list(serviceList, {"items"})) {
        const json& selector = facts::map(service, {"spec", "selector"});
        bool selects = !selector.empty();
        for (const auto& [key, value] : selector.items()) {
            selects = selects && labels.is_object() && labels.contains(key) && labels.at(key) == value;
        }
        if (selects) {
            found.push_back({facts::text(service, {"metadata", "name"}), portsOf(service)});
        }
    }
    return found;
}

ObjectReader::ObjectReader(QObject* receiver, std::function<void(Result<FullObject>)> deliver)
    : deliver_(std::move(deliver)) {
    answers_ = std::make_shared<Mailbox<Answer>>(receiver, [this](std::vector<Answer> answers) {
        Answer& last = answers.back();
        if (last.order == number_) {
            deliver_(std::move(last.object));
        }
    });
}

ObjectReader::~ObjectReader() {
    answers_->close();
    hand(std::nullopt);
}

void ObjectReader::hand(std::optional<Order> order) {
    auto other = std::make_shared<std::stop_source>();
    {
        const std::scoped_lock lock(mutex_);
        ++number_;
        next_ = std::move(order);
        current_.swap(other);
    }
    other->request_stop();
    wake_.notify_all();
}

void ObjectReader::read(Order order) {
    hand(std::move(order));
    if (!thread_.joinable()) {
        thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
    }
}

void ObjectReader::cancel() {
    hand(std::nullopt);
}

void ObjectReader::run(const std::stop_token& stop) {
    while (true) {
        std::optional<Order> order;
        std::uint64_t number = 0;
        std::stop_token mine;
        {
            std::unique_lock lock(mutex_);
            if (!wake_.wait(lock, stop, [this] { return next_.has_value(); })) {
                return;
            }
            order = std::exchange(next_, std::nullopt);
            number = number_;
            mine = current_->get_token();
        }
        Result<FullObject> object = readOne(*order, mine);
        order.reset();
        answers_->post({number, std::move(object)});
    }
}

}  // namespace quarterdeck::ui
