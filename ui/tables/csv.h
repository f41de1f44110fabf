#pragma once

#include <vector>

#include <QByteArray>
#include <QString>

#include "app/base/result.h"
#include "ui/tables/column.h"

namespace quarterdeck::ui {

/// One field as RFC 4180 wants it. Text that a spreadsheet would take for a formula gets an apostrophe in front;
/// plain numbers stay numbers.
[[nodiscard]] QString csvField(const QString& text);

/// A row to export: values only, so that a worker can hold them.
struct CsvRow {
    kube::ObjectPtr object;
    kube::ContextId context;
    Instant now;
};

/// Header line and rows, CRLF, C locale, ISO times. Pure; takes long for thousands of rows: any thread.
[[nodiscard]] QString csvText(const TableSpec& spec, const std::vector<CsvRow>& rows, ZoneChoice zone);

/// Writes the file whole or not at all. Blocks for disk: worker thread.
[[nodiscard]] Result<void> writeCsv(const QString& path, const QByteArray& bytes);

inline constexpr ErrorCode kCsvNotWritten{
    "csv.not-written",
    QT_TRANSLATE_NOOP("Error",
                      "The table could not be written to {file}: {reason}. Check the folder's permissions and "
                      "free space, or choose another place.")};

}  // namespace quarterdeck::ui
