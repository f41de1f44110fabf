#include "ui/tables/csv.h"

#include <QCoreApplication>
#include <QLocale>
#include <QSaveFile>

namespace quarterdeck::ui {

namespace {

bool looksLikeFormula(const QString& text) {
    static constexpr QStringView kBeginnings = u"=+-@\t\r";
    if (text.isEmpty() || !kBeginnings.contains(text.front())) {
        return false;
    }
    bool number = false;
    QLocale::c().toDouble(text, &number);
    return !number;
}

}  // namespace

QString csvField(const QString& text) {
    QString field = looksLikeFormula(text) ? QLatin1Char('\'') + text : text;
    const bool quote = field.contains(QLatin1Char(',')) || field.contains(QLatin1Char('"')) ||
                       field.contains(QLatin1Char('\n')) || field.contains(QLatin1Char('\r'));
    if (!quote) {
        return field;
    }
    field.replace(QLatin1Char('"'), QStringLiteral("\"\""));
    return QLatin1Char('"') + field + QLatin1Char('"');
}

QString csvText(const TableSpec& spec, const std::vector<CsvRow>& rows, ZoneChoice zone) {
    const QString lineEnd = QStringLiteral("\r\n");
    QString text;
    for (std::size_t i = 0; i < spec.columns.size(); ++i) {
        text += i == 0 ? QString() : QString(QLatin1Char(','));
        text += csvField(QCoreApplication::translate("Column", spec.columns[i].title));
    }
    text += lineEnd;
    for (const CsvRow& row : rows) {
        const CellContext context{row.context, row.now, zone};
        for (std::size_t i = 0; i < spec.columns.size(); ++i) {
            const Column& column = spec.columns[i];
            text += i == 0 ? QString() : QString(QLatin1Char(','));
            text +=
                csvField(column.copyText ? column.copyText(*row.object, context) : column.text(*row.object, context));
        }
        text += lineEnd;
    }
    return text;
}

Result<void> writeCsv(const QString& path, const QByteArray& bytes) {
    QSaveFile file(path);
    const auto failed = [&] {
        return fail(kCsvNotWritten, {{"file", path.toStdString()}, {"reason", file.errorString().toStdString()}});
    };
    if (!file.open(QIODevice::WriteOnly)) {
        return failed();
    }
    if (file.write(bytes) != bytes.size() || !file.commit()) {
        return failed();
    }
    return {};
}

}  // namespace quarterdeck::ui
