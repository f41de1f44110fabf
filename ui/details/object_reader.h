#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "app/base/mailbox.h"
#include "app/base/result.h"
#include "app/kube/kind_descriptor.h"

namespace quarterdeck::kube {
class KubeClient;
}

namespace quarterdeck::ui {

/// A Service whose selector takes the pod.
struct SelectingService {
    std::string name;
    std::string ports;  ///< "80 → 8000/TCP, 443"
};

/// An object as the server has it, beyond what the summaries keep.
struct FullObject {
    std::shared_ptr<const nlohmann::json> json;  ///< without the values of Secrets, as the text
    std::string yaml;
    std::string uid;
    std::string resourceVersion;
    /// Only where asked for.
    std::vector<SelectingService> services;
    std::optional<Error> servicesError;
    bool knowsServices = false;
};

/// Services of a namespace's list that select these labels. Pure.
[[nodiscard]] std::vector<SelectingService> servicesSelecting(const nlohmann::json& serviceList,
                                                              const nlohmann::json& labels);

/// Reads one object at a time on a thread of its own. Asking again cancels what is under way. Interface thread.
class ObjectReader {
public:
    struct Order {
        std::shared_ptr<kube::KubeClient> client;
        kube::ResourceType type;
        std::string nameSpace;
        std::string name;
        bool withServices = false;
    };
    /// `deliver` runs in the thread of `receiver`, which outlives the reader.
    ObjectReader(QObject* receiver, std::function<void(Result<FullObject>)> deliver);
    ~ObjectReader();
    ObjectReader(const ObjectReader&) = delete;
    ObjectReader& operator=(const ObjectReader&) = delete;

    void read(Order order);
    /// What is under way is not delivered any more.
    void cancel();

private:
    struct Answer {
        std::uint64_t order = 0;
        Result<FullObject> object;
    };
    void run(const std::stop_token& stop);
    void hand(std::optional<Order> order);

    std::function<void(Result<FullObject>)> deliver_;
    std::shared_ptr<Mailbox<Answer>> answers_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::optional<Order> next_;
    std::uint64_t number_ = 0;
    std::shared_ptr<std::stop_source> current_ = std::make_shared<std::stop_source>();
    std::jthread thread_;  // last: joined before the rest dies
};

}  // namespace quarterdeck::ui
