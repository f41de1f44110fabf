#include "ui/pages/table/csv_exports.h"

#include <chrono>
#include <thread>

namespace quarterdeck::ui {

namespace {

constexpr std::chrono::seconds kPatience{3};

}  // namespace

CsvExports::CsvExports(std::function<void(const Outcome&)> done, QObject* parent, Write write)
    : QObject(parent), write_(std::move(write)) {
    outcomes_ =
        std::make_shared<Mailbox<Outcome>>(this, [done = std::move(done)](const std::vector<Outcome>& outcomes) {
            for (const Outcome& outcome : outcomes) {
                done(outcome);
            }
        });
}

CsvExports::~CsvExports() {
    outcomes_->close();
    std::unique_lock lock(work_->mutex);
    work_->changed.wait(lock, [this] { return work_->worded == 0; });  // calculation: it ends
    work_->changed.wait_for(lock, kPatience, [this] { return work_->paths.empty(); });
}

Result<void> CsvExports::start(const QString& path, const TableSpec& spec, std::vector<CsvRow> rows, ZoneChoice zone) {
    {
        const std::scoped_lock lock(work_->mutex);
        if (work_->paths.contains(path)) {
            return fail(kCsvUnderWay, {{"file", path.toStdString()}});
        }
        if (work_->paths.size() >= kMost) {
            return fail(kCsvTooMany, {{"file", path.toStdString()}, {"count", std::to_string(work_->paths.size())}});
        }
        work_->paths.insert(path);
        ++work_->worded;
    }
    // Left to itself: nobody can wait for a folder that does not answer.
    std::thread([work = work_, box = outcomes_, write = write_, path, &spec, rows = std::move(rows), zone]() mutable {
        const int count = static_cast<int>(rows.size());
        const QByteArray bytes = csvText(spec, rows, zone).toUtf8();
        rows.clear();
        {
            const std::scoped_lock lock(work->mutex);
            --work->worded;
        }
        work->changed.notify_all();
        Result<void> result = write(path, bytes);
        {
            const std::scoped_lock lock(work->mutex);
            work->paths.erase(path);
        }
        work->changed.notify_all();
        box->post({std::move(result), path, count});
    }).detach();
    return {};
}

}  // namespace quarterdeck::ui
