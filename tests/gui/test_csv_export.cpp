// Exports to a folder that does not answer: the window stays usable, and so does another export.

#include <QFile>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>

#include "tests/gui/demo_console.h"
#include "ui/pages/table/table_page.h"
#include "ui/tables/table_specs.h"
#include "widgets/style.h"

using namespace quarterdeck;
using namespace quarterdeck::gui_tests;

namespace {

constexpr int kLong = 60'000;

/// A folder that answers nothing until it is let go.
struct HungFolder {
    QSemaphore gate;
    std::atomic<int> waiting{0};

    Result<void> write(const QString& path, const QByteArray& bytes) {
        if (path.contains(QStringLiteral("/hung/"))) {
            ++waiting;
            gate.acquire();
            return fail(ui::kCsvNotWritten, {{"file", path.toStdString()}, {"reason", "no answer"}});
        }
        return ui::writeCsv(path, bytes);
    }
};

}  // namespace

class TestCsvExport : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::Theme::suiting(true, false)); }

    void aFolderThatHangsHoldsUpNeitherTheWindowNorAnotherExport() {
        const auto folder = std::make_shared<HungFolder>();
        const QTemporaryDir place;
        const Console console("pods");
        QTRY_VERIFY_WITH_TIMEOUT(console.live(), kLong);
        auto* page = static_cast<ui::TablePage*>(console.window->page());
        page->setCsvWriter(
            [folder](const QString& path, const QByteArray& bytes) { return folder->write(path, bytes); });
        QString path = QStringLiteral("/hung/a.csv");
        page->setFileChooser([&](const QString&, const std::function<void(const QString&)>& chosen) { chosen(path); });
        console.trigger("table.csv");
        QTRY_COMPARE_WITH_TIMEOUT(folder->waiting.load(), 1, kLong);
        // The same file once more: refused, with words.
        console.trigger("table.csv");
        QVERIFY2(page->footText().contains(QStringLiteral("/hung/a.csv is still being written")),
                 qPrintable(page->footText()));
        // Another one, past the first, which still hangs.
        path = place.filePath(QStringLiteral("b.csv"));
        console.trigger("table.csv");
        QTRY_VERIFY_WITH_TIMEOUT(page->footText().contains(QStringLiteral("rows written to ") + path), kLong);
        QVERIFY(QFile::exists(path));
        QCOMPARE(folder->waiting.load(), 1);
        // Not without end: rows are kept for each.
        for (int i = 0; i < 3; ++i) {
            path = QStringLiteral("/hung/more-%1.csv").arg(i);
            console.trigger("table.csv");
        }
        QTRY_COMPARE_WITH_TIMEOUT(folder->waiting.load(), 4, kLong);
        path = place.filePath(QStringLiteral("c.csv"));
        console.trigger("table.csv");
        QVERIFY2(page->footText().contains(QStringLiteral("4 others still are")), qPrintable(page->footText()));
        folder->gate.release(4);
        QTRY_VERIFY_WITH_TIMEOUT(page->footText().contains(QStringLiteral("no answer")), kLong);
    }

    void closingIsNotHeldUpByAFolderThatNeverAnswers() {
        const auto folder = std::make_shared<HungFolder>();
        {
            ui::CsvExports exports(
                [](const ui::CsvExports::Outcome&) {}, nullptr,
                [folder](const QString& path, const QByteArray& bytes) { return folder->write(path, bytes); });
            QVERIFY(exports.start(QStringLiteral("/hung/a.csv"), ui::podTable(), {}, ui::ZoneChoice::Utc));
            QTRY_COMPARE_WITH_TIMEOUT(folder->waiting.load(), 1, kLong);
        }
        QCOMPARE(folder->gate.available(), 0);  // it still waits
        folder->gate.release();
        QTRY_COMPARE_WITH_TIMEOUT(folder.use_count(), 1L, kLong);
    }
};

QTEST_MAIN(TestCsvExport)
#include "test_csv_export.moc"
