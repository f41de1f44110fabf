#include "ui/palette/palette_worker.h"

#include <utility>

namespace quarterdeck::ui {

PaletteWorker::PaletteWorker(QObject* receiver, std::function<void(Answer)> deliver)
    : answers_(std::make_shared<Mailbox<Answer>>(
          receiver,
          [deliver = std::move(deliver)](std::vector<Answer> answers) { deliver(std::move(answers.back())); })),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

PaletteWorker::~PaletteWorker() {
    answers_->close();
}

void PaletteWorker::post(Work work, bool again) {
    {
        const std::scoped_lock lock(mutex_);
        work_.push_back(std::move(work));
        again_ = again_ || again;
    }
    wake_.notify_one();
}

void PaletteWorker::setContexts(std::vector<kube::ContextId> open) {
    post([open = std::move(open)](PaletteIndex& index) { index.setContexts(open); }, true);
}

void PaletteWorker::apply(const kube::ContextId& context, const kube::KindDescriptor& kind, const kube::Batch& batch,
                          bool again) {
    post([context, &kind, change = changeOf(batch)](PaletteIndex& index) { index.apply(context, kind, change); },
         again);
}

void PaletteWorker::clear() {
    post([](PaletteIndex& index) { index.clear(); }, false);
}

std::uint64_t PaletteWorker::ask(Question question) {
    std::uint64_t number = 0;
    {
        const std::scoped_lock lock(mutex_);
        question_ = std::make_unique<Question>(std::move(question));
        number = newest_.fetch_add(1, std::memory_order_relaxed) + 1;
    }
    wake_.notify_one();
    return number;
}

void PaletteWorker::run(const std::stop_token& stop) {
    while (true) {
        std::vector<Work> work;
        std::unique_ptr<Question> question;
        bool again = false;
        std::uint64_t number = 0;
        {
            std::unique_lock lock(mutex_);
            if (!wake_.wait(lock, stop, [this] { return !work_.empty() || question_ != nullptr; })) {
                return;
            }
            work.swap(work_);
            question.swap(question_);
            again = std::exchange(again_, false);
            number = newest_.load(std::memory_order_relaxed);
        }
        for (const Work& one : work) {
            if (stop.stop_requested()) {
                return;
            }
            one(index_);
        }
        again = again || question != nullptr;
        if (question) {
            current_ = std::move(question);
        }
        if (current_ && again) {
            answer(stop, number);
        }
    }
}

void PaletteWorker::answer(const std::stop_token& stop, std::uint64_t number) {
    const auto superseded = [&] { return stop.stop_requested() || newest_.load(std::memory_order_relaxed) != number; };
    PaletteQuery query =
        parsePaletteQuery(current_->text, [this](std::string_view word) { return index_.isNamespace(word); });
    PaletteFindings findings = index_.search(std::move(query), current_->recent, kMaxHits, superseded);
    if (!superseded()) {
        answers_->post({number, std::move(findings)});
    }
}

}  // namespace quarterdeck::ui
