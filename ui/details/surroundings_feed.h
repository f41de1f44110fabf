#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <QObject>
#include <QThread>

#include "app/base/mailbox.h"
#include "ui/details/surroundings.h"

namespace quarterdeck::ui {

/// Keeps the surroundings of one object up to date on a thread of its own: the interface thread gets finished values
/// only. Lives and answers in the interface thread.
class SurroundingsFeed : public QObject {
    Q_OBJECT
public:
    using Stores = std::vector<std::pair<const kube::KindDescriptor*, std::shared_ptr<kube::ObjectStore>>>;
    using Deliver = std::function<void(std::shared_ptr<const Surroundings>)>;
    explicit SurroundingsFeed(Deliver deliver, QObject* parent = nullptr);
    ~SurroundingsFeed() override;

    /// From now on about this object; what was under way for another is not delivered any more.
    void watch(SubjectQuery query, Stores stores);
    /// Lets go of the stores.
    void stop();

private:
    struct Order {
        std::uint64_t number = 0;
        SubjectQuery query;
        Stores stores;
    };
    struct Answer {
        std::uint64_t order = 0;
        std::shared_ptr<const Surroundings> surroundings;
    };
    class Worker;
    void send(Order order);

    Deliver deliver_;
    std::uint64_t number_ = 0;
    std::shared_ptr<Mailbox<Answer>> answers_;
    std::shared_ptr<Mailbox<Order>> orders_;
    Worker* worker_ = nullptr;  ///< lives and dies in thread_
    QThread thread_;
};

}  // namespace quarterdeck::ui
