#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

#include <QObject>

#include "app/base/mailbox.h"
#include "app/base/result.h"
#include "ui/tables/csv.h"

namespace quarterdeck::ui {

/// Writes tables to files, each on a thread of its own: a folder that hangs holds up neither the window nor another
/// export. Interface thread.
class CsvExports : public QObject {
public:
    struct Outcome {
        Result<void> result;
        QString path;
        int rows = 0;
    };
    /// Blocks for disk, on any thread.
    using Write = std::function<Result<void>(const QString& path, const QByteArray& bytes)>;
    /// So many at once.
    static constexpr std::size_t kMost = 4;

    explicit CsvExports(std::function<void(const Outcome&)> done, QObject* parent = nullptr, Write write = writeCsv);
    /// Gives what is under way some seconds to reach its file; what hangs longer is left to itself.
    ~CsvExports() override;

    /// `spec` outlives this object. Fails where the file is being written already or too many are; otherwise `done`
    /// tells how it ended.
    [[nodiscard]] Result<void> start(const QString& path, const TableSpec& spec, std::vector<CsvRow> rows,
                                     ZoneChoice zone);

private:
    /// Shared with the threads, which may outlive this object.
    struct Work {
        std::mutex mutex;
        std::condition_variable changed;
        std::size_t worded = 0;  ///< how many still need their rows and the spec
        std::set<QString> paths;
    };
    Write write_;
    std::shared_ptr<Work> work_ = std::make_shared<Work>();
    std::shared_ptr<Mailbox<Outcome>> outcomes_;
};

inline constexpr ErrorCode kCsvUnderWay{
    "csv.under-way",
    QT_TRANSLATE_NOOP("Error",
                      "{file} is still being written from before. Wait until that is done, or choose another name.")};
inline constexpr ErrorCode kCsvTooMany{
    "csv.too-many", QT_TRANSLATE_NOOP("Error",
                                      "The table was not written to {file}: {count} others still are. Their folder may "
                                      "not answer; try again when one of them is done.")};

}  // namespace quarterdeck::ui
