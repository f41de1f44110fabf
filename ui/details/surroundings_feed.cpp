#include "ui/details/surroundings_feed.h"

#include <optional>
#include <utility>

namespace quarterdeck::ui {

/// Holds the subscriptions; they deliver in its thread.
class SurroundingsFeed::Worker : public QObject {
public:
    explicit Worker(std::shared_ptr<Mailbox<Answer>> answers) : answers_(std::move(answers)) {}

    void obey(const Order& order) {
        subscriptions_.clear();
        builder_.reset();
        number_ = order.number;
        if (order.query.kind == nullptr) {
            return;
        }
        builder_.emplace(order.query);
        for (const auto& [kind, store] : order.stores) {
            subscriptions_.push_back(store->subscribe([this, kind = kind](const kube::Batch& batch) {
                if (builder_->apply(*kind, batch)) {
                    answers_->post({number_, std::make_shared<const Surroundings>(builder_->build())});
                }
            }));
        }
    }

private:
    std::shared_ptr<Mailbox<Answer>> answers_;
    std::uint64_t number_ = 0;
    std::optional<SurroundingsBuilder> builder_;
    std::vector<std::unique_ptr<kube::StoreSubscription>> subscriptions_;  // last: they call the builder
};

SurroundingsFeed::SurroundingsFeed(Deliver deliver, QObject* parent) : QObject(parent), deliver_(std::move(deliver)) {
    thread_.setObjectName(QStringLiteral("details"));
    answers_ = std::make_shared<Mailbox<Answer>>(this, [this](const std::vector<Answer>& answers) {
        if (answers.back().order == number_) {
            deliver_(answers.back().surroundings);
        }
    });
}

SurroundingsFeed::~SurroundingsFeed() {
    answers_->close();
    if (worker_ != nullptr) {
        orders_->close();
        thread_.quit();
        thread_.wait();  // it only compares names: no call of it blocks
    }
}

void SurroundingsFeed::send(Order order) {
    if (worker_ == nullptr) {
        worker_ = new Worker(answers_);
        worker_->moveToThread(&thread_);
        connect(&thread_, &QThread::finished, worker_, &QObject::deleteLater);
        orders_ = std::make_shared<Mailbox<Order>>(
            worker_, [worker = worker_](const std::vector<Order>& orders) { worker->obey(orders.back()); });
        thread_.start(QThread::LowPriority);
    }
    orders_->post(std::move(order));
}

void SurroundingsFeed::watch(SubjectQuery query, Stores stores) {
    send({++number_, std::move(query), std::move(stores)});
}

void SurroundingsFeed::stop() {
    ++number_;
    if (worker_ != nullptr) {
        send({number_, {}, {}});
    }
}

}  // namespace quarterdeck::ui
